import { IpSet } from '../model/ip-set';
import { remember } from '../model/remember';
import type { Bits } from './bits';
import { Bounds } from './bounds';
import type { Engine } from './engine';
import type { Group } from './groups';
import type { PeerMatch, PeerReader } from './peers';
import type { JudgedRule } from './policy';
import type { PortBounds, PortPool } from './port-bounds';
import { type Part, PortMap } from './port-map';
import type { PortMatch, PortReader } from './rule-ports';
import type { UnitIndex } from './unit-index';
import type { PortTable } from './units';

/** Everybody that a group of units may talk to in one direction, and on which ports. */
export interface Row {
  readonly units: readonly Part<Bits>[];
  /** Addresses that are no pod's and no node's. */
  readonly addresses: readonly Part<IpSet>[];
}

/** Works out the row of a group; each once. */
export class RowBuilder {
  private readonly byName = new Map<PortMatch, readonly Part<Bits>[]>();

  public constructor(
    private readonly index: UnitIndex,
    private readonly peers: PeerReader,
    private readonly ports: PortReader,
    private readonly pool: PortPool,
    private readonly engine: Engine,
  ) {}

  /** @param table of the units of the group; what comes in may depend on it */
  public row(group: Group, table?: PortTable): Row {
    const key = table !== undefined && group.dependsOn(table) ? table.id : -1;
    return remember(group.rows, key, () => this.build(group, table));
  }

  private build(group: Group, table: PortTable | undefined): Row {
    const { pool } = this;
    const { everybody } = this.peers;
    const open = { units: new PortMap<Bits>(pool), addresses: new PortMap<IpSet>(pool) };
    if (group.isolated !== 'yes') {
      add(open, everybody, group.isolated === 'no' ? pool.all : pool.inDoubt(pool.all), pool);
    }
    if (this.engine.does('ipv6-not-filtered') === 'yes') {
      open.addresses.open(IpSet.IPV6, pool.all);
    }
    if (group.direction === 'Ingress' && table !== undefined && !table.pastPolicies.isEmpty) {
      open.addresses.open(IpSet.ALL, pool.inDoubt(pool.exactly(table.pastPolicies)));
    }
    for (const { policy, isolates } of group.selections) {
      for (const rule of isolates === 'no' ? [] : (policy.rules[group.direction].actual ?? [])) {
        for (const { ports, on } of this.openedBy(rule, group, table)) {
          const certain = isolates === 'yes' ? ports : pool.inDoubt(ports);
          for (const peer of rule.peers ?? [{ actual: everybody }]) {
            add(open, on === undefined ? peer.actual : within(peer.actual, on), certain, pool);
          }
        }
      }
    }
    return { units: open.units.parts(), addresses: open.addresses.parts() };
  }

  /** The ports of a rule; `on` where they are open on some destinations only. */
  private openedBy(
    { ports }: JudgedRule,
    { direction }: Group,
    table: PortTable | undefined,
  ): { readonly ports: PortBounds; readonly on?: Bits }[] {
    if (ports === undefined) {
      return [{ ports: this.pool.all }];
    }
    const all = (destination: PortTable | undefined) =>
      ports.reduce(
        (sum, { actual }) => this.pool.or(sum, this.ports.openOn(actual, destination)),
        this.pool.none,
      );
    if (direction === 'Ingress') {
      return [{ ports: all(table) }];
    }
    const named = ports.flatMap(({ actual }) => (actual.named === undefined ? [] : this.resolved(actual)));
    return [{ ports: all(undefined) }, ...named.map(({ set, ports }) => ({ ports, on: set }))];
  }

  /** What a name opens on which pods; worked out once, because many rules say `http`. */
  private resolved(entry: PortMatch): readonly Part<Bits>[] {
    return remember(this.byName, entry, () => {
      const open = new PortMap<Bits>(this.pool);
      for (const [table, on] of this.index.byPorts) {
        open.open(on, this.ports.openOn(entry, table));
      }
      return open.disjointParts().filter(({ ports }) => ports !== entry.fixed);
    });
  }
}

/** The same peer, but of pods only those that a port name is resolved on. */
function within({ units, nodes }: PeerMatch, on: Bits): PeerMatch {
  return { units: units.and(Bounds.exactly(on)), addresses: Bounds.exactly(IpSet.NONE), nodes };
}

function add(
  open: { readonly units: PortMap<Bits>; readonly addresses: PortMap<IpSet> },
  { units, addresses }: PeerMatch,
  ports: PortBounds,
  pool: PortPool,
): void {
  open.units.open(units.sure, ports);
  open.addresses.open(addresses.sure, ports);
  if (!units.isExact) {
    open.units.open(units.possible, pool.inDoubt(ports));
  }
  if (!addresses.isExact) {
    open.addresses.open(addresses.possible, pool.inDoubt(ports));
  }
}
