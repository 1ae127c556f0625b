import { withAssumedPods } from '../../lib/aks/assumed-pods';
import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import {
  APPLICATION_ROUTING,
  CORE_DNS,
  ISTIO_INGRESS_GATEWAYS,
  ISTIOD,
  KONNECTIVITY_AGENTS,
  METRICS_SCRAPERS,
  NODE_LOCAL_DNS,
  SYSTEM_WORKLOADS,
} from '../../lib/aks/system-pods';
import { readManifests } from '../../lib/manifests/read-manifests';
import { type Cluster, qualifiedName } from '../../lib/model/cluster';
import type { Labels } from '../../lib/model/labels';

const deployment = (qualified: string, kind = 'Deployment', labels: Labels = { app: 'mine' }) => {
  const [namespace, name] = qualified.split('/');
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { namespace, name },
    spec: { template: { metadata: { labels }, spec: { containers: [{}] } } },
  };
};
const clusterOf = (...objects: object[]): Cluster => readManifests(objects).cluster;
const SHOP = clusterOf(deployment('shop/web'));

const assumedIn = (cluster: Cluster, profile?: AksClusterProfile) =>
  withAssumedPods(cluster, profile).workloads.filter(({ assumed }) => assumed === true);
const namesIn = (cluster: Cluster, profile?: AksClusterProfile) =>
  assumedIn(cluster, profile).map(qualifiedName);

describe('where no manifest declares them', () => {
  test.each<{ pod: string; labels?: Labels; ports?: string[] }>([
    {
      pod: 'kube-system/coredns',
      labels: { 'k8s-app': 'kube-dns' },
      ports: ['53/UDP', '53/TCP'],
    },
    { pod: 'kube-system/coredns-autoscaler' },
    { pod: 'kube-system/konnectivity-agent', labels: { app: 'konnectivity-agent' } },
    { pod: 'kube-system/konnectivity-agent-autoscaler' },
    { pod: 'kube-system/metrics-server' },
    { pod: 'kube-system/ama-metrics', labels: { rsName: 'ama-metrics' } },
    { pod: 'kube-system/hubble-relay', labels: { 'k8s-app': 'hubble-relay' } },
    {
      pod: 'app-routing-system/nginx',
      labels: {
        'app.kubernetes.io/component': 'ingress-controller',
        'app.kubernetes.io/managed-by': 'aks-app-routing-operator',
      },
      ports: ['http 80/TCP', 'https 443/TCP', 'prometheus 10254/TCP'],
    },
    {
      pod: 'aks-istio-ingress/aks-istio-ingressgateway-external',
      labels: { istio: 'aks-istio-ingressgateway-external' },
    },
    {
      pod: 'aks-istio-ingress/aks-istio-ingressgateway-internal',
      labels: { istio: 'aks-istio-ingressgateway-internal' },
    },
    { pod: 'aks-istio-system/istiod', ports: ['15012/TCP'] },
  ])('$pod is assumed', ({ pod, labels, ports = [] }) => {
    const found = assumedIn(SHOP).find((workload) => qualifiedName(workload) === pod);
    expect(found).toMatchObject({ kind: 'Deployment', hostNetwork: false, assumed: true, pods: [] });
    expect({
      labels: found?.labels,
      labelsKnown: found?.labelsKnown,
      selector: found?.selector,
    }).toEqual(
      labels === undefined
        ? { labels: {}, labelsKnown: false, selector: undefined }
        : { labels, labelsKnown: undefined, selector: { matchLabels: labels } },
    );
    expect(
      found?.ports.map(
        ({ name, port, protocol }) => `${name === undefined ? '' : `${name} `}${port}/${protocol}`,
      ),
    ).toEqual(ports);
  });

  test('they stand behind what is declared, each once', () => {
    const { workloads } = withAssumedPods(SHOP);
    const names = workloads.map(qualifiedName);
    expect(names[0]).toBe('shop/web');
    expect(names).toHaveLength(12);
    expect(new Set(names).size).toBe(12);
  });

  test('so do their namespaces, of whose labels no source tells all', () => {
    expect(withAssumedPods(SHOP).namespaces).toEqual([
      { name: 'shop', labels: {}, declared: false },
      ...['kube-system', 'app-routing-system', 'aks-istio-ingress', 'aks-istio-system'].map((name) => ({
        name,
        labels: {},
        declared: false,
      })),
    ]);
  });

  test('a namespace that a manifest declares stays as it is', () => {
    const declared = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kube-system', labels: { a: 'b' } },
    };
    const { namespaces } = withAssumedPods(clusterOf(declared));
    expect(namespaces.filter(({ name }) => name === 'kube-system')).toEqual([
      { name: 'kube-system', labels: { a: 'b' }, declared: true, source: {} },
    ]);
  });

  test('the cluster that was given does not change', () => {
    const before = JSON.stringify(SHOP);
    withAssumedPods(SHOP);
    expect(JSON.stringify(SHOP)).toBe(before);
  });
});

describe('what is not assumed', () => {
  test.each([
    {
      why: 'a workload of its name',
      declared: deployment('kube-system/coredns'),
      not: 'kube-system/coredns',
    },
    {
      why: 'one of its name and another kind',
      declared: deployment('kube-system/ama-metrics', 'StatefulSet'),
      not: 'kube-system/ama-metrics',
    },
    {
      why: 'the one that a revision of the Istio add-on has',
      declared: deployment('aks-istio-system/istiod-asm-1-27'),
      not: 'aks-istio-system/istiod',
    },
    {
      why: 'the gateway that a revision has',
      declared: deployment('aks-istio-ingress/aks-istio-ingressgateway-external-asm-1-27'),
      not: 'aks-istio-ingress/aks-istio-ingressgateway-external',
    },
  ])('what is declared: $why', ({ declared, not }) => {
    const all = namesIn(SHOP);
    expect(all).toContain(not);
    expect(namesIn(clusterOf(declared))).toEqual(all.filter((name) => name !== not));
  });

  test.each([
    { why: 'its name in another namespace', declared: deployment('shop/coredns') },
    {
      why: 'its labels under another name',
      declared: deployment('kube-system/dns', 'Deployment', CORE_DNS.labels),
    },
    { why: 'a longer name', declared: deployment('kube-system/coredns-asm-1') },
    { why: 'a name that is no revision of it', declared: deployment('aks-istio-system/istiod-of-mine') },
    {
      why: 'an object of its name that could not be read',
      declared: { ...deployment('kube-system/coredns'), spec: { template: [] } },
    },
    { why: 'an object that could be anything', declared: { spec: {} } },
  ])('not so $why', ({ declared }) => {
    expect(namesIn(clusterOf(declared))).toEqual(namesIn(SHOP));
  });

  test('anything in a live cluster', () => {
    const live: Cluster = { ...SHOP, isLive: true };
    expect(withAssumedPods(live)).toBe(live);
  });

  test('anything twice', () => {
    const once = withAssumedPods(SHOP);
    expect(withAssumedPods(once)).toBe(once);
  });
});

describe('what the profile says', () => {
  const tunnel = (profile: AksClusterProfile) =>
    assumedIn(SHOP, profile).find(({ name }) => name === 'konnectivity-agent')?.hostNetwork;

  test.each<{ why: string; profile: AksClusterProfile; isOnNode: boolean | undefined }>([
    {
      why: "on kubenet the tunnel has its node's address",
      profile: { networkPlugin: 'kubenet' },
      isOnNode: true,
    },
    { why: 'with Azure CNI it has its own', profile: { networkPlugin: 'azure' }, isOnNode: false },
    { why: 'where nothing tells, too', profile: {}, isOnNode: false },
    {
      why: 'with a CNI of its own a cluster tells nothing of it, so it is not assumed',
      profile: { networkPlugin: 'none' },
      isOnNode: undefined,
    },
  ])('$why', ({ profile, isOnNode }) => {
    expect(tunnel(profile)).toBe(isOnNode);
  });

  test.each<{ why: string; profile: AksClusterProfile }>([
    { why: 'LocalDNS does not take CoreDNS away', profile: { localDns: true } },
    { why: 'no security of ACNS is no word about its observability', profile: { acns: 'None' } },
    { why: 'nor is an engine a word about add-ons', profile: { engine: 'none', networkPlugin: 'azure' } },
  ])('$why', ({ profile }) => {
    expect(namesIn(SHOP, profile)).toEqual(namesIn(SHOP));
  });
});

describe('the table', () => {
  test("has what else is told of AKS's own pods, and nothing that users install", () => {
    expect(SYSTEM_WORKLOADS).toEqual(
      expect.arrayContaining([
        CORE_DNS,
        KONNECTIVITY_AGENTS,
        METRICS_SCRAPERS,
        APPLICATION_ROUTING,
        ...Object.values(ISTIO_INGRESS_GATEWAYS),
        ISTIOD,
      ]),
    );
    expect(SYSTEM_WORKLOADS).not.toContain(NODE_LOCAL_DNS);
  });

  test.each(SYSTEM_WORKLOADS.map((facts) => ({ pod: qualifiedName(facts), ...facts })))(
    'tells where and when it was read of $pod',
    ({ source, addresses }) => {
      for (const { from, read } of [source, ...(addresses === undefined ? [] : [addresses.source])]) {
        expect(from).toMatch(/^[\w-]+\/[\w-]+, \S+\.\w+$/);
        expect(read).toMatch(/^\d{4}-\d\d-\d\d$/);
      }
    },
  );

  test('has no two that the same labels tell', () => {
    const told = SYSTEM_WORKLOADS.filter(({ labels }) => labels !== undefined).map(({ namespace, labels }) =>
      JSON.stringify([namespace, labels]),
    );
    expect(new Set(told).size).toBe(told.length);
  });
});
