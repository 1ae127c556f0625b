import type { DepartureId } from '../../aks/engine-departures';
import type { Fit } from '../../model/asked-request';
import type { PolicyType } from '../../model/network-policy';
import type { TrafficFilter } from '../../model/policy-rules';
import type { PortSet } from '../../model/port-set';
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

/** Ports on which a proxy lets through only what one of some rules asks for. */
export interface FilteredPorts {
  readonly ports: PortSet;
  readonly by: readonly FilteringMatch[];
  /** Whether it is known that nothing else lets everything through. */
  readonly isSure: boolean;
}

/** A rule that allows a connection and has a proxy filter it. */
export interface FilteringMatch {
  readonly match: RuleMatch;
  readonly filter: TrafficFilter;
}

/** Ports on which a request does not pass, or perhaps not. */
export interface RefusedPorts extends FilteredPorts {
  readonly fit: Fit;
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
  /** If a request is asked for: where filters do not let it through, or perhaps not. */
  readonly refusing?: readonly RefusedPorts[];
}
