import { type Workload, workloadKey } from '../model/cluster';
import { compare, remember } from '../model/collections';
import { describeEntryPoint, type EntryPoint, entryPointsOf } from '../model/entry-points';
import { PortSet } from '../model/port-set';
import type { Party } from '../reachability/answers/parties';
import type { JudgedCluster } from '../reachability/judging/judged-cluster';
import type { Reachability } from '../reachability/reachability';
import { successorsOf } from './match-cells';

/** What happens to a way into the cluster. `entry-changed`: it leads to other ports. */
export type EntryWord = 'entry-added' | 'entry-changed' | 'entry-removed';

/** A way from outside the cluster to workloads that changes. Policies may deny what comes this way. */
export interface EntryChange {
  readonly change: EntryWord;
  readonly entryPoint: Omit<EntryPoint, 'leadsTo'>;
  /** Without workloads if none is known behind it. */
  readonly to: Party;
  /** The ports of the pods that it leads to. */
  readonly before: PortSet;
  readonly after: PortSet;
}

/**
 * The entry points that are new, gone, or lead to other workloads or ports; sorted by what happens, kind, namespace
 * and name. A Service of another type is another entry point, and so is a route for other gateways.
 */
export function entryChanges(before: Reachability, after: Reachability): readonly EntryChange[] {
  const successors = successorsOf([before.judged.cluster, after.judged.cluster]);
  const [was, is] = [entriesOf(before.judged, successors), entriesOf(after.judged)];
  const rows = new Map<string, Omit<EntryChange, 'to'> & { readonly workloads: Workload[] }>();
  const note = (name: string, then: Ways | undefined, now: Ways | undefined) => {
    const { entryPoint } = (now ?? then) as Ways;
    const add = (change: EntryWord, earlier = PortSet.NONE, later = PortSet.NONE) =>
      remember(rows, `${change} ${name} ${earlier.key} ${later.key}`, () => ({
        change,
        entryPoint,
        before: earlier,
        after: later,
        workloads: [],
      })).workloads;
    const keys = new Set([...(then?.leadsTo.keys() ?? []), ...(now?.leadsTo.keys() ?? [])]);
    if (keys.size === 0 && (then === undefined || now === undefined)) {
      add(then === undefined ? 'entry-added' : 'entry-removed');
    }
    for (const key of keys) {
      const [old, young] = [then?.leadsTo.get(key), now?.leadsTo.get(key)];
      if (old?.ports.key !== young?.ports.key) {
        const word =
          old === undefined ? 'entry-added' : young === undefined ? 'entry-removed' : 'entry-changed';
        add(word, old?.ports, young?.ports).push((young ?? old)?.workload as Workload);
      }
    }
  };
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    note(name, was.get(name), is.get(name));
  }
  return [...rows]
    .sort(([a], [b]) => compare(a, b))
    .map(([, { workloads, ...row }]) => ({ ...row, to: partyOf(workloads) }));
}

/** An entry point, and where it leads, by the keys of workloads. */
interface Ways {
  readonly entryPoint: EntryChange['entryPoint'];
  readonly leadsTo: ReadonlyMap<string, EntryPoint['leadsTo'][number]>;
}

/** @param successors the keys of workloads that take the place of others, by the keys of these */
function entriesOf(
  { cluster }: JudgedCluster,
  successors: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, Ways> {
  const keyOf = (workload: Workload) => {
    const key = workloadKey(workload);
    return successors.get(key) ?? key;
  };
  return new Map(
    entryPointsOf(cluster).map(({ leadsTo, ...entryPoint }) => [
      describeEntryPoint(entryPoint),
      { entryPoint, leadsTo: new Map(leadsTo.map((each) => [keyOf(each.workload), each])) },
    ]),
  );
}

function partyOf(workloads: readonly Workload[]): Party {
  return {
    workloads: [...workloads]
      .sort((a, b) => compare(workloadKey(a), workloadKey(b)))
      .map((workload) => ({ workload })),
  };
}
