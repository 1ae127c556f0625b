import type { Departure } from '../../aks/engine-departures';
import type { AskedRequest } from '../../model/asked-request';
import type { PolicyType, Protocol } from '../../model/network-policy';
import type { FilteredRequest, TrafficPeer } from '../../model/policy-rules';
import type { PortSet } from '../../model/port-set';
import type { SourcePosition } from '../../model/source-position';
import type { AskedPods } from '../judging/asked-pods';
import type { Doubt } from '../judging/question-ends';
import type { Exemption } from '../judging/side-judgement';
import type { PortBounds } from '../sets/port-bounds';
import type { MisspeltPeer, UndeclaredPorts } from './slips';

/** `partly`: open for some of the pods, addresses or ports that were asked for, and not for others. */
export type Outcome = 'allowed' | 'denied' | 'partly' | 'unknown';

/** The outcome of all parts of a question: each asks for some ports, and some are open. */
export function outcomeOf(parts: readonly { readonly asked: PortSet; readonly open: PortBounds }[]): Outcome {
  let allowed = false;
  let denied = false;
  let doubtful = false;
  for (const { asked, open } of parts) {
    const { sure, possible } = open;
    allowed ||= sure.overlaps(asked);
    denied ||= !possible.covers(asked);
    doubtful ||= sure !== possible && !possible.and(asked).without(sure).isEmpty;
  }
  if (allowed && denied) {
    return 'partly';
  }
  return doubtful || !(allowed || denied) ? 'unknown' : allowed ? 'allowed' : 'denied';
}

/** May `from` talk to `to`? */
export interface Question {
  /**
   * `ns/workload`, `ns/pod`, an address, a CIDR (of what is no pod and no node), `node:NAME` or `internet`; or pods by
   * their labels, those that no manifest tells of among them: `any`, `ns/*`, `ns/app=web`, `*\/app=web`.
   */
  readonly from: string;
  /** As `from`, or a host: `login.microsoftonline.com`. A host with the name of a workload has a dot behind it. */
  readonly to: string;
  /**
   * As kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `*\/UDP`, or the name of a container port of
   * the destination. The number is the pods' port, not a service's.
   *
   * @default every port of the protocol, or of every protocol
   */
  readonly port?: number | string;
  /**
   * For a port that is written without one; without a port, all ports of this protocol are asked for.
   *
   * @default TCP for a number; for a name whatever protocol the destination declares
   */
  readonly protocol?: Protocol;
  /** Asks whether this request passes, which filters of Cilium's policies may refuse; ports of TCP alone count then. */
  readonly http?: AskedRequest;
}

/** A question whose ends may be selectors. */
export interface AskedQuestion extends Omit<Question, 'from' | 'to'> {
  readonly from: string | AskedPods;
  readonly to: string | AskedPods;
}

export interface Verdict {
  readonly verdict: Outcome;
  /** As it was asked, with words for selectors. */
  readonly question: Question;
  /** The ports, of those asked for, that are open between every part of both ends. */
  readonly ports: PortSet;
  /** The ports, of those asked for, that are or may be open between some parts. */
  readonly possiblePorts: PortSet;
  readonly egress: Side;
  readonly ingress: Side;
  /** Why the verdict is `unknown`; empty if it is not. */
  readonly doubts: readonly Doubt[];
  /** Set for `partly` if it is open by IPv6, which the engine does not filter, and denied by IPv4. */
  readonly onlyByIpv6?: true;
  /** Set if the answer leaves out pods that no manifest tells of. */
  readonly knownOnly?: true;
  /** The engine's departures from the specification that take part. */
  readonly departures: readonly Departure[];
  /** The policies that are about these pods, and that the engine refuses. @default none */
  readonly refused?: readonly RefusedPolicy[];
}

/** What the policies of one direction say. */
export interface Side {
  readonly verdict: Outcome;
  /** Why policies do not judge this side. */
  readonly exempt?: Exemption;
  /**
   * The policies that isolate the pods in this direction, or may: what no rule allows is denied. Policies that are
   * not judged are among the doubts.
   */
  readonly isolatedBy: readonly PolicyReference[];
  /** The rules that allow some of what was asked. */
  readonly allowedBy: readonly RuleReference[];
  /** The rules that deny some of what was asked; a NetworkPolicy has no such rules. */
  readonly deniedBy: readonly RuleReference[];
  /** What a proxy filters of what is open; left out where it filters nothing. */
  readonly filters?: readonly Filtering[];
  /** If something is denied: the rule that comes closest to allowing it. */
  readonly nearestMiss?: NearestMiss;
}

/** On some ports a proxy lets through only what fits one of these. */
export interface Filtering {
  readonly ports: PortSet;
  /** HTTP requests. */
  readonly requests?: readonly FilteredRequest[];
  /** Hosts whose addresses may be asked for. */
  readonly names?: readonly string[];
  /** `partly`: not between all pods and addresses that were asked for. `perhaps`: another rule may let everything through. */
  readonly extent: 'wholly' | 'partly' | 'perhaps';
  /** The rules that say so. */
  readonly by: readonly RuleReference[];
}

export interface PolicyReference {
  /** Left out for a NetworkPolicy. */
  readonly kind?: string;
  /** `shop/db-ingress` */
  readonly policy: string;
  readonly source?: SourcePosition;
}

/** A policy that is stored and not enforced. */
export interface RefusedPolicy extends PolicyReference {
  /** What the engine says of it. */
  readonly message: string;
}

/** One rule of a policy by its place; places count from 0. */
export interface RuleReference extends PolicyReference {
  readonly direction: PolicyType;
  /** The field of the rule, if it is not the one of its direction, such as `egressDeny`. */
  readonly section?: string;
  /** Its place in that field, from 0. */
  readonly rule: number;
  /** The entry of `from` or `to`; left out in a rule for everybody. */
  readonly peer?: number;
  /** The entry of `ports`; left out in a rule for every port. */
  readonly port?: number;
  /** The ports that the rule allows or denies this peer. */
  readonly ports: PortSet;
}

/** The rule that would have allowed a connection if one thing were different. */
export type NearestMiss = {
  readonly rule: RuleReference;
} & (
  | {
      /** The rule allows this peer, on other ports. */
      readonly differs: 'port';
      readonly allows: PortSet;
      /** A port name in the rule that the destination does not declare. */
      readonly undeclared?: UndeclaredPorts;
    }
  | {
      /** The rule allows this port, to other peers. */
      readonly differs: 'peer';
      readonly allows: readonly TrafficPeer[];
      /** A word in one of them that is probably misspelt: spelt otherwise, the rule would mean this peer. */
      readonly misspelt?: MisspeltPeer;
    }
  | {
      /** The rule allows the connection, and a proxy lets through other requests. */
      readonly differs: 'request';
      /** Those that pass; empty where no HTTP does. */
      readonly allows: readonly FilteredRequest[];
    }
  | {
      /** The rule allows this host by its name, but no rule for DNS has it looked up. */
      readonly differs: 'look-up';
      /** The name or the pattern. */
      readonly allows: string;
    }
);
