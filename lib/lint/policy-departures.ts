import type { DepartureId } from '../aks/engine-departures';
import { remember } from '../model/collections';
import type { FieldPath } from '../model/field-path';
import { IpSet } from '../model/ip-set';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { sectionOf, type TrafficPeer, type TrafficPort, type TrafficRule } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import type { World } from '../reachability/judging/world';
import type { Reading } from '../reachability/reading/hooks';
import type { JudgedPolicy, JudgedRule } from '../reachability/reading/judged-policy';
import type { PeerMatch } from '../reachability/reading/read-peers';
import type { PortMatch } from '../reachability/reading/rule-ports';
import { Bits } from '../reachability/sets/bits';
import type { PortTable } from '../reachability/sets/units';
import { WorkloadSet } from '../reachability/sets/workload-set';

/** A part of a policy that the engine reads otherwise than the specification. */
export interface PartDeparture {
  /** `policy`: whether it is in force at all; `section`: whether a direction is isolated. */
  readonly part: 'policy' | 'scope' | 'section' | 'peer' | 'port';
  /** Why; at least one. */
  readonly by: readonly DepartureId[];
  /** `spec.podSelector`, `spec.ingress[0].from[1]`, `spec.egress[0].ports[0]`; `spec` for the policy. */
  readonly at: FieldPath;
  /** Left out for the policy and its scope. */
  readonly direction?: PolicyType;
  /** The rule, for a peer or a port. */
  readonly rule?: TrafficRule;
  readonly peer?: TrafficPeer;
  readonly port?: TrafficPort;
  /** What comes of it: worked out when it is asked, because most departures are known by their place already. */
  effect(): DepartureEffect;
}

/** Whom a departure concerns, and on which ports. */
export interface DepartureEffect {
  /** For the scope and the policy, the workloads that are held otherwise; for the rest, the other ends. */
  readonly concerned: WorkloadSet;
  /** Other ends that are no pod and no node. */
  readonly addresses: IpSet;
  /** Addresses of nodes that are other ends. */
  readonly nodes: IpSet;
  /** What an entry of `ports` opens otherwise on every destination. */
  readonly ports: PortSet;
}

/** What an entry of `ports` opens otherwise. */
interface ChangedPorts {
  /** On every destination. */
  readonly ports: PortSet;
  /** The pods towards which it opens otherwise. */
  readonly towards: Bits;
  /** Whether it opens otherwise towards addresses and nodes. */
  readonly outside: boolean;
}

/** Finds the parts of policies that an engine reads otherwise. */
export class DepartureFinder {
  private readonly changed = new Map<Reading<PortMatch>, ChangedPorts>();

  public constructor(private readonly world: World) {}

  /**
   * Those of one policy. What the specification leaves open does not count: it is the knowledge of the cluster that
   * lacks there, and not the engine that departs.
   */
  public of({ entry, inForce, scope, sections }: JudgedPolicy): PartDeparture[] {
    if (entry === undefined) {
      return [];
    }
    const { rules } = entry;
    if (inForce.actual !== 'yes' && inForce.by.length > 0) {
      const effect = () => this.effect(scope.specified.sure);
      return [{ part: 'policy', by: inForce.by, at: rules.at, effect }];
    }
    const found: PartDeparture[] = [];
    if (differs(scope)) {
      const effect = () => this.effect(difference(scope));
      found.push({ part: 'scope', by: scope.by, at: rules.subject.at, effect });
    }
    for (const direction of POLICY_TYPES) {
      const { by, actual, specified } = sections[direction];
      if (by.length > 0 && actual !== specified) {
        const effect = () => this.effect(this.world.index.all);
        found.push({ part: 'section', by, at: sectionOf(rules, direction).at, direction, effect });
      }
      for (const rule of actual.rules) {
        if (rule.peers?.some(differs) || rule.ports?.some(differs)) {
          this.addEntries(direction, rule, found);
        }
      }
    }
    return found;
  }

  private addEntries(direction: PolicyType, judged: JudgedRule, found: PartDeparture[]): void {
    const { says: rule, peers = [], ports = [] } = judged;
    if (rule === undefined) {
      return;
    }
    for (const [i, reading] of peers.entries()) {
      const peer = rule.peers?.[i];
      if (peer !== undefined && differs(reading)) {
        const effect = () => this.effectOfPeer(reading);
        found.push({ part: 'peer', by: reading.by, at: peer.at, direction, rule, peer, effect });
      }
    }
    for (const [i, reading] of ports.entries()) {
      const port = rule.ports?.[i];
      if (port !== undefined && differs(reading)) {
        const effect = () => this.effectOfPort(direction, judged, reading);
        found.push({ part: 'port', by: reading.by, at: port.at, direction, rule, port, effect });
      }
    }
  }

  private effect(units: Bits, more: Partial<DepartureEffect> = {}): DepartureEffect {
    const concerned = new WorkloadSet(this.world.index, units);
    return { concerned, addresses: IpSet.NONE, nodes: IpSet.NONE, ports: PortSet.NONE, ...more };
  }

  private effectOfPeer({ actual, specified }: Reading<PeerMatch>): DepartureEffect {
    return this.effect(difference({ actual: actual.units, specified: specified.units }), {
      addresses: difference({ actual: actual.addresses, specified: specified.addresses }),
      nodes: difference({ actual: actual.nodes, specified: specified.nodes }),
    });
  }

  /** Those of whom a rule means towards whom an entry of its ports opens otherwise. */
  private effectOfPort(
    direction: PolicyType,
    { peers }: JudgedRule,
    reading: Reading<PortMatch>,
  ): DepartureEffect {
    const { index } = this.world;
    const { ports, towards, outside } = this.changedBy(reading);
    const meant = peers?.reduce((all, peer) => all.or(peer.actual.units.possible), Bits.NONE) ?? index.all;
    // Coming in, the ports are those of the pods that the policy selects, and whoever is meant sees the change.
    const isIngress = direction === 'Ingress';
    const others = (of: 'addresses' | 'nodes') =>
      peers === undefined ? IpSet.ALL : IpSet.union(peers.map((peer) => peer.actual[of].possible));
    return this.effect(isIngress ? meant : towards.and(meant), {
      ...(isIngress || outside ? { addresses: others('addresses'), nodes: others('nodes') } : {}),
      ports,
    });
  }

  /** Once, because many rules say `http`. */
  private changedBy(reading: Reading<PortMatch>): ChangedPorts {
    return remember(this.changed, reading, () => {
      const { actual, specified } = reading;
      const { index, ports } = this.world;
      const changes = (table?: PortTable) => ports.openOn(actual, table) !== ports.openOn(specified, table);
      return {
        ports: difference({ actual: actual.fixed, specified: specified.fixed }),
        towards: [...index.byPorts].reduce(
          (all, [table, units]) => (changes(table) ? all.or(units) : all),
          Bits.NONE,
        ),
        outside: changes(),
      };
    });
  }
}

function differs<T>({ by, actual, specified }: Reading<T>): boolean {
  return by.length > 0 && actual !== specified;
}

/** What the engine adds that the specification rules out, and what it takes that the specification grants. */
function difference<S extends { or(other: S): S; without(other: S): S }>({
  actual,
  specified,
}: {
  readonly actual: { readonly sure: S; readonly possible: S };
  readonly specified: { readonly sure: S; readonly possible: S };
}): S {
  return actual.possible.without(specified.possible).or(specified.sure.without(actual.sure));
}
