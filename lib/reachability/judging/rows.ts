import { remember, remembered } from '../../model/collections';
import { IpSet } from '../../model/ip-set';
import type { Engine } from '../reading/engine';
import type { JudgedRule } from '../reading/judged-policy';
import type { PeerMatch, PeerReader } from '../reading/read-peers';
import type { PortMatch, PortReader } from '../reading/rule-ports';
import type { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import type { PortBounds, PortPool } from '../sets/port-bounds';
import { layOver, PortMap, type PortPart, type SetLike } from '../sets/port-map';
import type { UnitIndex } from '../sets/unit-index';
import type { PortTable } from '../sets/units';
import { fold, type Traffic } from './fold-tiers';
import type { Group, Row } from './groups';
import type { HeldRule } from './selection';

/** The part of a world that tells what is open between its units. */
export interface RowSource {
  readonly index: UnitIndex;
  readonly pool: PortPool;
  readonly rows: Pick<RowBuilder, 'row'>;
}

/** Builds the row of each group, once. */
export class RowBuilder {
  private readonly byName = new Map<PortMatch, readonly PortPart<Bits>[]>();
  private readonly everybody: Row;
  /** The rows of a group by the port table of its units, where that matters. */
  private readonly rowsOf: (group: Group) => Map<number, Row>;

  /** @param meant replaces whom a peer of a rule means */
  public constructor(
    private readonly index: UnitIndex,
    private readonly peers: PeerReader,
    private readonly ports: PortReader,
    private readonly pool: PortPool,
    private readonly engine: Engine,
    private readonly meant?: (rule: JudgedRule, peer: number) => PeerMatch,
  ) {
    this.rowsOf = meant === undefined ? ({ rows }) => rows : remembered(() => new Map());
    const all = pool.all;
    this.everybody = { units: [{ set: index.all, ports: all }], addresses: [{ set: IpSet.ALL, ports: all }] };
  }

  /** @param table of the units, because what comes in may depend on it */
  public row(group: Group, table?: PortTable): Row {
    const key = table !== undefined && group.dependsOn(table) ? table.id : -1;
    return remember(this.rowsOf(group), key, () => this.build(group, table));
  }

  private build(group: Group, table: PortTable | undefined): Row {
    const forEachMeant: Meant = (rule, visit) => this.forEachMeant(rule, group, table, visit);
    const row = fold(group.tiers, rowTraffic(this.pool, this.everybody, forEachMeant));
    const past = this.pastPolicies(group, table);
    if (past.length === 0) {
      return row;
    }
    const addresses = new PortMap<IpSet>(this.pool);
    for (const { set, ports } of [...past, ...row.addresses]) {
      addresses.open(set, ports);
    }
    return { units: row.units, addresses: addresses.parts() };
  }

  /** Addresses to which policies do not apply. */
  private pastPolicies({ direction }: Group, table: PortTable | undefined): PortPart<IpSet>[] {
    const { pool } = this;
    const found: PortPart<IpSet>[] = [];
    if (this.engine.does('ipv6-not-filtered') === 'yes') {
      found.push({ set: IpSet.IPV6, ports: pool.all });
    }
    if (direction === 'Ingress' && table !== undefined && !table.pastPolicies.isEmpty) {
      found.push({ set: IpSet.ALL, ports: pool.inDoubt(pool.exactly(table.pastPolicies)) });
    }
    return found;
  }

  /** Visits everybody whom a rule means, with the ports. */
  private forEachMeant(
    { selection, rule }: HeldRule,
    { direction }: Group,
    table: PortTable | undefined,
    visit: (peer: PeerMatch, ports: PortBounds) => void,
  ): void {
    const { ports = [] } = rule;
    const peers = this.peersOf(rule);
    const held = (open: PortBounds) => (selection.holds === 'yes' ? open : this.pool.inDoubt(open));
    const everywhere = held(this.ports.opened(rule.ports, direction === 'Ingress' ? table : undefined));
    for (const peer of peers) {
      visit(peer, everywhere);
    }
    for (const { actual } of direction === 'Ingress' ? [] : ports) {
      for (const { set, ports: open } of actual.named === undefined ? [] : this.resolved(actual)) {
        for (const peer of peers) {
          visit(within(peer, set), held(open));
        }
      }
    }
  }

  private peersOf(rule: JudgedRule): readonly PeerMatch[] {
    const { meant } = this;
    if (rule.peers === undefined) {
      return [this.peers.everybody];
    }
    // Hosts have rows of their own: which addresses they have, nobody knows.
    return rule.peers.flatMap(({ says, actual }, i) =>
      says.kind === 'name' ? [] : [meant?.(rule, i) ?? actual],
    );
  }

  /** What an entry with a port name opens on which pods; remembered because many rules say `http`. */
  private resolved(entry: PortMatch): readonly PortPart<Bits>[] {
    return remember(this.byName, entry, () => {
      const open = new PortMap<Bits>(this.pool);
      for (const [table, on] of this.index.byPorts) {
        open.open(on, this.ports.openOn(entry, table));
      }
      return open.disjointParts().filter(({ ports }) => ports !== entry.fixed);
    });
  }
}

/** The peer with only some of its pods, and without addresses. */
function within({ units, nodes }: PeerMatch, on: Bits): PeerMatch {
  return { units: units.and(Bounds.exactly(on)), addresses: Bounds.exactly(IpSet.NONE), nodes };
}

const NOTHING: Row = { units: [], addresses: [] };

type Meant = (rule: HeldRule, visit: (peer: PeerMatch, ports: PortBounds) => void) => void;

/**
 * Rows as traffic.
 *
 * @param forEachMeant visits everybody whom a rule means
 */
function rowTraffic(pool: PortPool, everything: Row, forEachMeant: Meant): Traffic<Row> {
  const withRules = ({ units, addresses }: Row, rules: readonly HeldRule[]): Row => {
    const open = { units: new PortMap<Bits>(pool), addresses: new PortMap<IpSet>(pool) };
    for (const { set, ports } of units) {
      open.units.open(set, ports);
    }
    for (const { set, ports } of addresses) {
      open.addresses.open(set, ports);
    }
    for (const rule of rules) {
      forEachMeant(rule, (peer, ports) => {
        open.units.open(peer.units.sure, ports);
        open.addresses.open(peer.addresses.sure, ports);
        if (!peer.units.isExact) {
          open.units.open(peer.units.possible, pool.inDoubt(ports));
        }
        if (!peer.addresses.isExact) {
          open.addresses.open(peer.addresses.possible, pool.inDoubt(ports));
        }
      });
    }
    return { units: open.units.parts(), addresses: open.addresses.parts() };
  };
  /** The parts of several rows, their ports combined. */
  const combined = (
    rows: readonly Row[],
    combine: (...ports: [PortBounds, PortBounds, PortBounds]) => PortBounds,
  ): Row => {
    const lay = <S extends SetLike<S>>(layers: readonly (readonly PortPart<S>[])[]) => {
      const map = new PortMap<S>(pool);
      for (const { set, ports } of layOver(layers)) {
        const [a = pool.none, b = pool.none, c = pool.none] = ports;
        map.open(set, combine(a, b, c));
      }
      return map.parts();
    };
    return { units: lay(rows.map(({ units }) => units)), addresses: lay(rows.map((row) => row.addresses)) };
  };
  const doubted = <S>({ set, ports }: PortPart<S>) => ({ set, ports: pool.inDoubt(ports) });
  return {
    everything,
    nothing: NOTHING,
    inDoubt: ({ units, addresses }) => ({ units: units.map(doubted), addresses: addresses.map(doubted) }),
    with: withRules,
    without: (open, rules) =>
      combined([open, withRules(NOTHING, rules)], (left, denied) => pool.without(left, denied)),
    passing: (open, rules, end) =>
      combined([open, withRules(NOTHING, rules), end], (...ports) => pool.passing(...ports)),
  };
}
