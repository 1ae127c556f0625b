import { describeCause } from '../../lib/diff/cause';
import { diffConnections } from '../../lib/diff/diff-connections';
import { isolationChanges } from '../../lib/diff/namespace-isolation';
import { lint } from '../../lib/lint/lint-cluster';
import type { Cluster, PolicyEntry } from '../../lib/model/cluster';
import { NO_INTENT } from '../../lib/model/finding';
import { describePossible } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { entity, guard, pods, tcp } from '../support/guard';
import { read } from '../support/shop-cluster';

const open: Cluster = read();
const isolated: Cluster = read({
  podSelector: { matchLabels: { app: 'db' } },
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }],
});
const beside = (cluster: Cluster, ...guards: readonly PolicyEntry[]): Cluster => ({
  ...cluster,
  policies: [...cluster.policies, ...guards],
});

const WEB = pods({ app: 'web' });
const toDb = { from: 'shop/web', to: 'shop/db', port: 5432 };
const onDb = { pods: { matchLabels: { app: 'db' } } };

test.each<{
  why: string;
  cluster?: Cluster;
  guards: readonly Parameters<typeof guard>[0][];
  ask?: { readonly from: string; readonly to: string; readonly port?: number };
  verdict: string;
}>([
  {
    why: 'a deny takes away what another policy allows',
    cluster: isolated,
    guards: [{ name: 'g', ingress: [{ action: 'deny', peers: [WEB], ports: [tcp(5432)] }] }],
    verdict: 'denied',
  },
  {
    why: 'and nothing else',
    guards: [{ name: 'g', ingress: [{ action: 'deny', peers: [WEB], ports: [tcp(5433)] }] }],
    verdict: 'allowed',
  },
  {
    why: 'one level denies what it allows as well',
    guards: [
      { name: 'a', ingress: [{ action: 'allow', peers: [WEB] }] },
      { name: 'b', ingress: [{ action: 'deny', peers: [WEB] }] },
    ],
    verdict: 'denied',
  },
  {
    why: 'the lower number of two priorities decides',
    guards: [
      { name: 'a', priority: 2, ingress: [{ action: 'deny', peers: [WEB] }] },
      { name: 'b', priority: 1, ingress: [{ action: 'allow', peers: [WEB] }] },
    ],
    verdict: 'allowed',
  },
  {
    why: 'the admin tier allows past policies that isolate',
    cluster: isolated,
    guards: [{ name: 'g', tier: 'admin', subject: onDb, ingress: [{ action: 'allow', peers: [WEB] }] }],
    ask: { from: 'shop/web', to: 'shop/db', port: 80 },
    verdict: 'allowed',
  },
  {
    why: 'the admin tier denies before policies that allow',
    cluster: isolated,
    guards: [{ name: 'g', tier: 'admin', ingress: [{ action: 'deny' }] }],
    verdict: 'denied',
  },
  {
    why: 'what it passes on, the policies below decide',
    cluster: isolated,
    guards: [
      { name: 'a', tier: 'admin', priority: 1, ingress: [{ action: 'pass', peers: [WEB] }] },
      { name: 'b', tier: 'admin', priority: 2, ingress: [{ action: 'deny' }] },
    ],
    verdict: 'allowed',
  },
  {
    why: 'the baseline tier denies pods that nothing isolates',
    guards: [{ name: 'g', tier: 'baseline', ingress: [{ action: 'deny', peers: [WEB] }] }],
    verdict: 'denied',
  },
  {
    why: 'and is not asked about pods that a NetworkPolicy isolates',
    cluster: isolated,
    guards: [{ name: 'g', tier: 'baseline', ingress: [{ action: 'deny', peers: [WEB] }] }],
    verdict: 'allowed',
  },
  {
    why: 'a subject may be in every namespace',
    guards: [{ name: 'g', subject: { namespaces: {}, ...onDb }, ingress: [{ action: 'deny' }] }],
    verdict: 'denied',
  },
  {
    why: 'or in those with certain labels',
    guards: [
      { name: 'g', subject: { namespaces: { matchLabels: { team: 'mon' } } }, ingress: [{ action: 'deny' }] },
    ],
    verdict: 'allowed',
  },
  {
    why: 'the world is every address that is no pod and no node',
    guards: [{ name: 'g', ingress: [{ action: 'deny', peers: [entity('world')] }] }],
    ask: { from: 'internet', to: 'shop/db' },
    verdict: 'denied',
  },
  {
    why: 'and no pod',
    guards: [{ name: 'g', ingress: [{ action: 'deny', peers: [entity('world')] }] }],
    verdict: 'allowed',
  },
  {
    why: 'the cluster is every pod',
    guards: [
      { name: 'g', isolates: ['Ingress'], ingress: [{ action: 'allow', peers: [entity('cluster')] }] },
    ],
    verdict: 'allowed',
  },
  {
    why: 'and every node, the own one among them',
    guards: [{ name: 'g', ingress: [{ action: 'deny', peers: [entity('cluster')] }] }],
    ask: { from: 'node:n2', to: 'shop/db' },
    verdict: 'denied',
  },
  {
    why: 'and nobody else',
    guards: [
      { name: 'g', isolates: ['Ingress'], ingress: [{ action: 'allow', peers: [entity('cluster')] }] },
    ],
    ask: { from: 'internet', to: 'shop/db' },
    verdict: 'denied',
  },
  {
    why: 'a rule for nobody does nothing',
    guards: [{ name: 'g', ingress: [{ action: 'deny', peers: [] }] }],
    verdict: 'allowed',
  },
  {
    why: 'nor does one for no port',
    guards: [{ name: 'g', ingress: [{ action: 'deny', ports: [] }] }],
    verdict: 'allowed',
  },
])('$why', ({ cluster = open, guards, ask = toDb, verdict }) => {
  const reachability = Reachability.of(beside(cluster, ...guards.map(guard)));
  expect(reachability.verdict(ask).verdict).toBe(verdict);
  expect(reachability.outcome(ask)).toBe(verdict);
});

const denying = guard({
  name: 'no-databases',
  tier: 'admin',
  subject: onDb,
  ingress: [{ action: 'deny', peers: [WEB], ports: [tcp(5432)] }],
});

test('an explanation names the rule that denies, and a verdict has it as data', () => {
  const reachability = Reachability.of(beside(isolated, denying));
  expect(reachability.explain(toDb)).toBe(
    [
      'Denied: shop/web to shop/db on 5432.',
      'Out of shop/web: allowed; no policy isolates it.',
      'Into shop/db: denied; isolated by policy shop/db; denied by Guard no-databases ingress rule 0 (peer 0, port 0, guards/no-databases.yaml:1).',
    ].join('\n'),
  );
  const { ingress } = reachability.verdict(toDb);
  expect(ingress.deniedBy.map(({ policy, rule }) => [policy, rule])).toEqual([['no-databases', 0]]);
  // Another rule denies what it allows, so it has no part in the verdict.
  expect(ingress.allowedBy).toEqual([]);
});

test('a deny that another tier overrules has no part in the verdict', () => {
  const allowing = guard({
    name: 'go',
    tier: 'admin',
    priority: -1,
    ingress: [{ action: 'allow', peers: [WEB] }],
  });
  const { ingress } = Reachability.of(beside(isolated, denying, allowing)).verdict(toDb);
  expect([ingress.verdict, ingress.deniedBy]).toEqual(['allowed', []]);
  expect(ingress.allowedBy.map(({ policy }) => policy)).toEqual(['go', 'shop/db']);
});

test('connections leave out what is denied', () => {
  const rows = (cluster: Cluster) =>
    [...Reachability.of(cluster).connections({ from: 'shop/web', to: 'shop/db' })].map(({ ports }) =>
      String(ports),
    );
  expect([rows(open), rows(beside(open, denying))]).toEqual([
    ['*'],
    ['1-5431/TCP, 5433-65535/TCP, */UDP, */SCTP'],
  ]);
});

test('pods to come of which some are denied are in doubt', () => {
  const changes = diffConnections(Reachability.of(open), Reachability.of(beside(open, denying)));
  const told = changes.flatMap(({ change, from: { possible }, closed, unknown }) =>
    possible === undefined ? [] : [[change, describePossible(possible), String(closed), String(unknown)]],
  );
  expect(told).toContainEqual(['unknown', 'any pod', 'none', '5432/TCP']);
});

test('a difference names what denies, before and after', () => {
  const [before, after] = [open, beside(open, denying)].map((each) =>
    Reachability.of(each, { knownOnly: true }),
  ) as [Reachability, Reachability];
  const told = (changes: ReturnType<typeof diffConnections>) =>
    changes.map((row) => [row.change, String(row.opened), String(row.closed), ...row.by.map(describeCause)]);
  expect(told(diffConnections(before, after))).toEqual([
    [
      'narrowed',
      'none',
      '5432/TCP',
      'Guard no-databases ingress rule 0 (peer 0, port 0, guards/no-databases.yaml:1) denies',
    ],
  ]);
  expect(told(diffConnections(after, before))).toEqual([
    [
      'widened',
      '5432/TCP',
      'none',
      'Guard no-databases ingress rule 0 (peer 0, port 0, guards/no-databases.yaml:1) denied before',
    ],
  ]);
});

test('a default deny of every namespace is one of each', () => {
  const everywhere = guard({ name: 'deny-all', isolates: ['Ingress'] });
  const after = Reachability.of(beside(open, everywhere), { knownOnly: true });
  expect(isolationChanges(Reachability.of(open), after)).toEqual(
    open.namespaces.map(({ name }) => ({ namespace: name, direction: 'Ingress', change: 'gained' })),
  );
});

test('policies of one name and two kinds are two policies', () => {
  const twin = guard({ ...denying, name: 'db', ingress: [{ action: 'deny', peers: [WEB] }] });
  const before = Reachability.of(beside(isolated, { ...twin, namespace: 'shop' }));
  expect(before.with({ remove: [{ namespace: 'shop', name: 'db' }] }).verdict(toDb).verdict).toBe('denied');
  const removed = before.with({ remove: [{ kind: 'Guard', namespace: 'shop', name: 'db' }] });
  expect(removed.verdict(toDb).verdict).toBe('allowed');
});

test('rules find what such a policy does', () => {
  const shut = guard({ name: 'shut', subject: onDb, ingress: [{ action: 'deny' }] });
  const expectation = { kind: 'must-reach' as const, from: 'shop/web', to: 'shop/db', port: '5432' };
  const { findings } = lint(beside(open, shut), { intent: { ...NO_INTENT, expectations: [expectation] } });
  const told = findings.map(({ rule, object: { kind, name } }) => `${rule} ${kind} ${name}`);
  expect(told.filter((each) => !each.startsWith('no-default-deny'))).toEqual([
    'must-reach Expectation shop/web must-reach shop/db 5432',
    'unreachable-workload StatefulSet db',
  ]);
  expect(findings[0]?.witness).toContain('denied by Guard shut ingress rule 0');
});

test('rules about one namespace leave policies of all of them alone', () => {
  const misspelt = guard({
    name: 'typo',
    subject: { pods: { matchLabels: { app: 'dbb' } } },
    isolates: ['Ingress'],
    ingress: [{ action: 'allow', peers: [pods({ app: 'wbe' })] }],
  });
  const { findings } = lint(beside(isolated, misspelt), {});
  expect(findings.filter(({ object }) => object.name === 'typo')).toEqual([]);
});
