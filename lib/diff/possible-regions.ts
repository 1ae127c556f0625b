import { compare } from '../model/collections';
import type { PolicyType } from '../model/network-policy';
import type { PodSet } from '../model/pod-set';
import type { PossibleGroups } from '../reachability/judging/possible-groups';

/** Pods of a set that no policy tells apart. */
export interface Region {
  readonly set: PodSet;
  readonly except: readonly PodSet[];
}

/** From so many regions on, a policy that is about pods of several of them is told beside them. */
const MANY_REGIONS = 64;

/**
 * The parts of a set that policies of several versions tell apart in one direction.
 *
 * Where they are too many, what a further policy has of the set is told beside them, as it is. No change gets lost:
 * what opens or closes for a pod that several policies are about does so for the pods of one of them too. More may be
 * told than happens.
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
  const told: Region[] = [];
  let regions: readonly Region[] = [{ set: whole, except: [] }];
  // Nothing told depends on the order of versions and policies.
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

/** What a part has of a region, and what it leaves. */
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
