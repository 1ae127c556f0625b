import { remember, remembered } from '../model/collections';
import type { PolicyType } from '../model/network-policy';
import type { Party } from '../reachability/answers/parties';
import type { World } from '../reachability/judging/world';
import type { Reachability } from '../reachability/reachability';
import { Bits } from '../reachability/sets/bits';
import { alteredCells } from './altered-cells';
import { betweenWorkloads } from './between-workloads';
import { type AskedOfSide, CauseFinder, type OtherEnd } from './cause-finder';
import { type CellSet, CellSets } from './cell-sets';
import type { Cells } from './cells';
import { type ChangeRow, compareRows, type RowEnd, RowGatherer } from './change-rows';
import type { ConnectionChange } from './connection-change';
import { HostChanges } from './host-changes';
import { matchCells, sameCells } from './match-cells';
import { PlatformChanges } from './platform-changes';
import { PortChanges } from './port-change';
import { PossibleSides } from './possible-sides';
import { ComparedSide, type Versions, WithoutUnjudged } from './side';
import { ToldChange } from './told-change';

/**
 * Every connection that differs between two versions of a cluster: of its policies, workloads, labels or engine. Each
 * pair of ends is in one row at most, and workloads that exchange the same with the same others share a row. The
 * order of the input does not matter.
 *
 * Workloads are the same in both versions by namespace, kind and name. As in `Reachability.connections`, there are no
 * rows for nodes, nor for a pod and itself, and ranges are of addresses that are no pod's and no node's.
 *
 * For versions made by `Reachability.with` only what the change concerns is looked at.
 */
export function diffConnections(before: Reachability, after: Reachability): readonly ConnectionChange[] {
  const versions: Versions = { before: before.judged, after: after.judged };
  const { before: was, after: is } = versions;
  const cells =
    was.world === is.world
      ? cellsOfOne(was.world)
      : matchCells(was.world.index, is.world.index, [was.cluster, is.cluster]);
  const sets = new CellSets(cells);
  const changes = new PortChanges(was.world.pool, is.world.pool);
  const withoutUnjudged = new WithoutUnjudged();
  const { altered, touched } = alteredCells(cells, versions);
  const ingress = new ComparedSide('Ingress', versions, cells, changes, withoutUnjudged, altered);
  const egress = new ComparedSide('Egress', versions, cells, changes, withoutUnjudged, altered);
  const gatherer = new RowGatherer(cells, sets);
  const sides = { Ingress: ingress, Egress: egress };
  const platform = new PlatformChanges(versions, cells, sides, changes);
  for (const change of betweenWorkloads(ingress, egress, changes)) {
    for (const { senders, receivers, ports } of platform.told(change)) {
      gatherer.add(senders, receivers, ports);
    }
  }
  const addresses = was.addresses.or(is.addresses);
  for (const side of [ingress, egress]) {
    for (const each of side.classes.filter(({ isSame }) => !isSame)) {
      const members = Bits.of(each.members);
      for (const { set, ports } of each.row.addresses) {
        const told = set.and(addresses);
        if (ports.isChange && !told.isEmpty) {
          gatherer.addAddresses(told, members, side === egress, ports);
        }
      }
    }
  }
  const hosts = new HostChanges(versions, changes, withoutUnjudged);
  for (const each of egress.classes) {
    for (const { host, ports } of hosts.of(each)) {
      gatherer.addHost(host, Bits.of(each.members), ports);
    }
  }
  let possible: PossibleSides | undefined;
  if (was.possible !== undefined && is.possible !== undefined) {
    const groups = { before: was.possible, after: is.possible };
    possible = new PossibleSides(versions, groups, sides, changes, {
      ...{ platform, withoutUnjudged, touched, hosts },
    });
    possible.gather(gatherer, addresses);
  }
  const causes = new CauseFinder(versions, cells, possible);
  const ranges = new Map<string, Party>();
  const partyOf = ({ cells: set, addresses: range, possible, host }: RowEnd): Party =>
    set !== undefined
      ? sets.partyOf(set)
      : range !== undefined
        ? remember(ranges, range.key, () => ({ addresses: range }))
        : possible !== undefined
          ? { possible: possible.pods }
          : { names: [host] };
  return [...gatherer.rows()]
    .flatMap((row) => withoutSelf(row, cells, sets))
    .sort(compareRows)
    .map((row) => new ToldChange(row, partyOf, () => causes.find(row.ports, askedOf(row, sides))));
}

/** Remembered because many versions of one world may be compared. */
const cellsOfOne = remembered((world: World) => sameCells(world.index));

/** The row without the pair of a pod and itself. */
function withoutSelf(row: ChangeRow, cells: Cells, sets: CellSets): ChangeRow[] {
  const { from, to } = row;
  if (from.cells === undefined || to.cells === undefined) {
    return [row];
  }
  const less = (set: CellSet, other: CellSet) => {
    const { only } = other.cells;
    const isPod = only !== undefined && cells.list[only]?.workload.kind === 'Pod';
    return isPod ? sets.of(set.cells.without(other.cells)) : set;
  };
  const [senders, receivers] = [less(from.cells, to.cells), less(to.cells, from.cells)];
  return senders.cells.isEmpty || receivers.cells.isEmpty
    ? []
    : [{ ...row, from: { cells: senders }, to: { cells: receivers } }];
}

/** Whose policies may be responsible: those of ends that are workloads, or possible pods whose own policies changed. */
function askedOf(
  { standing, from, to }: ChangeRow,
  { Ingress, Egress }: Readonly<Record<PolicyType, ComparedSide>>,
): AskedOfSide[] {
  if (standing !== 'kept') {
    return [];
  }
  const asked = (side: ComparedSide, { cells, possible }: RowEnd, others: OtherEnd): AskedOfSide[] =>
    cells !== undefined
      ? [{ side, of: [...new Set(cells.cells.toArray().map((cell) => side.at(cell)))], others }]
      : possible?.standings !== undefined
        ? [{ side, of: [possible.standings], others }]
        : [];
  return [...asked(Egress, from, othersOf(to)), ...asked(Ingress, to, othersOf(from))];
}

function othersOf({ cells, addresses, possible, host }: RowEnd): OtherEnd {
  return cells !== undefined
    ? { units: cells.cells }
    : addresses !== undefined
      ? { addresses }
      : possible !== undefined
        ? { possible: possible.pods.set }
        : { host };
}
