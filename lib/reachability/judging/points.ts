import type { Pod } from '../../model/cluster';
import type { AddressPosition, IpSet } from '../../model/ip-set';
import type { PolicyType } from '../../model/network-policy';
import type { PodSet } from '../../model/pod-set';
import type { Unit } from '../sets/units';
import type { Group } from './groups';
import type { LookUp } from './look-ups';
import type { PossibleGroups } from './possible-groups';

/** A part of an end that no policy tells apart. */
export type Point = PodPoint | PossiblePoint | NodePoint | AddressPoint | NamePoint;

/** Pods that no policy tells apart. */
export interface PodPoint {
  readonly kind: 'pods';
  readonly unit: Unit;
  /** Set if one pod was asked for. */
  readonly pod?: Pod;
  /** Set if the pod was asked for by this address: traffic uses no other address of it. */
  readonly address?: AddressPosition;
}

/** Possible pods, which no manifest tells of. */
export interface PossiblePoint {
  readonly kind: 'possible';
  readonly set: PodSet;
  /** What all of them may do, what some of them may, or what one of them may, nobody knows which. */
  readonly quantifier: 'all' | 'some' | 'one';
}

export interface NodePoint {
  readonly kind: 'node';
  readonly name: string;
  /** The address that was asked for, or all addresses; undefined if not known. */
  readonly addresses: readonly AddressPosition[] | undefined;
}

/** Addresses that are no pod's and no node's. */
export interface AddressPoint {
  readonly kind: 'addresses';
  readonly set: IpSet;
}

/** A host, or every host of a pattern: one address outside the cluster, nobody knows which. */
export interface NamePoint {
  readonly kind: 'name';
  readonly name: string;
  /** Where its address lies. */
  readonly set: IpSet;
  /** Whether the pods at the other end have it looked up. Left out: nobody has been asked for yet. */
  readonly lookUp?: LookUp;
}

/** The group of a point in one direction. */
export type GroupOf = (direction: PolicyType, point: PodPoint | PossiblePoint) => Group;

/** @param ofUnit the group of a known unit */
export function groupsOf(
  ofUnit: (direction: PolicyType, unit: number) => Group,
  possible: PossibleGroups,
): GroupOf {
  return (direction, point) =>
    point.kind === 'pods'
      ? ofUnit(direction, point.unit.index)
      : possible.of(point.set, direction, point.quantifier === 'all' ? 'all' : 'some');
}

/** Whether a point stands for pods, so that policies can concern it. */
export function arePods(point: { readonly kind: string }): point is PodPoint | PossiblePoint {
  return point.kind === 'pods' || point.kind === 'possible';
}

/** Whether a point stands for one pod of a set, and nobody knows for which. */
export function isOneOfMany(point: Point): point is PossiblePoint {
  return point.kind === 'possible' && point.quantifier === 'one';
}
