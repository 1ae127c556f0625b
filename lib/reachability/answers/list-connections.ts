import { appendAll } from '../../model/collections';
import { defined } from '../../model/defined';
import { IpSet } from '../../model/ip-set';
import { PodSet } from '../../model/pod-set';
import { NetworkPolicyError, show } from '../../model/problem';
import { type Alike, alikeAmong } from '../judging/alike';
import { betweenUnits } from '../judging/between-units';
import type {} from '../judging/groups';
import type { JudgedCluster } from '../judging/judged-cluster';
import { verdictsOf } from '../judging/opened';
import type { World } from '../judging/world';
import type { Bits } from '../sets/bits';
import type { PortBounds } from '../sets/port-bounds';
import type { Connection, ConnectionFilter } from './parties';
import { MemberLists, type Party } from './parties';
import { Platform } from './platform-rows';
import { PossibleLister, type PossibleScope } from './possible-connections';

type Scope = Omit<PossibleScope, 'quiet'>;

type Listed = Pick<JudgedCluster, 'world' | 'groupings' | 'addresses' | 'possible'>;

/** Lists what is allowed or in doubt, destination by destination; pods that no manifest tells of come last. */
export function* listConnections(listed: Listed, filter: ConnectionFilter): Generator<Connection> {
  const { world, groupings, possible } = listed;
  const from = scopeOf(listed, filter.from);
  const to = scopeOf(listed, filter.to);
  const parties = new MemberLists(world.index, filter.groupBy === 'workload');
  const { Ingress, Egress } = groupings;
  const platform = new Platform(world, groupings, filter);
  const senders = platform.others('Egress', from.units);
  const receivers = platform.others('Ingress', to.units);
  const near = {
    Ingress: alikeAmong(world, Ingress, receivers),
    Egress: alikeAmong(world, Egress, senders),
  };
  yield* named(world, parties, betweenUnits(world, near, receivers));
  if (possible !== undefined) {
    yield* named(world, parties, platform.rows(near, from.units, to.units));
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
  if (possible !== undefined) {
    const lister = new PossibleLister(world, groupings, possible);
    const withQuiet = (scope: Scope, units: Bits) => ({ ...scope, units, quiet: scope.units.without(units) });
    yield* lister.list(withQuiet(from, senders), withQuiet(to, receivers), near, parties);
  }
}

/** What is open between known units, as parties. */
function* named(
  { index }: World,
  parties: MemberLists,
  rows: Iterable<
    Pick<Connection, 'ports' | 'verdict'> & { readonly senders: Bits; readonly receivers: readonly number[] }
  >,
): Generator<Connection> {
  for (const { senders, receivers, ports, verdict } of rows) {
    const sending = parties.of(senders);
    for (const receiver of parties.of(index.set(receivers))) {
      for (const sender of sending) {
        yield { from: sender, to: receiver, ports, verdict };
      }
    }
  }
}

function scopeOf({ world, addresses }: Listed, end: string | undefined): Scope {
  if (end === undefined) {
    return { units: world.index.all, addresses, possible: PodSet.ANY };
  }
  const { points, set } = world.ends.findKnown(end);
  if (points.length > 0 && points.every(({ kind }) => kind === 'node')) {
    // No row would read as if nobody reached it.
    throw new NetworkPolicyError({
      code: 'end-unknown',
      at: 'the question',
      got: show(end),
      problem: 'names a node, and connections are listed of pods and of addresses outside',
      fix: 'ask for a verdict of this node and one workload',
    });
  }
  return {
    units: world.index.set(points.flatMap((point) => (point.kind === 'pods' ? [point.unit.index] : []))),
    addresses: points.reduce(
      (all, point) => (point.kind === 'addresses' ? all.or(point.set) : all),
      IpSet.NONE,
    ),
    ...defined({ possible: set }),
  };
}

/** What units and addresses outside exchange in one direction; units with the same row together. */
function* withAddresses(world: World, units: readonly Alike[], within: IpSet) {
  if (within.isEmpty) {
    return;
  }
  const alike = new Map<string, { addresses: IpSet; ports: PortBounds; units: number[] }>();
  for (const { group, table, members } of units) {
    for (const { set, ports } of world.rows.row(group, table).addresses) {
      const addresses = set.and(within);
      const key = `${ports.id} ${addresses.key}`;
      let known = alike.get(key);
      if (known === undefined) {
        known = { addresses, ports, units: [] };
        alike.set(key, known);
      }
      appendAll(known.units, members);
    }
  }
  for (const { addresses, ports, units: members } of alike.values()) {
    if (addresses.isEmpty) {
      continue;
    }
    const outside: Party = { addresses };
    const set = world.index.set(members);
    for (const open of verdictsOf(ports)) {
      yield { outside, units: set, ...open };
    }
  }
}
