import { remember } from '../model/collections';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { Group } from '../reachability/judging/groups';
import type { Standing, Standings } from './side';

/**
 * What policies say beneath those that are not judged. Of these only the bounds are known, and bounds can hide a
 * change: two versions may be unknown alike while one of them lets through, and the other keeps shut, whatever the
 * unjudged policy leaves to the others. So the others are compared by themselves, too.
 */
export class Beneath {
  private readonly roots = new Map<PolicyType, Group>(
    POLICY_TYPES.map((direction) => [direction, Group.root(direction)]),
  );
  private readonly known = new Map<Group, Group>();

  /** The same without policies that are not judged; undefined where there is none among them. */
  public of({ before, after, ...rest }: Standings): Standings | undefined {
    const [was, is] = [this.without(before), this.without(after)];
    return was === before && is === after ? undefined : { ...rest, before: was, after: is };
  }

  private without(standing: Standing | undefined): Standing | undefined {
    if (standing?.group.selections.some(({ policy }) => policy.unjudged !== undefined) !== true) {
      return standing;
    }
    const { group, table } = standing;
    const root = this.roots.get(group.direction) as Group;
    return {
      table,
      group: remember(this.known, group, () =>
        group.selections
          .filter(({ policy }) => policy.unjudged === undefined)
          .reduce((rest, selection) => rest.with(selection), root),
      ),
    };
  }
}
