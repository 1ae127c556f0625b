import { remember } from '../../model/collections';
import type { IpSet } from '../../model/ip-set';
import { OPPOSITE, type PolicyType } from '../../model/network-policy';
import type { PodSet } from '../../model/pod-set';
import { type AlikeByDirection, type AlikeUnits, alikeUnits } from '../judging/alike-units';
import type { Group, Groupings } from '../judging/groups';
import type { NamedHosts } from '../judging/named-hosts';
import type { PossibleGroups } from '../judging/possible-groups';
import type { World } from '../judging/world';
import { Bits } from '../sets/bits';
import type { PortBounds, PortPool } from '../sets/port-bounds';
import { openedIn, PortMap, type SetLike, verdictsOf } from '../sets/port-map';
import { UNKNOWN_PORTS } from '../sets/units';
import type { Connection, MemberLists, Party } from './parties';

/** Everybody on one side of a list who may exchange traffic with possible pods. */
export interface PossibleScope {
  readonly units: Bits;
  /** Pods of the platform that have rows only for what any pod may not do. */
  readonly quiet: Bits;
  readonly addresses: IpSet;
  /** The possible pods that are asked for; left out for none. */
  readonly possible?: PodSet;
  /** The hosts that are asked for, or all that rules name. */
  readonly names: readonly string[] | 'named';
}

/**
 * Lists what is open with possible pods. One side of a row is known, or is the subject of a policy none of whose pods
 * is known; for this side the row is exact. For the other side it says what its own policies let some of its pods do.
 */
export class PossibleLister {
  private readonly withUnits: Exchanges<Bits>;
  private readonly withAddresses: Exchanges<IpSet>;
  private readonly withSets = new Map<string, SetPair>();
  private readonly withHosts = new Map<string, { readonly set: PodSet; name: string; ports: PortBounds }>();

  public constructor(
    private readonly world: World,
    private readonly groupings: Groupings,
    private readonly groups: PossibleGroups,
    private readonly hosts: NamedHosts,
  ) {
    this.withUnits = new Exchanges(world.pool);
    this.withAddresses = new Exchanges(world.pool);
  }

  /** Rows of known workloads come first. */
  public *list(
    from: PossibleScope,
    to: PossibleScope,
    { Ingress, Egress }: AlikeByDirection,
    parties: MemberLists,
  ): Generator<Connection> {
    this.gatherOfUnits('Ingress', Ingress, from.possible);
    this.gatherOfUnits('Egress', Egress, to.possible);
    this.gatherOfSubjects('Ingress', to.possible, from);
    this.gatherOfSubjects('Egress', from.possible, to);
    for (const { set, isSender, part, ...open } of this.withUnits.list()) {
      for (const known of parties.of(part)) {
        yield { ...ends(this.partyOf(set), known, isSender), ...open };
      }
    }
    for (const { set, isSender, part, ...open } of this.withAddresses.list()) {
      yield { ...ends(this.partyOf(set), { addresses: part }, isSender), ...open };
    }
    for (const [, { set, name, ports }] of [...this.withHosts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const open of verdictsOf(ports)) {
        yield { from: this.partyOf(set), to: { names: [name] }, ...open };
      }
    }
    for (const [, { sender, receiver, ports }] of [...this.withSets].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const open of verdictsOf(ports)) {
        yield { from: this.partyOf(sender), to: this.partyOf(receiver), ...open };
      }
    }
  }

  private partyOf(set: PodSet): Party {
    const isSubject = this.groups.isSubject(set) ? { isSubject: true as const } : {};
    const madeBy = this.world.makers.of(set);
    return { possible: { set, except: [], ...isSubject, ...(madeBy.length === 0 ? {} : { madeBy }) } };
  }

  /** What known units leave open with sets of pods. */
  private gatherOfUnits(direction: PolicyType, near: readonly AlikeUnits[], asked: PodSet | undefined): void {
    if (asked === undefined) {
      return;
    }
    const { possibleRows } = this.world;
    // Many units exchange traffic with the same set; the group of the set is looked up once.
    const found = new Map<PodSet, Map<PortBounds, number[]>>();
    for (const { group, table, members } of near) {
      for (const { set, ports } of possibleRows.row(group, table)) {
        const numbers = remember(
          remember(found, set, () => new Map<PortBounds, number[]>()),
          ports,
          () => [],
        );
        for (const unit of members) {
          numbers.push(unit);
        }
      }
    }
    for (const [whole, byPorts] of found) {
      for (const set of this.met(whole, asked)) {
        const own = this.groups.of(set, OPPOSITE[direction], 'some');
        for (const [ports, numbers] of byPorts) {
          for (const { set: units, ports: theirs } of possibleRows.withUnits(own, Bits.of(numbers))) {
            this.withUnits.add(set, direction === 'Ingress', units, [ports, theirs]);
          }
        }
      }
    }
  }

  /** What subjects of policies, none of them known, leave open with everybody. */
  private gatherOfSubjects(direction: PolicyType, asked: PodSet | undefined, far: PossibleScope): void {
    const subjects = asked === undefined ? [] : this.groups.subjects(direction);
    for (const set of subjects.flatMap((each) => this.met(each, asked as PodSet))) {
      const group = this.groups.of(set, direction, 'all');
      const isSender = direction === 'Egress';
      const { units, addresses } = this.world.rows.row(group, UNKNOWN_PORTS);
      const forAnybody = this.world.possibleRows.forAnybody(group, UNKNOWN_PORTS);
      for (const { set: others, ports } of units) {
        const isForAnybody = forAnybody.sure.covers(ports.sure);
        const told = isForAnybody ? far.units : far.units.or(far.quiet);
        for (const { group: other, table, members } of alikeUnits(
          this.world,
          this.groupings[OPPOSITE[direction]],
          others.and(told),
        )) {
          const theirs = this.world.possibleRows.open(other, table, set, 'all');
          this.withUnits.add(set, isSender, Bits.of(members), [ports, theirs]);
        }
      }
      for (const { set: outside, ports } of addresses) {
        this.withAddresses.add(set, isSender, outside.and(far.addresses), [ports]);
      }
      for (const name of far.names === 'named' ? this.hosts.namesIn(group) : isSender ? far.names : []) {
        this.withHosts.set(`${set.key}\n${name}`, { set, name, ports: this.hosts.open(name, group) });
      }
      this.gatherBetween(direction, set, group, far.possible);
    }
  }

  private gatherBetween(direction: PolicyType, set: PodSet, group: Group, asked: PodSet | undefined): void {
    const { possibleRows, pool } = this.world;
    for (const { set: whole, ports } of asked === undefined ? [] : possibleRows.row(group, UNKNOWN_PORTS)) {
      for (const other of this.met(whole, asked as PodSet)) {
        const own = this.groups.of(other, OPPOSITE[direction], 'some');
        const both = pool.and(ports, possibleRows.open(own, UNKNOWN_PORTS, set, 'some'));
        const [sender, receiver] = direction === 'Ingress' ? [other, set] : [set, other];
        const key = `${sender.key}\n${receiver.key}`;
        const before = this.withSets.get(key)?.ports ?? pool.none;
        if (both !== pool.none) {
          this.withSets.set(key, { sender, receiver, ports: pool.or(before, both) });
        }
      }
    }
  }

  private met(set: PodSet, asked: PodSet): readonly PodSet[] {
    const met = asked.isAny ? set : set.and(asked);
    return met === undefined ? [] : met.key === set.key ? [set] : this.world.possible.space.partsOf(met);
  }
}

interface SetPair {
  readonly sender: PodSet;
  readonly receiver: PodSet;
  readonly ports: PortBounds;
}

/** What sets of possible pods exchange with units or addresses. */
class Exchanges<S extends SetLike<S>> {
  private readonly bySet = new Map<string, { readonly set: PodSet; isSender: boolean; open: PortMap<S> }>();

  public constructor(private readonly pool: PortPool) {}

  /** @param ports the ports that each side leaves open */
  public add(set: PodSet, isSender: boolean, part: S, ports: readonly PortBounds[]): void {
    const { pool } = this;
    const open = ports.reduce((all, each) => pool.and(all, each), pool.all);
    if (!part.isEmpty && open !== pool.none) {
      const key = `${isSender ? 0 : 1} ${set.key}`;
      remember(this.bySet, key, () => ({ set, isSender, open: new PortMap<S>(pool) })).open.open(part, open);
    }
  }

  public *list() {
    for (const [, { set, isSender, open }] of [...this.bySet].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const { set: part, ports, verdict } of openedIn(open.parts())) {
        yield { set, isSender, part, ports, verdict };
      }
    }
  }
}

function ends(possible: Party, other: Party, isSender: boolean): Pick<Connection, 'from' | 'to'> {
  return isSender ? { from: possible, to: other } : { from: other, to: possible };
}
