import fc from 'fast-check';
import type { ConnectionChange } from '../../lib/diff/connection-change';
import { diffConnections } from '../../lib/diff/diff-connections';
import type { Cluster, NetworkPolicyEntry } from '../../lib/model/cluster';
import { defined } from '../../lib/model/defined';
import type { LabelSelector } from '../../lib/model/label-selector';
import type { NetworkPolicyPort } from '../../lib/model/network-policy';
import { networkPoliciesIn, networkPolicyEntry } from '../../lib/model/network-policy-entry';
import { describePossible, type Party, type PossiblePods } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { entriesOf } from '../reachability/arbitrary';
import {
  type End,
  endsOf,
  flowsAmong,
  isEnd,
  nameOf,
  PODS,
  pairsIn,
  podsOf,
  Truth,
} from '../support/possible-ends';
import { areTogether, everyPod, fits, isOwned, type PossiblePod } from '../support/possible-pods';
import { clusterOf, type PossibleWorld, policy, ports, textOf, world } from '../support/possible-worlds';
import { thereAndBack } from './mirrored';

/** `npm run test:reference` tries 5,000. */
const RUNS = Math.max(30, Number(process.env.REFERENCE_CLUSTERS ?? 0) / 20);

interface Change {
  readonly world: PossibleWorld;
  readonly before: Cluster;
  readonly after: Cluster;
}

type Ports = NetworkPolicyPort[] | undefined;

/** The policy with other ports in some of its rules. */
function onPorts({ written }: NetworkPolicyEntry, ports: readonly Ports[]): NetworkPolicyEntry {
  const { spec = {} } = written;
  const rules = <T extends object>(key: string, list: readonly T[] | undefined, shift: number) =>
    list && { [key]: list.map((rule, i) => ({ ...rule, ...defined({ ports: ports[i + shift] }) })) };
  return networkPolicyEntry({
    ...written,
    spec: { ...spec, ...rules('ingress', spec.ingress, 0), ...rules('egress', spec.egress, 2) },
  });
}

/** A world before and after a change of policies or their ports, and sometimes of a namespace's labels. */
const change = (isCertain: boolean): fc.Arbitrary<Change> =>
  fc
    .record({
      world: world({ isCertain }),
      more: fc.array(policy({ isCertain }), { maxLength: 2 }),
      kept: fc.nat(15),
      ports: fc.array(fc.option(ports({ isCertain }), { nil: undefined, freq: 2 }), {
        minLength: 4,
        maxLength: 4,
      }),
    })
    .map(({ world: each, more, kept, ports: others }) => {
      const policies = [
        ...networkPoliciesIn(each.cluster)
          .filter((_, i) => (kept >> i) % 2 === 1)
          .map((entry) => onPorts(entry, others)),
        ...entriesOf(more, 'new'),
      ];
      return {
        world: each,
        before: each.cluster,
        after: clusterOf(each.namespaces, each.cluster.workloads, policies),
        [fc.toStringMethod]: () => [fc.stringify(each), textOf(policies)].join('\n'),
      };
    });

const changes = fc.oneof(change(true), change(false));

const rowsOf = ({ before, after }: Pick<Change, 'before' | 'after'>) =>
  diffConnections(Reachability.of(before, PODS), Reachability.of(after, PODS));

const isUnknown = ({ from, to }: ConnectionChange) =>
  from.possible !== undefined || to.possible !== undefined;

/** The pods of no known controller in either version. */
const asOf = ({ world: each, before, after }: Change): PossibleWorld => ({
  ...each,
  cluster: { ...before, workloads: [...before.workloads, ...after.workloads] },
});

test('each connection that changes with a pod that is not known is in a row that says so', () => {
  fc.assert(
    fc.property(changes, fc.nat(), (each, n) => {
      const { world: all, before, after } = each;
      const [was, is] = [new Truth(all.namespaces, before), new Truth(all.namespaces, after)];
      const rows = rowsOf(each).filter(isUnknown);
      const missing: string[] = [];
      for (const { from, to, probe, flow } of flowsAmong(pairsIn(asOf(each), n))) {
        const pods = podsOf(from, to);
        const [open, stays] = [was.allowsBoth(flow, pods), is.allowsBoth(flow, pods)];
        if (open === stays) {
          continue;
        }
        const isTold = rows.some((row) => {
          const told = stays ? row.opened : row.closed;
          return (
            (told.has(probe.protocol, probe.port) || row.unknown.has(probe.protocol, probe.port)) &&
            isEnd(row.from, from) &&
            isEnd(row.to, to)
          );
        });
        if (!isTold) {
          missing.push(
            `${nameOf(from)} to ${nameOf(to)} ${probe.protocol} ${probe.port} ${stays ? 'opened' : 'closed'}`,
          );
        }
      }
      expect(missing).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test('what a row says that changes changes for every pod that fits it, by the policies of one side', () => {
  fc.assert(
    fc.property(changes, fc.nat(), (each, n) => {
      const { world: all, before, after } = each;
      const hidden = asOf(each);
      const [was, is] = [new Truth(all.namespaces, before), new Truth(all.namespaces, after)];
      const wrong: string[] = [];
      for (const row of rowsOf(each).filter(isUnknown)) {
        const isBoth = row.from.possible !== undefined && row.to.possible !== undefined;
        const count = isBoth ? 12 : 60;
        const pairs = endsOf(row.from, hidden, n, count, 'from').flatMap((from) =>
          endsOf(row.to, hidden, n, count, 'to')
            .filter((to) => areBeside(from, to))
            .map((to) => [from, to] as const),
        );
        for (const { from, to, probe, flow } of flowsAmong(pairs)) {
          const pods = podsOf(from, to);
          for (const [ports, then, now] of [
            [row.opened, was, is],
            [row.closed, is, was],
          ] as const) {
            const changes = (['Egress', 'Ingress'] as const).some(
              (direction) => !then.allows(direction, flow, pods) && now.allows(direction, flow, pods),
            );
            if (ports.has(probe.protocol, probe.port) && !changes) {
              wrong.push(`${row.change} ${nameOf(from)} to ${nameOf(to)} ${probe.protocol} ${probe.port}`);
            }
          }
        }
      }
      expect(wrong).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

const areBeside = (a: End, b: End) => a.pod === undefined || b.pod === undefined || areTogether(a.pod, b.pod);

test('of each party of a row some pod remains, somebody is responsible, and where all is known nothing is in doubt', () => {
  fc.assert(
    fc.property(change(true), (each) => {
      const { world: all, before } = each;
      const pods = everyPod(all.namespaces);
      const versions = [new Truth(all.namespaces, before), new Truth(all.namespaces, each.after)];
      // Pods of known controllers only count for a policy none of whose pods is known.
      const counts = (pod: PossiblePod) =>
        !isOwned(pod, before) ||
        versions.some((version) => version.isSubject('Ingress', pod) || version.isSubject('Egress', pod));
      const areAllDeclared = all.namespaces.every(
        ({ name, isDeclared }) => isDeclared || all.known.every(({ pod }) => pod?.namespace !== name),
      );
      for (const row of rowsOf(each).filter(isUnknown)) {
        const empty = [row.from, row.to].filter(
          (party) => party.possible !== undefined && !pods.some((pod) => fits(party, pod) && counts(pod)),
        );
        expect(empty.map(({ possible }) => describePossible(possible as PossiblePods))).toEqual([]);
        expect([row.from.workloads, row.to.workloads]).not.toContainEqual([]);
        expect(row.by).not.toEqual([]);
        expect(areAllDeclared && row.change === 'unknown').toBe(false);
      }
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test('the way back is the same in reverse', () => {
  const nameOf = ({ workloads, addresses, possible }: Party) =>
    workloads?.map(({ workload: { name } }) => name) ??
    addresses ??
    describePossible(possible as PossiblePods);
  fc.assert(
    fc.property(changes, ({ before, after }) => {
      const [was, is] = [Reachability.of(before, PODS), Reachability.of(after, PODS)];
      const { there, back } = thereAndBack(was, is, nameOf);
      expect(back).toEqual(there);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

/** The same selector in more words: one requirement for each value, and each twice. */
function inMoreWords({ matchLabels = {}, matchExpressions = [] }: LabelSelector): LabelSelector {
  const labels = Object.entries(matchLabels).map(([key, value]) => ({
    key,
    operator: 'In',
    values: [value],
  }));
  const other = matchExpressions.flatMap(({ key, operator, values = [] }) =>
    operator === 'NotIn'
      ? values.map((value) => ({ key, operator, values: [value] }))
      : operator === 'In'
        ? [{ key, operator, values: [...values, ...values].reverse() }]
        : [{ key, operator }],
  );
  return { matchExpressions: [...other, ...labels, ...other] };
}

test('the same policies in another order are no change, nor are those that say the same in more words', () => {
  fc.assert(
    fc.property(world({ isCertain: true }), ({ cluster }) => {
      const isSelector = (key: string) => key === 'podSelector' || key === 'namespaceSelector';
      const reworded = networkPoliciesIn(cluster).map(({ namespace, written: { spec } }) => ({
        namespace,
        spec: JSON.parse(JSON.stringify(spec), (key, value) =>
          isSelector(key) ? inMoreWords(value) : value,
        ),
      }));
      for (const policies of [[...cluster.policies].reverse(), entriesOf(reworded)]) {
        expect(rowsOf({ before: cluster, after: { ...cluster, policies } })).toEqual([]);
      }
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test('a namespace with other labels changes what selectors of namespaces mean', () => {
  fc.assert(
    fc.property(world({ isCertain: true }), world({ isCertain: true }), fc.nat(), (one, other, n) => {
      const namespaces = one.namespaces.map((each, i) => ({
        ...each,
        labels: (each.isDeclared ? other.namespaces[i]?.labels : undefined) ?? each.labels,
      }));
      const { cluster: before } = one;
      const after = clusterOf(namespaces, before.workloads, before.policies);
      const [was, is] = [new Truth(one.namespaces, before), new Truth(namespaces, after)];
      const rows = rowsOf({ before, after }).filter(isUnknown);
      const declared = new Map(
        namespaces.filter(({ isDeclared }) => isDeclared).map((each) => [each.name, each]),
      );
      const missing: string[] = [];
      for (const { from, to, probe, flow } of flowsAmong(pairsIn(one, n))) {
        const then = podsOf(from, to);
        const now = then.map((pod) => ({
          ...pod,
          namespaceLabels: declared.get(pod.namespace)?.labels ?? pod.namespaceLabels,
        }));
        const [open, stays] = [was.allowsBoth(flow, then), is.allowsBoth(flow, now)];
        const isTold = (row: ConnectionChange) =>
          [stays ? row.opened : row.closed, row.unknown].some((ports) =>
            ports.has(probe.protocol, probe.port),
          ) &&
          [then, now].some(
            (pods) =>
              isEnd(row.from, withPod(from, pods[0])) &&
              isEnd(row.to, withPod(to, from.pod === undefined ? pods[0] : pods[1])),
          );
        if (open !== stays && !rows.some(isTold)) {
          missing.push(`${nameOf(from)} to ${nameOf(to)} ${probe.protocol} ${probe.port}`);
        }
      }
      expect(missing).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

const withPod = (end: End, pod: End['pod']): End =>
  end.pod === undefined || pod === undefined ? end : { ...end, pod };
