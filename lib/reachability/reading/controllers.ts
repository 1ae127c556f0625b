import type { Workload } from '../../model/cluster';
import { append, appendAll, remember, remembered } from '../../model/collections';
import type { LabelSelector } from '../../model/label-selector';
import type { Labels } from '../../model/labels';
import { PodSet } from '../../model/pod-set';
import type { PodSpace } from '../../model/pod-space';

/** The pods of known controllers: nobody else's pods in the namespace carry the labels that a controller selects. */
export class Controllers {
  /** The controllers that select by a label, by their namespace. */
  private readonly byNamespace = new Map<string, Workload[]>();
  /** The same, by the value of the first label that they select. */
  private readonly byValue = new Map<string, ReadonlyMap<string, readonly Workload[]>>();

  public constructor(
    workloads: readonly Workload[],
    private readonly space: PodSpace,
  ) {
    for (const workload of workloads) {
      if (firstLabel(workload) !== undefined) {
        append(this.byNamespace, workload.namespace, workload);
      }
    }
  }

  /** Whether controllers have each pod of `set` that is in no set of `without`. */
  public haveAll(set: PodSet, without: readonly PodSet[] = []): boolean {
    const { namespace } = set;
    if (namespace === undefined) {
      return false;
    }
    const owners =
      without.length === 0 ? this.labelled(namespace, set) : (this.byNamespace.get(namespace) ?? []);
    return owners.length > 0 && this.space.covers([...owners.flatMap(podsOf), ...without], set);
  }

  /** Whether controllers whose pods are on their node's network have each pod of a set. */
  public haveOnNodes(set: PodSet): boolean {
    const owners = set.namespace === undefined ? [] : this.labelled(set.namespace, set);
    const onNodes = owners.filter(({ hostNetwork }) => hostNetwork).flatMap(podsOf);
    return onNodes.length > 0 && this.space.covers(onNodes, set);
  }

  /** Whether one controller has all pods with these labels. */
  public own(namespace: string, labels: Labels): boolean {
    const there = this.valuesIn(namespace);
    return Object.values(labels).some((value) =>
      there.get(value)?.some(({ selector }) => asksFor(selector, labels)),
    );
  }

  /** The controllers whose first label each pod of a set has. */
  private labelled(namespace: string, { pods }: PodSet): readonly Workload[] {
    const there = this.valuesIn(namespace);
    const found: Workload[] = [];
    for (const [key, { but, absent, listed }] of pods) {
      for (const value of but || absent ? [] : listed) {
        appendAll(
          found,
          (there.get(value) ?? []).filter((each) => firstLabel(each)?.[0] === key),
        );
      }
    }
    return found;
  }

  private valuesIn(namespace: string): ReadonlyMap<string, readonly Workload[]> {
    return remember(this.byValue, namespace, () => {
      const found = new Map<string, Workload[]>();
      for (const workload of this.byNamespace.get(namespace) ?? []) {
        append(found, firstLabel(workload)?.[1] as string, workload);
      }
      return found;
    });
  }
}

function firstLabel({ selector }: Workload): readonly [string, string] | undefined {
  return Object.entries(selector?.matchLabels ?? {})[0];
}

/** Whether a selector asks for nothing but some of these labels. */
function asksFor({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}, labels: Labels): boolean {
  return (
    matchExpressions.length === 0 &&
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
  );
}

const podsOf = remembered(({ namespace, selector = {} }: Workload) => {
  const set = PodSet.of({ namespaces: namespace, pods: selector });
  return set === undefined ? [] : [set];
});
