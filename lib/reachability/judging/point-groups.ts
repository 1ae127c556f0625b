import type { PolicyType } from '../../model/network-policy';
import type { Group } from './groups';
import type { PossibleGroups } from './possible-groups';
import type { PodPoint, PossiblePoint } from './question-ends';

/** Finds the policies that concern pods in one direction. */
export type GroupOf = (direction: PolicyType, point: PodPoint | PossiblePoint) => Group;

/** @param ofUnit the same for known units */
export function groupsOf(
  ofUnit: (direction: PolicyType, unit: number) => Group,
  possible: PossibleGroups,
): GroupOf {
  return (direction, point) =>
    point.kind === 'pods'
      ? ofUnit(direction, point.unit.index)
      : possible.of(point.set, direction, point.quantifier === 'all' ? 'all' : 'some');
}

/** Whether a point stands for pods, on which policies act. */
export function arePods(point: { readonly kind: string }): point is PodPoint | PossiblePoint {
  return point.kind === 'pods' || point.kind === 'possible';
}
