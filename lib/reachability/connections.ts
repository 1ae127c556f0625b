import { append } from '../model/append';
import { IpSet } from '../model/ip-set';
import type { PolicyType } from '../model/network-policy';
import type { PortSet } from '../model/port-set';
import { NetworkPolicyError, show } from '../model/problem';
import type { Bits } from './bits';
import { type Column, columnsOf } from './columns';
import type { Grouping } from './groups';
import { Parties, type Party } from './parties';
import type { PortBounds } from './port-bounds';
import type { Row } from './rows';
import type { World } from './world';

/** What is open from all of one party to all of the other. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly ports: PortSet;
  /** `unknown`: it depends on what is not known. What is denied has no row. */
  readonly verdict: 'allowed' | 'unknown';
}

export interface ConnectionFilter {
  /** As in a question. @default everybody */
  readonly from?: string;
  /** As in a question. @default everybody */
  readonly to?: string;
  /**
   * `behaviour`: what is treated alike shares a row. `workload`: a row for each pair.
   *
   * @default behaviour
   */
  readonly groupBy?: 'behaviour' | 'workload';
}

/** The groupings of a cluster's units by the policies that isolate them. */
export type Groupings = Readonly<Record<PolicyType, Grouping>>;

/** The parts of a cluster on one side of a list. */
interface Scope {
  readonly units: Bits;
  readonly addresses: IpSet;
}

/** Lists what is allowed or in doubt, destination by destination. */
export function* listConnections(
  world: World,
  groupings: Groupings,
  addresses: IpSet,
  filter: ConnectionFilter,
): Generator<Connection> {
  const from = scopeOf(world, addresses, filter.from);
  const to = scopeOf(world, addresses, filter.to);
  const parties = new Parties(world.index, filter.groupBy === 'workload');
  for (const { senders, receivers, ports, verdict } of betweenUnits(world, groupings, from.units, to.units)) {
    const sending = parties.of(senders);
    for (const receiver of parties.of(world.index.set(receivers))) {
      for (const sender of sending) {
        yield { from: sender, to: receiver, ports, verdict };
      }
    }
  }
  const { Ingress, Egress } = groupings;
  for (const { outside, units, ports, verdict } of withAddresses(world, Ingress, to.units, from.addresses)) {
    for (const receiver of parties.of(units)) {
      yield { from: outside, to: receiver, ports, verdict };
    }
  }
  for (const { outside, units, ports, verdict } of withAddresses(world, Egress, from.units, to.addresses)) {
    for (const sender of parties.of(units)) {
      yield { from: sender, to: outside, ports, verdict };
    }
  }
}

function scopeOf(world: World, addresses: IpSet, end: string | undefined): Scope {
  if (end === undefined) {
    return { units: world.index.all, addresses };
  }
  const { points } = world.ends.findKnown(end);
  if (points.length > 0 && points.every(({ kind }) => kind === 'node')) {
    // No row would read as if nobody reached it.
    throw new NetworkPolicyError({
      code: 'end-unknown',
      at: 'the question',
      got: show(end),
      problem: 'is a node, and connections are listed of pods and of addresses outside',
      fix: 'ask for a verdict of this node and one workload',
    });
  }
  return {
    units: world.index.set(points.flatMap((point) => (point.kind === 'pods' ? [point.unit.index] : []))),
    addresses: points.reduce(
      (set, point) => (point.kind === 'addresses' ? set.or(point.set) : set),
      IpSet.NONE,
    ),
  };
}

function* betweenUnits(world: World, { Ingress, Egress }: Groupings, from: Bits, to: Bits) {
  const columns = columnsOf(world, Egress, from, to);
  const alike = new Map<Row, Map<Column, number[]>>();
  to.forEach((unit) => {
    const row = rowAt(world, Ingress, unit);
    const column = columns[unit] as Column;
    let byColumn = alike.get(row);
    if (byColumn === undefined) {
      byColumn = new Map();
      alike.set(row, byColumn);
    }
    append(byColumn, column, unit);
  });
  for (const [row, byColumn] of alike) {
    for (const [column, units] of byColumn) {
      const open = new Opened();
      for (const sent of column.parts(world)) {
        for (const received of row.units) {
          const ports = world.pool.and(sent.ports, received.ports);
          if (ports !== world.pool.none && sent.set.overlaps(received.set)) {
            open.add(sent.set.and(received.set), ports);
          }
        }
      }
      for (const { set, ports, verdict } of open.entries()) {
        yield { senders: set, receivers: units, ports, verdict };
      }
    }
  }
}

/** What units and addresses outside exchange in one direction; units with the same row together. */
function* withAddresses(world: World, grouping: Grouping, units: Bits, within: IpSet) {
  if (within.isEmpty) {
    return;
  }
  const byRow = new Map<Row, number[]>();
  units.forEach((unit) => {
    append(byRow, rowAt(world, grouping, unit), unit);
  });
  const alike = new Map<string, { addresses: IpSet; ports: PortBounds; units: number[] }>();
  for (const [row, members] of byRow) {
    for (const { set, ports } of row.addresses) {
      const addresses = set.and(within);
      const key = `${ports.id} ${addresses.key}`;
      let known = alike.get(key);
      if (known === undefined) {
        known = { addresses, ports, units: [] };
        alike.set(key, known);
      }
      known.units.push(...members);
    }
  }
  for (const { addresses, ports, units: members } of alike.values()) {
    if (addresses.isEmpty) {
      continue;
    }
    const open = new Opened();
    open.add(world.index.set(members), ports);
    const outside: Party = { addresses };
    for (const { set, ports: opened, verdict } of open.entries()) {
      yield { outside, units: set, ports: opened, verdict };
    }
  }
}

function rowAt(world: World, grouping: Grouping, unit: number): Row {
  return world.rows.row(grouping.at(unit), world.index.units[unit]?.ports);
}

/** Sets by what is open for them: surely, and beyond that perhaps. */
class Opened {
  private readonly sure = new Map<string, { set: Bits; ports: PortSet }>();
  private readonly perhaps = new Map<string, { set: Bits; ports: PortSet }>();

  public add(set: Bits, { sure, possible }: PortBounds): void {
    if (set.isEmpty) {
      return;
    }
    if (!sure.isEmpty) {
      merge(this.sure, set, sure);
    }
    if (sure !== possible) {
      merge(this.perhaps, set, possible.without(sure));
    }
  }

  public *entries() {
    for (const { set, ports } of this.sure.values()) {
      yield { set, ports, verdict: 'allowed' as const };
    }
    for (const { set, ports } of this.perhaps.values()) {
      yield { set, ports, verdict: 'unknown' as const };
    }
  }
}

function merge(into: Map<string, { set: Bits; ports: PortSet }>, set: Bits, ports: PortSet): void {
  const known = into.get(ports.key);
  into.set(ports.key, { set: known === undefined ? set : known.set.or(set), ports });
}
