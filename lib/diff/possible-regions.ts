import { compare } from '../model/manifest-problem';
import type { PolicyType } from '../model/network-policy';
import type { PodSet } from '../model/pod-set';
import type { PossibleGroups } from '../reachability/possible-groups';

/** Pods of a set that no policy tells apart. */
export interface Region {
  readonly set: PodSet;
  readonly except: readonly PodSet[];
}

/** So many parts of a set are told apart. */
const MOST_REGIONS = 64;

/**
 * The parts of a set that policies of several versions tell apart in one direction; where there are too many, as if
 * some of the policies were about none of its pods.
 *
 * @param remains whether a pod is in a set and in none of the others
 */
export function regionsOf(
  whole: PodSet,
  direction: PolicyType,
  versions: readonly PossibleGroups[],
  remains: (set: PodSet, without: readonly PodSet[]) => boolean,
): readonly Region[] {
  const parts = new Map<string, PodSet>();
  for (const groups of versions) {
    for (const part of groups.partsOf(whole, direction)) {
      parts.set(part.key, part);
    }
  }
  let regions: readonly Region[] = [{ set: whole, except: [] }];
  // Nothing told depends on the order of versions and policies.
  for (const [, part] of [...parts].sort(([a], [b]) => compare(a, b))) {
    const next = regions.flatMap(({ set, except }) => {
      const met = set.and(part);
      return [...(met === undefined ? [] : [{ set: met, except }]), { set, except: [...except, part] }];
    });
    regions = next.filter((each) => remains(each.set, each.except));
    if (regions.length > MOST_REGIONS) {
      break;
    }
  }
  return regions;
}
