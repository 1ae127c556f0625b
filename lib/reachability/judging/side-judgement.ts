import type { DepartureId } from '../../aks/engine-departures';
import type { PolicyType } from '../../model/network-policy';
import type { PortBounds } from '../sets/port-bounds';
import type { Point } from './points';
import type { HeldRule, Selection } from './selection';

/** Why policies do not judge one side of a connection. */
export type Exemption =
  | 'outside'
  | 'completed'
  | 'host-network'
  | 'self'
  | 'own-node'
  | 'not-isolated'
  | 'not-filtered';

/** A rule that speaks of the other end, on some ports. */
export interface RuleMatch extends HeldRule {
  /** The first entry of `from` or `to` that matches; left out for a rule for everybody. */
  readonly peer?: number;
  /** The ports that it allows or denies the other end. */
  readonly ports: PortBounds;
}

/** What one side of a connection says of it. */
export interface SideJudgement {
  readonly direction: PolicyType;
  readonly self: Point;
  readonly other: Point;
  readonly ports: PortBounds;
  readonly exempt?: Exemption;
  /** The policies that concern the pods in this direction, or may, or should by the specification. */
  readonly selections: readonly Selection[];
  readonly matches: readonly RuleMatch[];
  /** The engine's departures that take part. */
  readonly departures: readonly DepartureId[];
}
