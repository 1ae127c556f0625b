import { pairKey, remember } from '../model/collections';
import type { IpSet } from '../model/ip-set';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { Group, type Row } from '../reachability/judging/groups';
import type { JudgedCluster } from '../reachability/judging/judged-cluster';
import { Bits } from '../reachability/sets/bits';
import type { PortPart } from '../reachability/sets/port-map';
import type { PortTable, Unit } from '../reachability/sets/units';
import type { Cell, Cells, VersionName } from './cells';
import { compareDoubts, type DoubtTerms, doubtTerms } from './doubt-terms';
import { type ChangePart, type DoubtPart, overlay } from './overlay';
import { type PortChanges, portsOf } from './port-change';

/** The two versions that are compared. */
export type Versions = Readonly<Record<VersionName, JudgedCluster>>;

/** Everybody with whom the members of a class may exchange traffic in one direction, and what changes. */
export interface RowChange {
  readonly units: readonly ChangePart<Bits>[];
  readonly addresses: readonly ChangePart<IpSet>[];
  /** The cells with which something changes. */
  readonly changed: Bits;
}

/** Cells that the same policies concern before, and the same policies after, in one direction. */
export class CellClass {
  public readonly members: number[] = [];
  private known: RowChange | undefined;

  public constructor(
    /** From 0, distinct within its side. */
    public readonly id: number,
    public readonly before: Standing | undefined,
    public readonly after: Standing | undefined,
    /** Whether nothing that concerns the members changes, so that their rows are not needed. */
    public readonly isSame: boolean,
    public readonly isAltered: boolean,
    private readonly build: (each: CellClass) => RowChange,
  ) {}

  public get row(): RowChange {
    this.known ??= this.build(this);
    return this.known;
  }
}

/** The policies that concern somebody in one version and direction. */
export interface Standing {
  readonly group: Group;
  /** The port table of a unit, if the group depends on it. */
  readonly table: PortTable | undefined;
}

/** The policies that concern somebody in both versions; undefined for a version in which it is not there. */
export interface Standings {
  readonly before: Standing | undefined;
  readonly after: Standing | undefined;
  /** Whether policies that nobody has read may treat it otherwise than before, because it changed. */
  readonly isAltered?: boolean;
}

/**
 * The policies without those that are not judged. Of these only bounds are known, and bounds can hide a change of the
 * others: both versions may be unknown alike, although one lets through what the unjudged policy leaves to the
 * others, and one does not. So the others are compared by themselves, too.
 */
export class WithoutUnjudged {
  private readonly roots = new Map<PolicyType, Group>(
    POLICY_TYPES.map((direction) => [direction, Group.root(direction)]),
  );
  private readonly known = new Map<Group, Group>();

  /** The standings without policies that are not judged; undefined if there are no such policies. */
  public of({ before, after, ...rest }: Standings): Standings | undefined {
    const [was, is] = [this.without(before), this.without(after)];
    return was === before && is === after ? undefined : { ...rest, before: was, after: is };
  }

  private without(standing: Standing | undefined): Standing | undefined {
    if (standing?.group.selections.some(({ policy }) => policy.unjudged !== undefined) !== true) {
      return standing;
    }
    const { group, table } = standing;
    const root = this.roots.get(group.direction) as Group;
    return {
      table,
      group: remember(this.known, group, () =>
        group.selections
          .filter(({ policy }) => policy.unjudged === undefined)
          .reduce((rest, selection) => rest.with(selection), root),
      ),
    };
  }
}

/** One direction of both versions: every cell in its class. */
export class ComparedSide {
  public readonly classes: readonly CellClass[];
  private readonly classOf: readonly CellClass[];
  /** The units of the rows of each version, as cells. */
  private readonly rows = {
    before: new Map<Row, readonly PortPart<Bits>[]>(),
    after: new Map<Row, readonly PortPart<Bits>[]>(),
  };

  /** The doubts of the rows of each version. */
  private readonly terms = {
    before: { same: new Map<Row, DoubtTerms>(), altered: new Map<Row, DoubtTerms>() },
    after: { same: new Map<Row, DoubtTerms>(), altered: new Map<Row, DoubtTerms>() },
  };

  public constructor(
    public readonly direction: PolicyType,
    private readonly versions: Versions,
    public readonly cells: Cells,
    private readonly changes: PortChanges,
    private readonly withoutUnjudged: WithoutUnjudged,
    private readonly altered: Bits,
  ) {
    const classes = new Map<number, CellClass[]>();
    const list: CellClass[] = [];
    const isOneWorld = versions.before.world === versions.after.world;
    const build = (each: CellClass) => this.build(each);
    this.classOf = cells.list.map((cell, number) => {
      const [before, after] = [this.groupOf('before', cell), this.groupOf('after', cell)];
      const was = tableOf(before, cell.before);
      const is = tableOf(after, cell.after);
      const key = pairKey(numberOf(before), numberOf(after));
      const alike = classes.get(key);
      const isAltered = this.altered.has(number) && [before, after].some(hasUnreadPolicy);
      let found = alike?.find(
        (each) => each.before?.table === was && each.after?.table === is && each.isAltered === isAltered,
      );
      if (found === undefined) {
        found = new CellClass(
          list.length,
          before === undefined ? undefined : { group: before, table: was },
          after === undefined ? undefined : { group: after, table: is },
          isOneWorld && before === after,
          isAltered,
          build,
        );
        list.push(found);
        classes.set(key, [...(alike ?? []), found]);
      }
      found.members.push(number);
      return found;
    });
    this.classes = list;
  }

  public at(cell: number): CellClass {
    return this.classOf[cell] as CellClass;
  }

  /** The cells with which a version lets somebody exchange traffic. */
  public unitsOf(version: VersionName, standing: Standing): readonly PortPart<Bits>[] {
    return this.inCells(version, this.row(version, standing));
  }

  /** Everybody with whom somebody may exchange traffic in this direction, and what changes. */
  public build(standings: Standings): RowChange {
    const rest = this.withoutUnjudged.of(standings);
    const hidden = rest === undefined ? NOTHING : this.overlay(rest, NOTHING);
    const { units, addresses } = this.overlay(standings, {
      units: hidden.units.flatMap(inDoubtFor),
      addresses: hidden.addresses.flatMap(inDoubtFor),
    });
    return {
      units,
      addresses,
      changed: Bits.union(units.flatMap(({ set, ports }) => (ports.isChange ? [set] : []))),
    };
  }

  /** @param more doubts that differ, in addition to those of the policies */
  private overlay(
    { before, after, isAltered = false }: Standings,
    more: Doubts,
  ): Pick<RowChange, 'units' | 'addresses'> {
    const { changes } = this;
    const was = this.row('before', before);
    const is = this.row('after', after);
    // Doubts only differ if there are some in both versions.
    const own =
      was !== is && isInDoubt(was) && isInDoubt(is)
        ? compareDoubts(this.doubts('before', before, isAltered), this.doubts('after', after, isAltered))
        : NOTHING;
    const [unitsBefore, unitsAfter] = [this.inCells('before', was), this.inCells('after', is)];
    return {
      units: overlay(unitsBefore, unitsAfter, [...own.units, ...more.units], changes),
      addresses: overlay(was.addresses, is.addresses, [...own.addresses, ...more.addresses], changes),
    };
  }

  private groupOf(version: VersionName, cell: Cell): Group | undefined {
    const unit = cell[version];
    return unit === undefined ? undefined : this.versions[version].groupings[this.direction].at(unit.index);
  }

  private row(version: VersionName, standing: Standing | undefined): Row {
    return standing === undefined
      ? NOBODY
      : this.versions[version].world.rows.row(standing.group, standing.table);
  }

  private inCells(version: VersionName, row: Row): readonly PortPart<Bits>[] {
    return remember(this.rows[version], row, () =>
      row.units.map(({ set, ports }) => ({ set: this.cells.from(version, set), ports })),
    );
  }

  private doubts(version: VersionName, standing: Standing | undefined, isAltered: boolean): DoubtTerms {
    if (standing === undefined) {
      return new Map();
    }
    const { world } = this.versions[version];
    const { group, table } = standing;
    const known = this.terms[version][isAltered ? 'altered' : 'same'];
    return remember(known, this.row(version, standing), () =>
      doubtTerms(world, group, table, (units) => this.cells.from(version, units), {
        own: version,
        altered: this.altered,
        isAltered,
      }),
    );
  }
}

interface Doubts {
  readonly units: readonly DoubtPart<Bits>[];
  readonly addresses: readonly DoubtPart<IpSet>[];
}

const NOTHING = { units: [], addresses: [] };

/** What changes without the policies that are not judged is in doubt with them. */
function inDoubtFor<S>({ set, ports }: ChangePart<S>): DoubtPart<S>[] {
  return ports.isChange ? [{ set, ports: portsOf(ports) }] : [];
}

function hasUnreadPolicy(group: Group | undefined): boolean {
  return group?.selections.some(({ policy }) => policy.entry === undefined) === true;
}

function isInDoubt({ units, addresses }: Row): boolean {
  return [...units, ...addresses].some(({ ports }) => ports.sure !== ports.possible);
}

const NOBODY: Row = { units: [], addresses: [] };

function numberOf(group: Group | undefined): number {
  return group === undefined ? 0 : group.id + 1;
}

function tableOf(group: Group | undefined, unit: Unit | undefined): PortTable | undefined {
  return unit !== undefined && group?.dependsOn(unit.ports) === true ? unit.ports : undefined;
}
