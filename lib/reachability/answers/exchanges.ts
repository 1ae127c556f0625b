import type { Workload } from '../../model/cluster';
import { append, remember } from '../../model/collections';
import type { PortSet } from '../../model/port-set';
import type { JudgedCluster } from '../judging/judged-cluster';
import { listConnections } from './list-connections';
import { type Connection, type ConnectionFilter, type Party, uniteParties } from './parties';

/** Ends as in a list of connections. */
export type ExposureFilter = Omit<ConnectionFilter, 'groupBy'>;

/** A party that exchanges traffic with a workload. */
export interface Reached {
  readonly party: Party;
  readonly ports: PortSet;
  /** `unknown`: it depends on what is not known. */
  readonly verdict: Connection['verdict'];
}

/** Everybody who exchanges traffic with a workload. */
interface Exchanged {
  readonly from: readonly Reached[];
  readonly to: readonly Reached[];
}

/** The rows of a list of connections for each workload: first known workloads, then addresses and names, then possible pods. */
export function exchangesOf(
  judged: JudgedCluster,
  filter: ExposureFilter,
): (workload: Workload) => Exchanged {
  const rows: Connection[] = [];
  const [from, to] = [new Map<Workload, number[]>(), new Map<Workload, number[]>()];
  for (const row of listConnections(judged, filter)) {
    for (const workload of workloadsOf(row.to)) {
      append(from, workload, rows.length);
    }
    for (const workload of workloadsOf(row.from)) {
      append(to, workload, rows.length);
    }
    rows.push(row);
  }
  // Workloads that are treated alike are in the same rows, and share an array.
  const known = { from: new Map<string, readonly Reached[]>(), to: new Map<string, readonly Reached[]>() };
  const of = (end: 'from' | 'to', numbers: readonly number[] = []) =>
    remember(known[end], numbers.join(), () =>
      joined(
        numbers.map((number) => {
          const { ports, verdict, ...ends } = rows[number] as Connection;
          return { party: ends[end], ports, verdict };
        }),
      ),
    );
  return (workload) => ({ from: of('from', from.get(workload)), to: of('to', to.get(workload)) });
}

function workloadsOf({ workloads = [] }: Party): Iterable<Workload> {
  return new Set(workloads.map(({ workload }) => workload));
}

/** Parties of one kind that exchange the same become one; each set of possible pods stays apart. */
function joined(reached: readonly Reached[]): readonly Reached[] {
  const alike = new Map<string, Reached[]>();
  for (const [i, each] of reached.entries()) {
    const { workloads, addresses, names } = each.party;
    const kind =
      workloads !== undefined
        ? 'workloads'
        : addresses !== undefined
          ? 'addresses'
          : names !== undefined
            ? 'names'
            : i;
    append(alike, `${kind} ${each.ports.key} ${each.verdict}`, each);
  }
  return [...alike.values()].map((some) => {
    const [first] = some as [Reached];
    return some.length === 1 ? first : { ...first, party: uniteParties(some.map(({ party }) => party)) };
  });
}
