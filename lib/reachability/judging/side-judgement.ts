import type { DepartureId } from '../../aks/engine-departures';
import type { PolicyType } from '../../model/network-policy';
import type { Tristate } from '../../model/tristate';
import type { PortBounds } from '../sets/port-bounds';
import type { Point } from './question-ends';
import type { HeldRule, Selection } from './selection';

/** Why no policy judges one side of a connection. */
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
  /** The first entry of `from` or `to` that matches; left out in a rule for everybody. */
  readonly peer?: number;
  /** Whether the peer, or the policy's hold on the pod, is in doubt. */
  readonly matches: Tristate;
  /** What it allows or denies this peer. */
  readonly ports: PortBounds;
}

/** What one side of a connection says to it. */
export interface SideJudgement {
  readonly direction: PolicyType;
  readonly self: Point;
  readonly other: Point;
  readonly ports: PortBounds;
  readonly exempt?: Exemption;
  /** The policies that concern the pods in this direction, or may, or should. */
  readonly selections: readonly Selection[];
  readonly matches: readonly RuleMatch[];
  /** The departures of the engine that the judgement met. */
  readonly departures: readonly DepartureId[];
}
