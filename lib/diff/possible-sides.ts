import { append, remembered } from '../model/collections';
import type { IpSet } from '../model/ip-set';
import { uniteMakers } from '../model/made-pods';
import { OPPOSITE, POLICY_TYPES, type PolicyType } from '../model/network-policy';
import type { PodSet } from '../model/pod-set';
import type { PossibleGroups } from '../reachability/judging/possible-groups';
import type { World } from '../reachability/judging/world';
import type { JudgedPolicy } from '../reachability/reading/judged-policy';
import { Bits } from '../reachability/sets/bits';
import { UNKNOWN_PORTS } from '../reachability/sets/units';
import type { VersionName } from './cells';
import type { PossibleEnd, RowEnd, RowGatherer } from './change-rows';
import { textOfDoubt, textOfDoubts, textOfIsolation } from './doubt-terms';
import type { HostChanges } from './host-changes';
import { type ChangePart, overlay } from './overlay';
import type { PlatformChanges } from './platform-changes';
import { PolicyTwins } from './policy-twins';
import { type PortChange, type PortChanges, portsOf } from './port-change';
import { type PossibleChange, type PossibleVersion, possibleChanges } from './possible-changes';
import { type Region, regionsOf } from './possible-regions';
import type { CellClass, ComparedSide, Standing, Standings, Versions, WithoutUnjudged } from './side';

/** A change between pods that policies are about and somebody else. */
type Exchange = { readonly key: string; readonly ports: PortChange } & (
  | { readonly cells: Bits; readonly end?: never }
  | { readonly cells?: never; readonly end: RowEnd }
);

/** Finds changes with possible pods. */
export class PossibleSides {
  private readonly twins: PolicyTwins;

  public constructor(
    private readonly versions: Versions,
    private readonly groups: Readonly<Record<VersionName, PossibleGroups>>,
    private readonly sides: Readonly<Record<PolicyType, ComparedSide>>,
    private readonly changes: PortChanges,
    private readonly given: {
      readonly platform: PlatformChanges;
      readonly withoutUnjudged: WithoutUnjudged;
      readonly touched: Bits;
      readonly hosts: HostChanges;
    },
  ) {
    this.twins = new PolicyTwins(versions);
  }

  /** @param addresses the addresses that the answer tells of */
  public gather(gatherer: RowGatherer, addresses: IpSet): void {
    for (const direction of POLICY_TYPES) {
      this.gatherOfClasses(direction, gatherer);
      for (const set of this.changedSubjects(direction)) {
        this.gatherOfSubject(direction, set, gatherer, addresses);
      }
    }
  }

  /** Gathers what known workloads change with possible pods. */
  private gatherOfClasses(direction: PolicyType, gatherer: RowGatherer): void {
    const { classes } = this.sides[direction];
    for (const each of classes.filter((some) => !(some.isSame || this.twins.areAlike(some)))) {
      const found = this.changesOf(each);
      const members = found.length === 0 ? Bits.NONE : Bits.of(each.members);
      for (const change of found) {
        const end = this.endOf(change);
        for (const { set, ports } of this.leftOf(change, direction)) {
          if (ports.isChange) {
            gatherer.addPossible(end, set.and(members), direction === 'Egress', ports);
          }
        }
      }
    }
  }

  /** A change with known workloads, as far as the policies of the possible pods let it through. */
  private leftOf({ set, ports }: PossibleChange, direction: PolicyType): readonly ChangePart<Bits>[] {
    const { cells } = this.sides[direction];
    const openIn = (version: VersionName) => {
      const theirs = this.groups[version].of(set, OPPOSITE[direction], 'some');
      const { possibleRows, index } = this.world(version);
      return possibleRows
        .withUnits(theirs, index.all)
        .map((part) => ({ set: cells.from(version, part.set), ports: part.ports }));
    };
    return overlay(openIn('before'), openIn('after'), [], this.changes).map((part) => ({
      set: part.set,
      ports: this.changes.through(ports, part.ports),
    }));
  }

  /** Gathers what changes with pods that policies are about; together if all regions have the same changes. */
  private gatherOfSubject(
    direction: PolicyType,
    whole: PodSet,
    gatherer: RowGatherer,
    addresses: IpSet,
  ): void {
    const { possible } = this.world('after');
    const groups = [this.groups.before, this.groups.after];
    // Of a set without possible pods beside those of known controllers, these count.
    const counted = possible.partiesOf(whole).length > 0 ? possible : possible.space;
    const remains = (set: PodSet, without: readonly PodSet[]) => counted.remains(set, without);
    const found = regionsOf(whole, direction, groups, remains).map((region) => {
      const standings = this.standingsOf(direction, region);
      return { region, standings, exchanges: this.exchangesOf(direction, region, standings, addresses) };
    });
    const texts = new Set(
      found.map(({ exchanges }) => [...new Set(exchanges.map(({ key }) => key))].sort().join('\n')),
    );
    for (const { region, standings, exchanges } of texts.size === 1 ? found.slice(0, 1) : found) {
      const pods = texts.size === 1 ? { set: whole, except: [] } : region;
      const end = this.endOf(pods, standings);
      for (const exchange of exchanges) {
        if (exchange.cells !== undefined) {
          gatherer.addPossible(end, exchange.cells, direction === 'Ingress', exchange.ports);
        } else {
          const [from, to] =
            direction === 'Ingress' ? [exchange.end, { possible: end }] : [{ possible: end }, exchange.end];
          gatherer.addUnknown(from, to, exchange.ports);
        }
      }
    }
  }

  private exchangesOf(
    direction: PolicyType,
    { set: own }: Region,
    standings: Standings,
    addresses: IpSet,
  ): readonly Exchange[] {
    const row = this.sides[direction].build(standings);
    const found: Exchange[] = [];
    for (const { set, ports } of row.units.filter((each) => each.ports.isChange)) {
      const told = this.given.platform.without(OPPOSITE[direction], set, ports, standings);
      for (const [theirs, numbers] of this.byClass(OPPOSITE[direction], told)) {
        const [before, after] = [this.openFor(theirs, 'before', own), this.openFor(theirs, 'after', own)];
        const both = this.changes.through(ports, { before, after });
        if (both.isChange) {
          found.push({ key: `cells ${numbers} ${both.id}`, cells: Bits.of(numbers), ports: both });
        }
      }
    }
    for (const { set, ports } of row.addresses.filter((each) => each.ports.isChange)) {
      const told = set.and(addresses);
      if (!told.isEmpty) {
        found.push({ key: `addresses ${told.key} ${ports.id}`, end: { addresses: told }, ports });
      }
    }
    for (const { host, ports } of direction === 'Egress' ? this.given.hosts.of(standings) : []) {
      found.push({ key: `host ${host} ${ports.id}`, end: { host }, ports });
    }
    for (const change of this.changesOf(standings)) {
      const open = (version: VersionName) => {
        const theirs = this.groups[version].of(change.set, OPPOSITE[direction], 'some');
        return this.world(version).possibleRows.open(theirs, UNKNOWN_PORTS, own, 'some');
      };
      const ports = this.changes.through(change.ports, { before: open('before'), after: open('after') });
      if (ports.isChange) {
        const possible = this.endOf(change);
        found.push({ key: `pods ${possible.key} ${ports.id}`, end: { possible }, ports });
      }
    }
    return found;
  }

  /** The ports that known workloads leave open with some pod of a set. */
  private openFor(theirs: CellClass, version: VersionName, set: PodSet) {
    const { possibleRows, pool } = this.world(version);
    const standing = theirs[version];
    return standing === undefined
      ? pool.none
      : possibleRows.open(standing.group, standing.table ?? UNKNOWN_PORTS, set, 'some');
  }

  private byClass(direction: PolicyType, cells: Bits): ReadonlyMap<CellClass, number[]> {
    const found = new Map<CellClass, number[]>();
    cells.forEach((cell) => {
      append(found, this.sides[direction].at(cell), cell);
    });
    return found;
  }

  private standingsOf(direction: PolicyType, { set }: Region): Standings {
    const at = (version: VersionName): Standing => ({
      group: this.groups[version].of(set, direction, 'alike'),
      table: UNKNOWN_PORTS,
    });
    return { before: at('before'), after: at('after') };
  }

  /** What changes between somebody and possible pods, as far as the policies of the former say. */
  public readonly changesOf = remembered((standings: Standings): readonly PossibleChange[] => {
    const [before, after] = this.views(standings);
    const found = possibleChanges(before, after, this.changes);
    const rest = this.given.withoutUnjudged.of(standings);
    const hidden = rest === undefined ? [] : possibleChanges(...this.views(rest), this.changes);
    return [
      ...found,
      ...hidden
        .map((each) => ({
          ...each,
          ports: this.changes.of(before.open(each.set), after.open(each.set), portsOf(each.ports)),
        }))
        .filter((each) => each.ports.isChange && !found.some((other) => tells(other, each))),
    ];
  });

  private views(standings: Standings): [before: PossibleVersion, after: PossibleVersion] {
    return [this.view('before', standings), this.view('after', standings)];
  }

  private view(version: VersionName, standings: Standings): PossibleVersion {
    const { possibleRows, possible, pool } = this.world(version);
    const standing = standings[version];
    if (standing === undefined) {
      return { possible, parts: [], open: () => pool.none, doubts: () => '' };
    }
    const { group, table = UNKNOWN_PORTS } = standing;
    const own = standings.isAltered === true ? version : '';
    return {
      possible,
      parts: possibleRows.row(group, table),
      open: (set) => possibleRows.open(group, table, set, 'all'),
      doubts: (set) =>
        textOfDoubts([
          textOfIsolation(group, own),
          ...possibleRows.doubtful(group, table, set).map((held) => textOfDoubt(held, own)),
        ]),
    };
  }

  /** The sets of pods that changed policies are about, or whose names others look up otherwise than before. */
  private changedSubjects(direction: PolicyType): readonly PodSet[] {
    const found = new Map<string, PodSet>();
    for (const version of ['before', 'after'] as const) {
      const { possible } = this.world(version);
      const toCells = (units: Bits) => this.sides[direction].cells.from(version, units);
      for (const policy of [
        ...this.twins.changed(version, direction, toCells, this.given.touched),
        ...(direction === 'Egress' ? this.lookingUp(version) : []),
      ]) {
        const isKnown = !policy.scope.actual.possible.isEmpty;
        for (const set of possible.subject(policy).possible) {
          for (const part of isKnown ? possible.partiesOf(set) : possible.subjectsOf(set)) {
            found.set(part.key, part);
          }
        }
      }
    }
    return [...found.values()];
  }

  /** The policies with rules by name, where it may be others than before who look names up. */
  private lookingUp(version: VersionName): readonly JudgedPolicy[] {
    return this.given.hosts.areLookUpsAltered
      ? this.versions[version].policies.filter(({ sections }) =>
          sections.Egress.actual.rules.some(({ peers = [] }) =>
            peers.some(({ says }) => says.kind === 'name'),
          ),
        )
      : [];
  }

  private endOf({ set, except }: Region, standings?: Standings): PossibleEnd {
    const isSubject = this.groups.before.isSubject(set) || this.groups.after.isSubject(set);
    const makersIn = (version: VersionName) => this.world(version).makers.of(set, except);
    const madeBy = uniteMakers(makersIn('after'), makersIn('before'));
    return {
      key: [set, ...except].map(({ key }) => key).join('\n'),
      pods: {
        set,
        except,
        ...(isSubject ? { isSubject } : {}),
        ...(madeBy.length === 0 ? {} : { madeBy }),
      },
      ...(standings === undefined ? {} : { standings }),
    };
  }

  private world(version: VersionName): World {
    return this.versions[version].world;
  }
}

/** Whether a change is about the same pods as another, and in doubt about at least as many ports. */
function tells(change: PossibleChange, { set, except, ports }: PossibleChange): boolean {
  const isSame =
    [change.set, ...change.except].map(({ key }) => key).join() ===
    [set, ...except].map(({ key }) => key).join();
  return isSame && change.ports.unknown.covers(ports.unknown);
}
