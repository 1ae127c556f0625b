import fc from 'fast-check';
import type { ConnectionChange } from '../../lib/diff/connection-change';
import { diffConnections } from '../../lib/diff/diff-connections';
import type { Cluster, Workload } from '../../lib/model/cluster';
import type { Party } from '../../lib/reachability/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { cluster, DUAL_STACK, entriesOf, namespacedSpec, OUTSIDE, partlyKnown } from '../reachability/arbitrary';
import { isAllowed, podsOf } from '../reachability/reference';
import { change } from './arbitrary';

const RUNS = { numRuns: Number(process.env.DIFF_RUNS ?? 200) };

const keyOf = ({ namespace, kind, name }: Workload) => `${namespace}/${kind}/${name}`;

/** The running pods of each workload, by the workload. */
function running({ workloads }: Cluster): Map<string, string[]> {
  return new Map(
    workloads.map((workload) => [
      keyOf(workload),
      workload.pods
        .filter(({ phase }) => phase === 'Running')
        .map(({ name }) => `${workload.namespace}/${name}`),
    ]),
  );
}

/** `kind/pod` of each pod that a party means and that `within` has. */
function podsIn({ workloads = [] }: Party, within: Map<string, string[]>): string[] {
  return workloads.flatMap(({ workload, pods }) =>
    (within.get(keyOf(workload)) ?? []).filter(
      (name) => pods === undefined || pods.includes(name.slice(workload.namespace.length + 1)),
    ),
  );
}

const KEPT = ['opened', 'widened', 'changed', 'narrowed', 'closed', 'unknown'];
const NOTHING = { ports: 'none', possiblePorts: 'none' };

/** What the rows say of each pair of pods; a pair in two rows is an error. */
function told(rows: readonly ConnectionChange[], words: readonly string[], pods: Map<string, string[]>) {
  const found = new Map<string, ConnectionChange>();
  for (const row of rows.filter((each) => words.includes(each.change))) {
    for (const from of podsIn(row.from, pods)) {
      for (const to of podsIn(row.to, pods)) {
        expect(found.has(`${from} to ${to}`)).toBe(false);
        found.set(`${from} to ${to}`, row);
      }
    }
  }
  return found;
}

/** Ports as a verdict tells them: the sure ones, and all that may be open. */
function verdictOf(reachability: Reachability, from: string, to: string) {
  const { ports, possiblePorts } = reachability.verdict({ from, to });
  return { ports, possiblePorts };
}

/** What a row tells of one version. */
function openIn({ allowed, unknown }: ConnectionChange['before']) {
  return { ports: allowed, isSure: unknown === 'none' };
}

describe.each([
  { known: 'wholly', of: (each: Cluster) => each },
  { known: 'partly', of: partlyKnown },
])('in clusters $known known', ({ of }) => {
  test('each pair of pods is told as both verdicts are', () => {
    fc.assert(
      fc.property(change, ({ before, after }) => {
        const versions = [before, after].map((each) => Reachability.of(of(each), DUAL_STACK)) as [
          Reachability,
          Reachability,
        ];
        const [was, is] = [running(before), running(after)];
        const both = new Map(
          [...was].map(([key, pods]) => [key, pods.filter((name) => is.get(key)?.includes(name))]),
        );
        const rows = told(diffConnections(...versions), KEPT, both);
        const pods = [...both.values()].flat();
        for (const from of pods) {
          for (const to of pods.filter((name) => name !== from)) {
            const pair = `${from} to ${to}`;
            const verdicts = versions.map((each) => verdictOf(each, from, to)) as [
              typeof NOTHING,
              typeof NOTHING,
            ];
            const row = rows.get(pair);
            if (row === undefined) {
              expect({ pair, verdict: verdicts[1] }).toEqual({ pair, verdict: verdicts[0] });
            } else {
              expect({ pair, before: openIn(row.before), after: openIn(row.after) }).toEqual({
                pair,
                before: sureOf(verdicts[0]),
                after: sureOf(verdicts[1]),
              });
            }
          }
        }
      }),
      RUNS,
    );
  });

  test('nothing is told when nothing changed, whatever the order of the input', () => {
    fc.assert(
      fc.property(cluster, (each) => {
        const known = of(each);
        const turned = {
          ...known,
          workloads: [...known.workloads].reverse(),
          namespaces: [...known.namespaces].reverse(),
          policies: [...known.policies].reverse(),
        };
        expect(diffConnections(Reachability.of(known), Reachability.of(turned))).toEqual([]);
      }),
      RUNS,
    );
  });
});

const sureOf = ({ ports, possiblePorts }: typeof NOTHING) => ({ ports, isSure: ports === possiblePorts });
