import { readManifests } from '../../lib/manifests/read-manifests';
import { aboutUnjudged } from '../../lib/manifests/unjudged-lines';
import { OTHER_POLICIES, OTHER_POLICY_NAMES } from '../../lib/model/other-policies';
import { AKS_BLOCK, cilium, other } from '../support/other-policies';
import { deployment } from '../support/shop';

const read = (...objects: readonly object[]) => {
  const { cluster, problems } = readManifests(objects);
  return { problems, unjudged: cluster.unjudged ?? [] };
};

const BOTH = ['Ingress', 'Egress'];
const SHOP = { namespaces: 'shop', pods: {} };
const ANYWHERE = { namespaces: {}, pods: {} };
const is = (key: string, ...values: string[]) => ({ key, operator: 'In', values });
const app = (namespaces: string | object, ...lines: object[]) => ({
  namespaces,
  pods: { matchExpressions: lines.length === 0 ? [is('app', 'db')] : lines },
});

const CNP = (spec: object) => other('CiliumNetworkPolicy', 'cilium.io/v2', 'a', spec);
const CCNP = (spec: object) => other('CiliumClusterwideNetworkPolicy', 'cilium.io/v2', 'a', spec);
const ANP = (spec: object) => other('AdminNetworkPolicy', 'policy.networking.k8s.io/v1alpha1', 'a', spec);
const CALICO = (spec: object) => other('NetworkPolicy', 'projectcalico.org/v3', 'a', spec);
const GLOBAL = (spec: object) => other('GlobalNetworkPolicy', 'crd.projectcalico.org/v1', 'a', spec);
const ISTIO = (spec: object, namespace = 'shop') => ({
  ...other('AuthorizationPolicy', 'security.istio.io/v1', 'a', spec),
  metadata: { name: 'a', namespace },
});
const db = { matchLabels: { app: 'db' } };

test.each([
  {
    why: 'by labels',
    of: CNP({ endpointSelector: db, ingress: [{}] }),
    subject: app('shop'),
    in: ['Ingress'],
  },
  {
    why: 'by labels of a source that says where they come from',
    of: CNP({ endpointSelector: { matchLabels: { 'k8s:app': 'db', 'any:tier': 'x' } }, egressDeny: [{}] }),
    subject: app('shop', is('app', 'db'), is('tier', 'x')),
    in: ['Egress'],
  },
  {
    why: 'in a domain that begins like a source',
    of: CNP({ endpointSelector: { matchLabels: { 'k8s.io/app': 'db' } } }),
    subject: app('shop', is('k8s.io/app', 'db')),
    in: BOTH,
  },
  {
    why: 'by what no label says, and by its absence: both are left out, so that more is meant',
    of: CNP({
      endpointSelector: {
        matchLabels: { 'reserved:host': '', 'io.kubernetes.pod.namespace': 'shop' },
        matchExpressions: [
          is('app', 'db'),
          { key: 'old', operator: 'DoesNotExist' },
          { key: 'a', operator: 'NotIn' },
        ],
      },
    }),
    subject: app('shop'),
    in: BOTH,
  },
  {
    why: 'with several specs',
    of: { ...CNP({ endpointSelector: db }), specs: [{}] },
    subject: SHOP,
    in: BOTH,
  },
  { why: 'without a spec', of: { ...CNP({}), spec: undefined }, subject: SHOP, in: BOTH },
  {
    why: 'with a selector that nobody would take',
    of: CNP({ endpointSelector: { matchLabels: { app: [] } } }),
    subject: SHOP,
    in: BOTH,
  },
  { why: 'of nodes', of: CCNP({ nodeSelector: {}, ingress: [{}] }), subject: ANYWHERE, in: ['Ingress'] },
  {
    why: 'of the whole cluster',
    of: CCNP({ endpointSelector: db, egress: [{}] }),
    subject: app({}),
    in: ['Egress'],
  },
  {
    why: 'about namespaces',
    of: ANP({ subject: { namespaces: { matchLabels: { team: 'a' } } }, ingress: [{}] }),
    subject: { namespaces: { matchLabels: { team: 'a' } }, pods: {} },
    in: ['Ingress'],
  },
  {
    why: 'about pods of namespaces',
    of: ANP({ subject: { pods: { namespaceSelector: {}, podSelector: db } }, egress: [{}] }),
    subject: { namespaces: {}, pods: db },
    in: ['Egress'],
  },
  {
    why: 'about half a selector',
    of: ANP({ subject: { pods: { podSelector: db } } }),
    subject: ANYWHERE,
    in: BOTH,
  },
  {
    why: 'by an expression of terms',
    of: CALICO({ selector: "app == 'db' && has(tier) && all()", types: ['Egress'] }),
    subject: app('shop', is('app', 'db'), { key: 'tier', operator: 'Exists' }),
    in: ['Egress'],
  },
  {
    why: 'by alternatives',
    of: CALICO({ selector: "app == 'db' || app == 'web'" }),
    subject: SHOP,
    in: BOTH,
  },
  {
    why: 'by what is denied as a whole',
    of: CALICO({ selector: "!(x == 'a' && app == 'db' && has(y))" }),
    subject: SHOP,
    in: BOTH,
  },
  {
    why: 'by labels that Calico adds itself',
    of: CALICO({ selector: "projectcalico.org/namespace == 'x' && app != 'web' && app == \"db\"" }),
    subject: app('shop'),
    in: BOTH,
  },
  {
    why: 'of namespaces by an expression',
    of: GLOBAL({ namespaceSelector: "team == 'a'", selector: 'all()' }),
    subject: { namespaces: { matchExpressions: [is('team', 'a')] }, pods: { matchExpressions: [] } },
    in: BOTH,
  },
  {
    why: 'of a mesh, by labels',
    of: ISTIO({ selector: db }),
    subject: { namespaces: 'shop', pods: db },
    in: ['Ingress'],
  },
  {
    why: 'of a mesh, by a target',
    of: ISTIO({ targetRefs: [{ kind: 'Gateway' }] }),
    subject: SHOP,
    in: ['Ingress'],
  },
  { why: 'of the whole mesh', of: ISTIO({}, 'aks-istio-system'), subject: ANYWHERE, in: ['Ingress'] },
])('whom a policy is about at most, $why', ({ of, subject, in: directions }) => {
  // A field that nobody knows yet, so that none of these is understood.
  const found = read({ ...of, spec: { ...of.spec, upcoming: {} } }).unjudged;
  expect(found.map((each) => [each.subject, each.directions])).toEqual([[subject, directions]]);
});

test('what a policy refers to is part of what it says; where and when it was written is not', () => {
  const group = { apiVersion: 'cilium.io/v2alpha1', kind: 'CiliumCIDRGroup', metadata: { name: 'g' } };
  const content = (...more: object[]) => read(cilium('db'), ...more).unjudged.map((each) => each.content);
  const alone = content();
  expect(content({ ...group, spec: { externalCIDRs: ['10.0.0.0/8'] } })).not.toEqual(alone);
  expect(content({ apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 't' } })).toEqual(
    alone,
  );
  const { metadata, ...rest } = cilium('db');
  const again = { metadata: { ...metadata, uid: '1', labels: { a: 'b' } }, status: {}, ...rest };
  expect(read(again).unjudged.map((each) => each.content)).toEqual(alone);
  expect(read(cilium('db'), { ...again, metadata: { ...metadata, uid: '1' } }).unjudged).toHaveLength(1);
  // Of two with other labels nobody knows which one is meant.
  expect(read(cilium('db'), again).unjudged).toHaveLength(2);
  expect(read(cilium('db'), cilium('db', {})).unjudged).toHaveLength(2);
});

test('the services that a policy refers to are part of what it says, whatever of it is not understood', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'back', namespace: 'shop' } };
  const content = (policy: object, labels: object) =>
    read(policy, { ...service, metadata: { ...service.metadata, labels } }).unjudged.map(
      (each) => each.content,
    );
  const toServices = [{ k8sServiceSelector: { selector: { matchLabels: { a: 'b' } } } }];
  const spec = { endpointSelector: db, egress: [{ toServices }] };
  for (const referring of [CNP(spec), CNP({ ...spec, upcoming: {} })]) {
    expect(content(referring, { a: 'b' })).not.toEqual(content(referring, {}));
  }
  expect(content(cilium('db'), { a: 'b' })).toEqual(content(cilium('db'), {}));
});

test('a policy that is broken off is about everybody of its namespace, and is a problem', () => {
  const text = 'kind: CiliumNetworkPolicy\napiVersion: cilium.io/v2\nmetadata: {name: a, namespace: shop}\n';
  const { cluster, problems } = readManifests([
    {
      text: `${text}spec: {endpointSelector: {matchLabels: {app: db}}, endpointSelector: {}}`,
      file: 'a.yaml',
    } as never,
  ]);
  expect(problems.map(({ code, object }) => [code, object])).toEqual([
    ['key-duplicate', 'CiliumNetworkPolicy shop/a'],
  ]);
  expect(cluster.unjudged?.map(({ subject }) => subject)).toEqual([SHOP]);
});

test.each([
  { why: 'by kind', ignoredKinds: ['CiliumNetworkPolicy'], left: ['GlobalNetworkPolicy', 'NetworkPolicy'] },
  {
    why: 'by kind and group',
    ignoredKinds: ['NetworkPolicy.projectcalico.org'],
    left: ['CiliumNetworkPolicy', 'GlobalNetworkPolicy'],
  },
  {
    why: 'none of them',
    ignoredKinds: [],
    left: ['CiliumNetworkPolicy', 'GlobalNetworkPolicy', 'NetworkPolicy'],
  },
])('kinds are left out as asked, $why', ({ ignoredKinds, left }) => {
  const { cluster, ignored } = readManifests([cilium('db'), CALICO({}), GLOBAL({})], { ignoredKinds });
  expect((cluster.unjudged ?? []).map(({ kind }) => kind)).toEqual(left);
  expect(Object.values(ignored)).toEqual(ignoredKinds.map(() => 1));
});

test('what is not judged is told by kind, with what becomes of it', () => {
  const others = ['a', 'b', 'c', 'd'].map((name) => cilium(name));
  const objects = [
    ...others,
    AKS_BLOCK,
    other('MultiNetworkPolicy', 'k8s.cni.cncf.io/v1beta1', 'm', {}),
    deployment('web'),
  ];
  const found = readManifests(objects);
  const many =
    'not judged: 4 CiliumNetworkPolicy.cilium.io (shop/a-cilium, shop/b-cilium, shop/c-cilium and 1 more); ';
  const block = 'not judged: 1 CiliumClusterwideNetworkPolicy.cilium.io (block-azure-destinations); ';
  const networks =
    'not judged: 1 MultiNetworkPolicy.k8s.cni.cncf.io; they are for additional pod networks, which no answer covers';
  const unknown = 'a verdict that they could change is unknown';
  const none = 'the engine azure does not enforce them, so they change nothing';
  const until = `${unknown} until the profile tells the engine`;
  expect(aboutUnjudged(found)).toEqual([many + unknown, block + until, networks]);
  expect(aboutUnjudged(found, { engine: 'cilium' })).toEqual([many + unknown, networks]);
  expect(aboutUnjudged(found, { engine: 'azure' })).toEqual([block + none, many + none, networks]);
  expect(
    aboutUnjudged(readManifests(objects, { ignoredKinds: ['CiliumNetworkPolicy'] }), { engine: 'cilium' }),
  ).toEqual(['left out as asked: 4 CiliumNetworkPolicy.cilium.io', networks]);
  expect(aboutUnjudged({ ...readManifests([]), unlisted: ['VirtualService.networking.istio.io'] })).toEqual([
    'could not be listed: VirtualService.networking.istio.io; rules do not know who calls pods through them',
  ]);
});

test('a status in a policy is told and changes nothing', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { podSelector: {} },
  };
  const { cluster, problems, remarks, written } = readManifests([{ ...policy, status: {} }]);
  expect({ problems, unreadable: cluster.unreadable }).toEqual({ problems: [], unreadable: [] });
  expect(cluster.policies).toHaveLength(1);
  expect(written.map((each) => each.problems)).toEqual([[]]);
  expect(remarks.map(({ code, object }) => [code, object])).toEqual([
    ['status-superfluous', 'NetworkPolicy shop/db'],
  ]);
  expect(readManifests([{ ...policy, state: {} }]).problems.map(({ code }) => code)).toEqual([
    'field-unknown',
  ]);
});

test('each kind has the name under which an API server lists it, and one by which it is left out', () => {
  for (const { kind, plural } of OTHER_POLICIES) {
    expect(plural).toBe(`${kind.toLowerCase().slice(0, -1)}ies`);
  }
  expect(OTHER_POLICY_NAMES).not.toContain('NetworkPolicy');
});
