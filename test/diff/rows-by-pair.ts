import type { ConnectionChange } from '../../lib/diff/connection-change';
import type { Cluster, Workload } from '../../lib/model/cluster';
import { PortSet } from '../../lib/model/port-set';
import type { Party } from '../../lib/reachability/answers/parties';
import type { Reachability } from '../../lib/reachability/reachability';

/** What rows of a comparison and verdicts say of each pair of pods. */

export const keyOf = ({ namespace, kind, name }: Workload) => `${namespace}/${kind}/${name}`;

/** The running pods by their workload. */
export function running({ workloads }: Cluster): Map<string, string[]> {
  return new Map(
    workloads.map((workload) => [
      keyOf(workload),
      workload.pods
        .filter(({ phase }) => phase === 'Running')
        .map(({ name }) => `${workload.namespace}/${name}`),
    ]),
  );
}

/** The pods of a party that are among `within`. */
export function podsIn({ workloads = [] }: Party, within: Map<string, string[]>): string[] {
  return workloads.flatMap(({ workload, pods }) =>
    (within.get(keyOf(workload)) ?? []).filter(
      (name) => pods === undefined || pods.includes(name.slice(workload.namespace.length + 1)),
    ),
  );
}

export const KEPT = ['opened', 'widened', 'changed', 'narrowed', 'closed', 'unknown'];
export const NOTHING = { ports: PortSet.NONE, possiblePorts: PortSet.NONE };

/** What the rows say of each pair of pods; a pair in two rows is an error. */
export function told(
  rows: readonly ConnectionChange[],
  words: readonly string[],
  pods: Map<string, string[]>,
) {
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

/** The sure and the possible ports, as in a verdict. */
export function verdictOf(reachability: Reachability, from: string, to: string) {
  const { ports, possiblePorts } = reachability.verdict({ from, to });
  return { ports, possiblePorts };
}

/** The same of one version in a row. */
export function openIn({ allowed, unknown }: ConnectionChange['before']) {
  return { ports: allowed, isSure: unknown.isEmpty };
}

export const sureOf = ({ ports, possiblePorts }: typeof NOTHING) => ({
  ports,
  isSure: ports.key === possiblePorts.key,
});
