import fc from 'fast-check';
import { describeCause } from '../../lib/diff/cause';
import type { ConnectionChange } from '../../lib/diff/connection-change';
import { diffConnections } from '../../lib/diff/diff-connections';
import { isolationChanges } from '../../lib/diff/namespace-isolation';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineName } from '../../lib/model/engine-profile';
import { PortSet } from '../../lib/model/port-set';
import { describePossible, type Party } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { guard, pods, tcp } from '../support/guard';
import { AKS_BLOCK, cilium, other } from '../support/other-policies';
import { fits } from '../support/possible-pods';
import { deployment, policy, SHOP } from '../support/shop';

const judged = (objects: readonly object[], engine: EngineName | undefined = 'cilium') =>
  Reachability.of(readManifests(objects).cluster, engine === undefined ? {} : { profile: { engine } });

const nameOf = ({ workloads, addresses, possible, names = [] }: Party) =>
  workloads !== undefined
    ? workloads.map(({ workload }) => workload.name).join()
    : possible !== undefined
      ? describePossible(possible)
      : (addresses?.ranges() ?? names).join();

/** One line for each change. */
const told = (before: Reachability, after: Reachability) =>
  diffConnections(before, after).map(
    ({ change, from, to, unknown }) => `${change} ${nameOf(from)} to ${nameOf(to)}: ${unknown}`,
  );

const etl = deployment('etl');
const NAMESPACE = (labels: object) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels },
});
const relabelled = (name: string, labels: object, more: object = {}) => {
  const { spec, ...rest } = deployment(name);
  const template = {
    metadata: { labels: { app: name, ...labels } },
    spec: { ...spec.template.spec, ...more },
  };
  return { ...rest, spec: { ...spec, template } };
};
const CIDR_GROUP = (cidr: string) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumCIDRGroup',
  metadata: { name: 'g' },
  spec: { externalCIDRs: [cidr] },
});
const calico = (selector: string, more: object = {}) =>
  other('GlobalNetworkPolicy', 'projectcalico.org/v3', 'g', { selector, types: ['Ingress'], ...more });
const DB_TO_5433 = SHOP.map((each) => JSON.parse(JSON.stringify(each).replace('"port":5432', '"port":5433')));

/** All that may come in to the database. */
const INTO_DB = ['any pod to db: *', 'db,etl,web to db: *', '0.0.0.0/0 to db: *'];
/** The same, some of it sure in one version. */
const INTO_DB_AT_ONCE = ['any pod to db: *', 'db,etl to db: *', 'web to db: *', '0.0.0.0/0 to db: *'];

test.each([
  { why: 'one that is the same', before: [cilium('db')], after: [cilium('db')], says: [] },
  {
    why: 'one that says something else',
    before: [cilium('db')],
    after: [cilium('db', { ingress: [{}] })],
    says: INTO_DB,
  },
  { why: 'one that is new', before: [], after: [cilium('db')], says: INTO_DB_AT_ONCE },
  { why: 'one that is gone', before: [cilium('db')], after: [], says: INTO_DB_AT_ONCE },
  {
    why: 'one that the engine does not enforce',
    engine: 'azure',
    before: [cilium('db')],
    after: [],
    says: [],
  },
  {
    why: 'what it refers to, which says something else',
    before: [cilium('db'), CIDR_GROUP('10.0.0.0/8')],
    after: [cilium('db'), CIDR_GROUP('10.0.0.0/9')],
    says: INTO_DB,
  },
  {
    why: 'one of another name',
    before: [cilium('db')],
    after: [{ ...cilium('db'), metadata: { name: 'b', namespace: 'shop' } }],
    says: INTO_DB,
  },
  {
    why: 'one where the labels of another pod change',
    before: [cilium('db')],
    after: [cilium('db'), relabelled('etl', { tier: 'x' })],
    says: ['etl to db: *'],
  },
  {
    why: 'one where the labels of a pod that it may be about change',
    engine: 'calico',
    before: [calico("app != 'x'")],
    after: [calico("app != 'x'"), relabelled('etl', { tier: 'x' })],
    says: [
      'any pod to etl: *',
      'db,etl,web to etl: *',
      'etl to any pod: *',
      'etl to db,web: *',
      '0.0.0.0/0 to etl: *',
    ],
  },
  {
    why: 'one where the service account of another pod changes',
    before: [cilium('db')],
    after: [cilium('db'), relabelled('etl', {}, { serviceAccountName: 'robot' })],
    says: ['etl to db: *'],
  },
  {
    why: 'one where the labels of the namespace change, and with them how all of its pods look',
    before: [cilium('db'), NAMESPACE({})],
    after: [cilium('db'), NAMESPACE({ team: 'a' })],
    says: INTO_DB,
  },
  {
    why: 'one that can only close, about pods that nobody knows, where the labels of another pod change',
    before: [
      other('AuthorizationPolicy', 'security.istio.io/v1', 'a', {
        selector: { matchLabels: { app: 'new' } },
      }),
    ],
    after: [
      other('AuthorizationPolicy', 'security.istio.io/v1', 'a', {
        selector: { matchLabels: { app: 'new' } },
      }),
      relabelled('etl', { tier: 'x' }),
    ],
    says: ['etl to pods with app=new in namespace shop (none known): *'],
  },
  {
    why: 'one that says something else, above a policy that does, too',
    before: [cilium('db')],
    after: [
      cilium('db', { ingress: [{}] }),
      policy('more', {
        podSelector: { matchLabels: { app: 'db' } },
        ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 80 }] }],
      }),
    ],
    says: INTO_DB,
  },
] as const)('a difference with $why', ({ before, after, says, engine }) => {
  const of = (objects: readonly object[]) => {
    const names = new Set(objects.map((each) => JSON.stringify((each as typeof etl).metadata)));
    const known = [...SHOP, etl].filter(({ metadata }) => !names.has(JSON.stringify(metadata)));
    return judged([...known, ...objects], engine);
  };
  const [was, is] = [of(before), of(after)];
  const lines = says.map((each) => `unknown ${each}`);
  expect(told(was, is).sort()).toEqual([...lines].sort());
  expect(told(is, was).sort()).toEqual([...lines].sort());
});

test('what changes beneath such a policy is unknown, and both are named', () => {
  const [row, ...more] = diffConnections(
    judged([...SHOP, cilium('db')]),
    judged([...DB_TO_5433, cilium('db')]),
  );
  expect(more).toEqual([]);
  expect(row).toMatchObject({ change: 'unknown' });
  expect(String(row?.unknown)).toBe('5432-5433/TCP');
  expect(row?.by.map(describeCause)).toEqual([
    'CiliumNetworkPolicy shop/db-cilium is not judged and may decide ingress',
    'policy shop/db-ingress ingress rule 0 (peer 0, port 0) allowed before',
    'policy shop/db-ingress ingress rule 0 (peer 0, port 0) allows',
  ]);
});

test('a policy that goes beneath such a one is named as what isolated', () => {
  const [policies, rest] = [SHOP.slice(2), SHOP.slice(0, 2)];
  expect(policies).toHaveLength(1);
  const rows = diffConnections(judged([...SHOP, cilium('db')]), judged([...rest, cilium('db')]));
  const fromDb = rows.find(({ from, to }) => nameOf(from) === 'db' && nameOf(to) === 'db');
  expect(fromDb?.by.map(describeCause)).toEqual([
    'CiliumNetworkPolicy shop/db-cilium is not judged and may decide ingress',
    'policy shop/db-ingress isolated ingress before',
  ]);
});

test('one that can only close leaves certain what is denied in both versions, and tells what could be open', () => {
  const istio = other('AuthorizationPolicy', 'security.istio.io/v1', 'a', {});
  const rows = told(judged([...SHOP, etl, istio]), judged([...DB_TO_5433, etl, istio]));
  expect(rows).toEqual(['unknown web to db: 5432-5433/TCP']);
});

test("AKS's own policy closes for sure where Cilium enforces it", () => {
  const rows = diffConnections(judged([etl]), judged([etl, AKS_BLOCK]));
  expect(rows.map(({ change, to }) => `${change} ${nameOf(to)}`)).toEqual([
    'narrowed 168.63.129.16/32',
    'narrowed 168.63.129.16/32',
  ]);
  const row = rows.find(({ from }) => nameOf(from).endsWith('etl'));
  expect(String(row?.closed)).toBe('80/TCP, 32526/TCP');
  expect(row?.by.map(describeCause)).toEqual([
    'CiliumClusterwideNetworkPolicy block-azure-destinations egress rule 0 (peer 0, port 0) denies',
  ]);
});

test('the same policy on an engine that enforces it is another thing than on one that does not', () => {
  const admin = other('AdminNetworkPolicy', 'policy.networking.k8s.io/v1alpha1', 'a', { ingress: [{}] });
  const [without, enforced] = [judged([etl, admin], 'cilium'), judged([etl, admin], 'byo-cilium')];
  expect(told(without, enforced)).toContainEqual(expect.stringMatching(/^unknown any pod to .*etl: \*$/));
});

test.each([
  { why: 'about all pods of the namespace', of: { endpointSelector: {} }, lost: [] },
  { why: 'about some', of: {}, lost: ['shop Ingress lost'] },
  {
    why: 'about the other direction',
    of: { endpointSelector: {}, ingressDeny: undefined, egress: [{}] },
    lost: ['shop Ingress lost'],
  },
])('whether a namespace loses its default deny is not known beside one $why', ({ of, lost }) => {
  const deny = policy('deny', { podSelector: {}, policyTypes: ['Ingress'] });
  const beside = cilium('db', { ingressDeny: [{}], ...of });
  const changes = isolationChanges(judged([etl, deny, beside]), judged([etl, beside]));
  expect(changes.map(({ namespace, direction, change }) => `${namespace} ${direction} ${change}`)).toEqual(
    lost,
  );
});

describe('nothing that changes is left out, whatever such a policy says', () => {
  const APPS = ['a', 'b', 'c'];
  const anApp = fc.constantFrom(...APPS);
  const PORTS = [80, 81];
  const label = fc.constantFrom({}, { tier: 'x' }, { tier: 'y' });
  const peer = fc.constantFrom({ app: 'a' }, { app: 'b' }, { tier: 'x' }, {});
  const aPort = fc.constantFrom(...PORTS);
  const world = fc.record({
    labels: fc.tuple(label, label, label),
    policies: fc.array(fc.record({ about: anApp, with: peer, port: aPort, isOut: fc.boolean() }), {
      maxLength: 3,
    }),
    secret: fc.record({
      isOut: fc.boolean(),
      about: fc.constantFrom('a', undefined),
      isolates: fc.boolean(),
      rules: fc.array(fc.record({ action: fc.constantFrom('allow', 'deny'), with: peer, port: aPort }), {
        maxLength: 2,
      }),
    }),
  });
  type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

  const knownOf = ({ labels, policies }: World) => [
    ...APPS.map((name, i) => relabelled(name, labels[i] as object)),
    ...policies.map(({ about, with: matchLabels, port, isOut }, i) => {
      const peers = [{ podSelector: { matchLabels } }];
      const ports = [{ port }];
      return policy(`p${i}`, {
        podSelector: { matchLabels: { app: about } },
        policyTypes: [isOut ? 'Egress' : 'Ingress'],
        ...(isOut ? { egress: [{ to: peers, ports }] } : { ingress: [{ from: peers, ports }] }),
      });
    }),
  ];

  /** The policy, unread. */
  const unread = ({ secret }: World) =>
    cilium('a', {
      ...(secret.about === undefined ? { endpointSelector: {} } : {}),
      ingressDeny: undefined,
      [secret.isOut ? 'egress' : 'ingress']: [{ secret }],
    });

  /** The world with the policy read. */
  const truth = (each: World) => {
    const { about, isolates, rules, isOut } = each.secret;
    const { cluster } = readManifests(knownOf(each));
    const real = guard({
      name: 'secret',
      tier: 'admin',
      subject: { namespaces: 'shop', pods: about === undefined ? {} : { matchLabels: { app: about } } },
      isolates: isolates ? [isOut ? 'Egress' : 'Ingress'] : [],
      [isOut ? 'egress' : 'ingress']: rules.map(({ action, with: labels, port }) => ({
        action: action as 'allow' | 'deny',
        peers: [pods(labels, 'shop')],
        ports: [tcp(port)],
      })),
    });
    return Reachability.of({ ...cluster, policies: [...cluster.policies, real] });
  };

  const RUNS = { numRuns: Math.max(150, Number(process.env.REFERENCE_CLUSTERS ?? 0) / 20) };

  /** Whether a row says that something changes between two pods on a port. */
  const isTold = (
    rows: readonly ConnectionChange[],
    { from, to, port }: { readonly from: Holds; readonly to: Holds; readonly port: number },
  ) =>
    rows.some(
      (row) =>
        from(row.from) &&
        to(row.to) &&
        [row.opened, row.closed, row.unknown].some((ports) => ports.overlaps(PortSet.range('TCP', port))),
    );
  type Holds = (party: Party) => boolean;
  const isKnown =
    (name: string): Holds =>
    ({ workloads = [] }) =>
      workloads.some(({ workload }) => workload.name === name);

  test('between workloads', () => {
    fc.assert(
      fc.property(world, world, fc.boolean(), (before, other, isSame) => {
        const after = isSame ? { ...other, secret: before.secret } : other;
        const [shownBefore, shownAfter] = [before, after].map((each) =>
          judged([...knownOf(each), unread(each)]),
        );
        const rows = diffConnections(shownBefore as Reachability, shownAfter as Reachability);
        const [was, is] = [truth(before), truth(after)];
        for (const [from, to, port] of everyConnection()) {
          const question = { from: `shop/${from}`, to: `shop/${to}`, port };
          if (was.outcome(question) !== is.outcome(question)) {
            expect(isTold(rows, { from: isKnown(from), to: isKnown(to), port })).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  test('with a pod that no manifest tells of', () => {
    fc.assert(
      fc.property(world, world, fc.boolean(), anApp, (before, other, isSame, hidden) => {
        const labels = before.labels.map((own, i) =>
          APPS[i] === hidden ? own : other.labels[i],
        ) as World['labels'];
        const after = { ...other, labels, ...(isSame ? { secret: before.secret } : {}) };
        const [shownBefore, shownAfter] = [before, after].map((each) =>
          judged([
            ...knownOf(each).filter(
              ({ kind, metadata }) => kind !== 'Deployment' || metadata.name !== hidden,
            ),
            unread(each),
          ]),
        );
        const rows = diffConnections(shownBefore as Reachability, shownAfter as Reachability);
        const pod = {
          namespace: 'shop',
          namespaceLabels: {},
          labels: { app: hidden, ...before.labels[APPS.indexOf(hidden)] },
        };
        const end = (name: string): Holds => (name === hidden ? (party) => fits(party, pod) : isKnown(name));
        const [was, is] = [truth(before), truth(after)];
        for (const [from, to, port] of everyConnection()) {
          const question = { from: `shop/${from}`, to: `shop/${to}`, port };
          // A row of two possible pods has one that policies are about.
          if (from !== to && was.outcome(question) !== is.outcome(question)) {
            expect(isTold(rows, { from: end(from), to: end(to), port })).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  function everyConnection() {
    return APPS.flatMap((from) => APPS.flatMap((to) => PORTS.map((port) => [from, to, port] as const)));
  }
});
