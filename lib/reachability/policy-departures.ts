import type { DepartureId } from '../aks/engine-departures';
import { IpSet } from '../model/ip-set';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { PortSet } from '../model/port-set';
import type { Bits } from './bits';
import type { Reading } from './hooks';
import type { PeerMatch } from './peers';
import type { JudgedPolicy, JudgedRule } from './policy';
import type { PortMatch } from './rule-ports';
import type { PortTable } from './units';
import { WorkloadSet } from './workload-set';
import type { World } from './world';

/** A part of a policy that the engine reads otherwise than the specification. */
export interface PartDeparture {
  /** `policy`: whether it is in force at all; `section`: whether a direction is isolated. */
  readonly part: 'policy' | 'scope' | 'section' | 'peer' | 'port';
  /** Why; at least one. */
  readonly by: readonly DepartureId[];
  /** `spec.podSelector`, `spec.ingress[0].from[1]`, `spec.egress[0].ports[0]`; `spec` for the policy. */
  readonly at: string;
  /** Left out for the policy and its scope. */
  readonly direction?: PolicyType;
  /** The place of the rule, for a peer or a port. */
  readonly rule?: number;
  /** The place of the peer or the port in its rule. */
  readonly entry?: number;
  /** For the scope and the policy, the workloads that are held otherwise; for the rest, the other ends. */
  readonly concerned: WorkloadSet;
  /** Other ends that are no pod and no node. */
  readonly addresses: IpSet;
  /** Addresses of nodes that are other ends. */
  readonly nodes: IpSet;
  /** What an entry of `ports` opens otherwise on every destination. */
  readonly ports: PortSet;
}

const FIELDS = {
  Ingress: { rules: 'spec.ingress', peers: 'from' },
  Egress: { rules: 'spec.egress', peers: 'to' },
} as const;

/**
 * The parts of a policy that an engine reads otherwise. What the specification leaves open does not count: it
 * is the knowledge of the cluster that lacks there, and not the engine that departs.
 */
export function partDepartures(world: World, policy: JudgedPolicy): PartDeparture[] {
  const { index } = world;
  const nowhere = { addresses: IpSet.NONE, nodes: IpSet.NONE, ports: PortSet.NONE };
  const set = (bits: Bits) => new WorkloadSet(index, bits);
  const { inForce, scope } = policy;
  if (inForce.actual !== 'yes' && inForce.by.length > 0) {
    const concerned = set(scope.specified.sure);
    return [{ part: 'policy', by: inForce.by, at: 'spec', concerned, ...nowhere }];
  }
  const found: PartDeparture[] = [];
  if (differs(scope)) {
    const concerned = set(difference(scope));
    found.push({ part: 'scope', by: scope.by, at: 'spec.podSelector', concerned, ...nowhere });
  }
  for (const direction of POLICY_TYPES) {
    const { by, actual, specified } = policy.rules[direction];
    const { rules: at, peers: side } = FIELDS[direction];
    if (by.length > 0 && actual !== specified) {
      found.push({ part: 'section', by, at, direction, concerned: set(index.all), ...nowhere });
    }
    for (const rule of actual ?? []) {
      const here = { direction, rule: rule.index };
      for (const [entry, reading] of (rule.peers ?? []).entries()) {
        if (differs(reading)) {
          const { units, addresses, nodes } = peerDifference(reading);
          found.push({
            part: 'peer',
            by: reading.by,
            at: `${at}[${rule.index}].${side}[${entry}]`,
            ...here,
            entry,
            concerned: set(units),
            addresses,
            nodes,
            ports: PortSet.NONE,
          });
        }
      }
      for (const [entry, reading] of (rule.ports ?? []).entries()) {
        if (differs(reading)) {
          found.push({
            part: 'port',
            by: reading.by,
            at: `${at}[${rule.index}].ports[${entry}]`,
            ...here,
            entry,
            ...othersOf(world, direction, rule, reading),
            ports: portDifference(reading),
          });
        }
      }
    }
  }
  return found;
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

function peerDifference({ actual, specified }: Reading<PeerMatch>) {
  return {
    units: difference({ actual: actual.units, specified: specified.units }),
    addresses: difference({ actual: actual.addresses, specified: specified.addresses }),
    nodes: difference({ actual: actual.nodes, specified: specified.nodes }),
  };
}

function portDifference({ actual, specified }: Reading<PortMatch>): PortSet {
  return difference({ actual: actual.fixed, specified: specified.fixed });
}

/** Those of whom a rule means towards whom an entry of its ports opens otherwise. */
function othersOf(
  { index, ports }: World,
  direction: PolicyType,
  { peers }: JudgedRule,
  { actual, specified }: Reading<PortMatch>,
) {
  const changes = (table?: PortTable) => ports.openOn(actual, table) !== ports.openOn(specified, table);
  const meant = peers?.reduce((all, peer) => all.or(peer.actual.units.possible), index.none) ?? index.all;
  const declaring = [...index.byPorts].filter(([table]) => changes(table)).map(([, units]) => units);
  // Coming in, the ports are those of the pods that the policy selects, and whoever is meant sees the change.
  const units = direction === 'Ingress' ? meant : declaring.reduce((a, b) => a.or(b), index.none).and(meant);
  const outside = (of: 'addresses' | 'nodes') =>
    direction === 'Egress' && !changes()
      ? IpSet.NONE
      : (peers?.reduce((all, peer) => all.or(peer.actual[of].possible), IpSet.NONE) ?? IpSet.ALL);
  return {
    concerned: new WorkloadSet(index, units),
    addresses: outside('addresses'),
    nodes: outside('nodes'),
  };
}
