import { appendAll, remember } from '../../model/collections';
import { defined } from '../../model/defined';
import { IpSet } from '../../model/ip-set';
import { PodSet } from '../../model/pod-set';
import { NetworkPolicyError, show } from '../../model/problem';
import { type AlikeUnits, alikeUnits } from '../judging/alike-units';
import { betweenUnits } from '../judging/between-units';
import type { JudgedCluster } from '../judging/judged-cluster';
import type { NamedHosts } from '../judging/named-hosts';
import type { World } from '../judging/world';
import { Bits } from '../sets/bits';
import type { PortBounds } from '../sets/port-bounds';
import { verdictsOf } from '../sets/port-map';
import { type Connection, type ConnectionFilter, MemberLists, type Party } from './parties';
import { partyIdentityOf } from './party-words';
import { PlatformRows } from './platform-rows';
import { PossibleLister, type PossibleScope } from './possible-connections';

type Scope = Omit<PossibleScope, 'quiet'>;

type Listed = Pick<JudgedCluster, 'world' | 'groupings' | 'names' | 'addresses' | 'possible'>;

/**
 * Lists what is allowed or in doubt, destination by destination; possible pods come last. With several ends in the filter
 * what is listed of one comes after the other, and what both have is listed once.
 */
export function* listConnections(listed: Listed, filter: ConnectionFilter): Generator<Connection> {
  const { groupBy, ports } = filter;
  const [from, to] = [eachEnd(filter.from), eachEnd(filter.to)];
  const told = from.length * to.length > 1 ? new Set<string>() : undefined;
  for (const sender of from) {
    for (const receiver of to) {
      for (const row of listBetween(listed, defined({ from: sender, to: receiver, groupBy }))) {
        const open = ports === undefined ? row : { ...row, ports: row.ports.and(ports) };
        if (!open.ports.isEmpty && isNew(open, told)) {
          yield open;
        }
      }
    }
  }
}

/** What is told of no end in particular is told of everybody. */
function eachEnd(ends: ConnectionFilter['from']): readonly (string | undefined)[] {
  return ends === undefined || typeof ends === 'string' ? [ends] : [...new Set(ends)];
}

/** @param told left out where no row can come twice */
function isNew({ from, to, ports, verdict }: Connection, told: Set<string> | undefined): boolean {
  const key = told && [partyIdentityOf(from), partyIdentityOf(to), ports.key, verdict].join('\n');
  if (key === undefined || told === undefined) {
    return true;
  }
  const isThere = told.has(key);
  told.add(key);
  return !isThere;
}

/** The ends of a filter, at most one on each side. */
interface BetweenFilter extends Pick<ConnectionFilter, 'groupBy'> {
  readonly from?: string;
  readonly to?: string;
}

function* listBetween(listed: Listed, filter: BetweenFilter): Generator<Connection> {
  const { world, groupings, possible } = listed;
  const from = scopeOf(listed, filter.from, 'from');
  const to = scopeOf(listed, filter.to, 'to');
  const parties = new MemberLists(world.index, filter.groupBy === 'workload');
  const { Ingress, Egress } = groupings;
  const platform = new PlatformRows(world, groupings, filter);
  const senders = platform.others('Egress', from.units);
  const receivers = platform.others('Ingress', to.units);
  const near = {
    Ingress: alikeUnits(world, Ingress, receivers),
    Egress: alikeUnits(world, Egress, senders),
  };
  yield* named(parties, betweenUnits(world, near, receivers));
  if (possible !== undefined) {
    yield* named(parties, platform.rows(near, from.units, to.units));
  }
  for (const { outside, units, ports, verdict } of withAddresses(world, near.Ingress, from.addresses)) {
    for (const receiver of parties.of(units)) {
      yield { from: outside, to: receiver, ports, verdict };
    }
  }
  for (const { outside, units, ports, verdict } of withAddresses(world, near.Egress, to.addresses)) {
    for (const sender of parties.of(units)) {
      yield { from: sender, to: outside, ports, verdict };
    }
  }
  for (const { names, units, ports, verdict } of withNames(listed.names, world, near.Egress, to)) {
    for (const sender of parties.of(units)) {
      yield { from: sender, to: { names }, ports, verdict };
    }
  }
  if (possible !== undefined) {
    const lister = new PossibleLister(world, groupings, possible, listed.names);
    const withQuiet = (scope: Scope, units: Bits) => ({ ...scope, units, quiet: scope.units.without(units) });
    yield* lister.list(withQuiet(from, senders), withQuiet(to, receivers), near, parties);
  }
}

/** Rows of known units, with parties for these. */
function* named(
  parties: MemberLists,
  rows: Iterable<
    Pick<Connection, 'ports' | 'verdict'> & { readonly senders: Bits; readonly receivers: readonly number[] }
  >,
): Generator<Connection> {
  for (const { senders, receivers, ports, verdict } of rows) {
    const sending = parties.of(senders);
    for (const receiver of parties.of(Bits.of(receivers))) {
      for (const sender of sending) {
        yield { from: sender, to: receiver, ports, verdict };
      }
    }
  }
}

function scopeOf({ world, addresses }: Listed, end: string | undefined, side: 'from' | 'to'): Scope {
  if (end === undefined) {
    return { units: world.index.all, addresses, possible: PodSet.ANY, names: 'named' };
  }
  const { points, set } = world.ends.findKnown(end, side);
  if (points.length > 0 && points.every(({ kind }) => kind === 'node')) {
    // A list without rows would say that nobody reaches it.
    throw new NetworkPolicyError({
      code: 'end-unknown',
      at: 'the question',
      got: show(end),
      problem: 'names a node, and connections are listed of pods and of addresses outside',
      fix: 'ask for a verdict of this node and one workload',
    });
  }
  return {
    units: Bits.of(points.flatMap((point) => (point.kind === 'pods' ? [point.unit.index] : []))),
    addresses: points.reduce(
      (all, point) => (point.kind === 'addresses' ? all.or(point.set) : all),
      IpSet.NONE,
    ),
    ...defined({ possible: set }),
    names: points.flatMap((point) => (point.kind === 'name' ? [point.name] : [])),
  };
}

/** What units may send to hosts by their names; units that send the same to the same host together. */
function* withNames(hosts: NamedHosts, world: World, units: readonly AlikeUnits[], to: Scope) {
  const alike = new Map<string, { name: string; ports: PortBounds; units: number[] }>();
  for (const { group, members } of units) {
    for (const name of to.names === 'named' ? hosts.namesIn(group) : to.names) {
      const ports = hosts.open(name, group);
      const key = `${name} ${ports.id}`;
      appendAll(remember(alike, key, () => ({ name, ports, units: [] })).units, members);
    }
  }
  const { none } = world.pool;
  for (const { name, ports, units: members } of [...alike.values()].filter((each) => each.ports !== none)) {
    const set = Bits.of(members);
    for (const open of verdictsOf(ports)) {
      yield { names: [name], units: set, ...open };
    }
  }
}

/** What units exchange with addresses outside in one direction; units with the same row together. */
function* withAddresses(world: World, units: readonly AlikeUnits[], within: IpSet) {
  if (within.isEmpty) {
    return;
  }
  const alike = new Map<string, { addresses: IpSet; ports: PortBounds; units: number[] }>();
  for (const { group, table, members } of units) {
    for (const { set, ports } of world.rows.row(group, table).addresses) {
      const addresses = set.and(within);
      const key = `${ports.id} ${addresses.key}`;
      appendAll(remember(alike, key, () => ({ addresses, ports, units: [] })).units, members);
    }
  }
  for (const { addresses, ports, units: members } of alike.values()) {
    if (addresses.isEmpty) {
      continue;
    }
    const outside: Party = { addresses };
    const set = Bits.of(members);
    for (const open of verdictsOf(ports)) {
      yield { outside, units: set, ...open };
    }
  }
}
