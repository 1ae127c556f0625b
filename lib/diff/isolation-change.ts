import type { PolicyType } from '../model/network-policy';
import type { Tristate } from '../reachability/bounds';
import type { Reachability } from '../reachability/reachability';

/**
 * A namespace that has lost the last policy that denies by default in a direction, or has got a first one: from
 * then on whatever no policy speaks of is open, or is shut.
 */
export interface IsolationChange {
  readonly namespace: string;
  readonly direction: PolicyType;
  readonly change: 'lost' | 'gained';
}

/**
 * Namespaces of which policies isolate some workload in one version and surely none in the other; sorted. A
 * namespace without workloads in one of them has neither lost nor gained anything.
 */
export function isolationChanges(before: Reachability, after: Reachability): readonly IsolationChange[] {
  const found: IsolationChange[] = [];
  for (const direction of ['Egress', 'Ingress'] as const) {
    const [was, is] = [isolation(before, direction), isolation(after, direction)];
    for (const [namespace, state] of was) {
      const now = is.get(namespace);
      if (state === 'yes' && now === 'no') {
        found.push({ namespace, direction, change: 'lost' });
      } else if (state === 'no' && now === 'yes') {
        found.push({ namespace, direction, change: 'gained' });
      }
    }
  }
  return found.sort((a, b) => compare(a.namespace, b.namespace) || compare(a.direction, b.direction));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Whether some workload of each namespace is isolated. */
function isolation({ judged }: Reachability, direction: PolicyType): ReadonlyMap<string, Tristate> {
  const { world, groupings } = judged;
  const states = new Map<string, Tristate>();
  for (const { index, workload } of world.index.units) {
    if (!workload.hostNetwork && states.get(workload.namespace) !== 'yes') {
      const { isolated } = groupings[direction].at(index);
      const known = states.get(workload.namespace) ?? 'no';
      states.set(workload.namespace, isolated === 'no' ? known : isolated);
    }
  }
  return states;
}
