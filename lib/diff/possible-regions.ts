import { compare } from '../model/collections';
import type { PolicyType } from '../model/network-policy';
import type { PodSet } from '../model/pod-set';
import type { PossibleGroups } from '../reachability/judging/possible-groups';

/** Possible pods, some left out. */
export interface Region {
  readonly set: PodSet;
  readonly except: readonly PodSet[];
}

/** Beyond this, a policy that would divide several regions does not divide them. */
const MANY_REGIONS = 64;

/**
 * The regions of a set: no policy of the versions tells their pods apart in one direction.
 *
 * If there are too many, the pods of a further policy become a region of their own that overlaps others. No change
 * gets lost: what opens or closes for a pod that several policies are about does so for the pods of one of them. More
 * may be told than happens.
 *
 * @param remains whether a pod may be in `set` and in no set of `without`
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
  const told: Region[] = [];
  let regions: readonly Region[] = [{ set: whole, except: [] }];
  // Sorted, so that no answer depends on the order of versions and policies.
  for (const [, part] of [...parts].sort(([a], [b]) => compare(a, b))) {
    const next = regions.map((each) => cutBy(part, each));
    if (regions.length > MANY_REGIONS && next.filter((each) => each.length > 1).length > 1) {
      told.push({ set: part, except: [] });
    } else {
      regions = next.flat();
    }
  }
  return [...regions, ...told].filter(({ set, except }) => remains(set, except));
}

/** The part of a region that a set has, and the rest. */
function cutBy(part: PodSet, region: Region): readonly Region[] {
  const { set, except } = region;
  const met = set.and(part);
  return met === undefined || met.key === set.key
    ? [region]
    : [
        { set: met, except: except.filter((each) => each.and(met) !== undefined) },
        { set, except: [...except, part] },
      ];
}
