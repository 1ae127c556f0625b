import { Chart, Testing } from 'cdk8s';
import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import * as library from '../../lib/index';
import type { PolicyObject } from '../../lib/model/cluster';
import type { Edit } from '../../lib/model/edit';
import { type FindingCode, type LintFinding, NO_INTENT } from '../../lib/model/finding';
import type { NetworkPolicy } from '../../lib/model/network-policy';
import { ANNOTATIONS } from '../../lib/model/side-file';
import { storedSpec } from '../../lib/model/stored-spec';
import { applied, cuts, editsOf, findings, type Given } from './apply-fix';
import { app, findingsOf, policy, service, workload } from './judge';

/**
 * What a fix has written out for constructs is run as it stands, in a policy for the pods, and the finding has to go.
 */

const CILIUM = {
  engine: 'cilium',
  networkPlugin: 'azure',
  podCidrs: ['10.244.0.0/16'],
  apiServerAddresses: ['20.50.1.2'],
} as const satisfies AksClusterProfile;

const KNOWN = { podCidrs: ['10.244.0.0/16'], nodeCidrs: ['10.224.0.0/16'] };

const HTTP = { name: 'http', containerPort: 8080 };

const web = workload('shop/web', {}, [HTTP]);
const deny = policy('shop/deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const toDb = policy('shop/db', {
  podSelector: app('web'),
  policyTypes: ['Egress'],
  egress: [{ to: [{ podSelector: app('db') }] }],
});
const before = service('shop/web', { selector: { app: 'web' }, ports: [{ port: 443, targetPort: 8080 }] });
const ingressOf = (ingressClassName: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ingressClassName, defaultBackend: { service: { name: 'web', port: { number: 443 } } } },
});
const nginx = (path: string) => workload(path, { 'app.kubernetes.io/name': 'ingress-nginx' });
const scraped = (annotations: object) => ({
  ...web,
  spec: { template: { ...web.spec.template, metadata: { ...web.spec.template.metadata, annotations } } },
});

const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'checks' },
  webhooks: [{ name: 'a.example.com', clientConfig: { service: { namespace: 'shop', name: 'web' } } }],
};

/** As an app writes it: only then a fix speaks TypeScript. */
const byConstruct = (object: object) => {
  const { kind, metadata, ...rest } = object as { kind: string; metadata: object };
  const annotations = { [ANNOTATIONS.construct]: 'app/shop/policy' };
  return kind === 'NetworkPolicy' ? { ...rest, kind, metadata: { ...metadata, annotations } } : object;
};

interface Fix {
  readonly rule: FindingCode;
  readonly why: string;
  /** @default a cluster with cilium */
  readonly on?: AksClusterProfile;
  readonly manifests: readonly object[];
  /** A policy that the fix takes the place of. */
  readonly replaces?: object;
  readonly code: string;
}

const FIXES: readonly Fix[] = [
  {
    rule: 'ingress-controller-cut-off',
    why: 'application routing',
    manifests: [ingressOf('webapprouting.kubernetes.azure.com'), before, web, deny],
    code: 'AksTraffic.on(profile).fromApplicationRouting({ ports: [Port.tcp(8080)] })',
  },
  {
    rule: 'ingress-controller-cut-off',
    why: 'a controller of one’s own, in its namespaces',
    manifests: [
      ingressOf('nginx'),
      nginx('edge/nginx'),
      nginx('edge/tls'),
      nginx('back/nginx'),
      before,
      web,
      deny,
    ],
    code: "IngressRule.allow({ from: [Peer.otherNamespaces({ namespaces: NamespaceSelector.named('back', 'edge'), pods: PodSelector.labels({ 'app.kubernetes.io/name': 'ingress-nginx' }) })], ports: [Port.tcp(8080)] })",
  },
  {
    rule: 'ingress-controller-cut-off',
    why: 'a gateway',
    manifests: [
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { name: 'front', namespace: 'edge' },
        spec: {
          gatewayClassName: 'istio',
          listeners: [
            { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
          ],
        },
      },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'web', namespace: 'shop' },
        spec: {
          parentRefs: [{ name: 'front', namespace: 'edge' }],
          rules: [{ backendRefs: [{ name: 'web', port: 443 }] }],
        },
      },
      before,
      web,
      deny,
    ],
    code: "AksTraffic.on(profile).fromGateway({ gateway: 'front', namespace: 'edge', ports: [Port.tcp(8080)] })",
  },
  ...['external', 'internal'].map((gateway) => ({
    rule: 'ingress-controller-cut-off' as const,
    why: `the ${gateway} gateway of the Istio add-on`,
    manifests: [
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'Gateway',
        metadata: { name: 'front', namespace: 'shop' },
        spec: { selector: { istio: `aks-istio-ingressgateway-${gateway}` } },
      },
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { gateways: ['front'], http: [{ route: [{ destination: { host: 'web' } }] }] },
      },
      before,
      web,
      deny,
    ],
    code: `AksTraffic.on(profile).fromIstioIngress({ gateway: '${gateway}', ports: [Port.tcp(8080)] })`,
  })),
  {
    rule: 'webhook-cut-off',
    why: 'the API server',
    manifests: [webhook, before, web, deny],
    code: 'AksTraffic.on(profile).fromWebhookCallers({ ports: [Port.tcp(8080)] })',
  },
  {
    rule: 'reachable-from-everywhere',
    why: 'only the API server where it calls a webhook',
    manifests: [webhook, before, web, deny],
    replaces: policy('shop/p', { podSelector: app('web'), ingress: [{}] }),
    code: 'AksTraffic.on(profile).fromWebhookCallers({ ports: [Port.tcp(8080)] })',
  },
  {
    rule: 'reachable-from-internet',
    why: 'only the API server where it calls a webhook',
    manifests: [webhook, before, web, deny],
    replaces: policy('shop/p', {
      podSelector: app('web'),
      ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 8080 }] }],
    }),
    code: 'AksTraffic.on(profile).fromWebhookCallers({ ports: [Port.tcp(8080)] })',
  },
  {
    rule: 'metrics-scraper-cut-off',
    why: 'the port of the annotation',
    manifests: [scraped({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9464' }), deny],
    code: 'AksTraffic.on(profile).fromMetricsScraper({ ports: [Port.tcp(9464)] })',
  },
  {
    rule: 'metrics-scraper-cut-off',
    why: 'the port of a monitor for Azure Monitor',
    manifests: [
      {
        apiVersion: 'azmonitoring.coreos.com/v1',
        kind: 'PodMonitor',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { selector: app('web'), podMetricsEndpoints: [{ port: 'http' }] },
      },
      web,
      deny,
    ],
    code: 'AksTraffic.on(profile).fromMetricsScraper({ ports: [Port.tcp(8080)] })',
  },
  {
    rule: 'webhook-cut-off',
    why: 'the API server beside every address, on cilium',
    manifests: [webhook, before, web, deny],
    replaces: policy('shop/p', {
      podSelector: app('web'),
      ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 8080 }] }],
    }),
    code: 'AksTraffic.on(profile).fromWebhookCallers({ ports: [Port.tcp(8080)] })',
  },
  {
    rule: 'egress-cannot-resolve-names',
    why: 'CoreDNS',
    manifests: [web, workload('shop/db'), toDb],
    code: 'AksTraffic.on(profile).toCoreDns()',
  },
  {
    rule: 'egress-cannot-resolve-names',
    why: 'LocalDNS on calico',
    on: { engine: 'calico', localDns: true },
    manifests: [web, workload('shop/db'), toDb],
    code: 'AksTraffic.on(profile).toDns()',
  },
  {
    rule: 'workload-identity-cut-off',
    why: 'Entra ID',
    manifests: [workload('shop/web', { 'azure.workload.identity/use': 'true' }), deny],
    code: 'AksTraffic.on(profile).toEntraId({ anywhereOutside: true })',
  },
  {
    rule: 'api-server-cut-off',
    why: 'the addresses of the profile',
    manifests: [workload('shop/web', {}, [], { serviceAccountName: 'web' }), deny],
    code: 'AksTraffic.on(profile).toApiServer()',
  },
];

const found = (rule: FindingCode, given: Given) => findings(given).filter((each) => each.rule === rule);

const chartOf = () => new Chart(Testing.app(), 'fix', { namespace: 'shop' });

/** What an expression gives where the names of the library are known. */
const run = (code: string, profile: AksClusterProfile, chart = chartOf()) =>
  new Function('profile', 'chart', ...Object.keys(library), `return ${code};`)(
    profile,
    chart,
    ...Object.values(library),
  );

const givenOf = ({
  manifests,
  replaces,
  on: profile = CILIUM,
}: Omit<Fix, 'code' | 'why' | 'rule'>): Given => ({
  objects: [...manifests, ...(replaces === undefined ? [] : [replaces])].map(byConstruct) as PolicyObject[],
  profile,
  today: '2026-11-22',
  intent: NO_INTENT,
});

test.each(FIXES)(
  '$rule: the fix opens $why, and nothing is left to find',
  ({ rule, on: profile = CILIUM, manifests, code, ...fix }) => {
    const given = givenOf({ manifests, ...fix, on: profile });
    expect(found(rule, given).map((each) => each.fix)).toEqual([expect.stringContaining(code)]);
    const chart = chartOf();
    new library.AksNetworkPolicy(chart, 'fix', {
      podSelector: library.PodSelector.labels({ app: 'web' }),
      rules: [run(code, profile)],
    });
    expect(findingsOf(rule, { manifests: [...manifests, ...Testing.synth(chart)], profile })).toEqual([]);
  },
);

test.each(FIXES)('$rule: constructs open $why as the YAML beside them does', ({ rule, code, ...fix }) => {
  const given = givenOf(fix);
  const [finding] = found(rule, given) as [LintFinding];
  const [edit] = editsOf(finding, given) as [Edit];
  const [, policy] = /^add (new .*\))/.exec(finding.fix) ?? [];
  const chart = chartOf();
  run(policy ?? `new AksNetworkPolicy(chart, 'fix', { rules: [${code}] })`, given.profile, chart);
  const yaml = edit.kind === 'create' ? rulesIn(edit.object) : 'value' in edit ? [edit.value] : [];
  expect(stored(rulesIn(Testing.synth(chart)[0]))).toEqual(stored(yaml));
});

const rulesIn = (policy: object) => {
  const { ingress = [], egress = [] } = (policy as NetworkPolicy).spec ?? {};
  return [...ingress, ...egress];
};

/** As the server stores them. */
const stored = (rules: readonly unknown[]) => storedSpec({ ingress: rules as object[] }).ingress;

test.each([
  { why: 'ingress', objects: [web, workload('shop/db'), policy('shop/out', { policyTypes: ['Egress'] })] },
  { why: 'egress', objects: [web, workload('shop/db'), policy('shop/in', { policyTypes: ['Ingress'] })] },
])('no-default-deny: NamespaceBaseline leaves what the YAML does, for $why', ({ objects }) => {
  for (const engine of [undefined, 'azure', 'calico', 'cilium'] as const) {
    const profile = { ...KNOWN, ...(engine === undefined ? {} : { engine }) };
    const given = { ...givenOf({ manifests: objects, on: profile }), profile };
    const [finding] = found('no-default-deny', given) as [LintFinding];
    const chart = chartOf();
    run(finding.fix.replace(/^add /, ''), profile, chart);
    const after = [
      { ...given, objects: applied(given.objects, editsOf(finding, given) ?? []) },
      { ...given, objects: [...given.objects, ...(Testing.synth(chart) as PolicyObject[])] },
    ] as const;
    expect(cuts(...after)).toEqual([]);
    expect(cuts(after[1], after[0])).toEqual([]);
  }
});
