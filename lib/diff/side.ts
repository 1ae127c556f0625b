import type { IpSet } from '../model/ip-set';
import type { PolicyType } from '../model/network-policy';
import type { Bits } from '../reachability/bits';
import type { Group } from '../reachability/groups';
import type { JudgedCluster } from '../reachability/judged-cluster';
import type { Part } from '../reachability/port-map';
import type { Row } from '../reachability/rows';
import type { PortTable, Unit } from '../reachability/units';
import type { Cell, Cells } from './cells';
import { compareDoubts, doubtTerms } from './doubt-terms';
import { type ChangePart, overlay } from './overlay';
import type { PortChanges } from './port-change';

export type VersionName = 'before' | 'after';

/** The two versions that are compared. */
export type Versions = Readonly<Record<VersionName, JudgedCluster>>;

/** Whom the members of a class may talk to in one direction, and what of that changes. */
export interface RowChange {
  readonly units: readonly ChangePart<Bits>[];
  readonly addresses: readonly ChangePart<IpSet>[];
  /** The cells towards which something changes. */
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
    /** Nothing that concerns the members differs: there is no need to look. */
    public readonly isSame: boolean,
    private readonly build: (each: CellClass) => RowChange,
  ) {}

  public get row(): RowChange {
    this.known ??= this.build(this);
    return this.known;
  }
}

/** What a version makes of a cell in one direction. */
export interface Standing {
  readonly group: Group;
  /** Of the cell's unit where port names matter. */
  readonly table: PortTable | undefined;
}

/** One direction of both versions: every cell in its class. */
export class Side {
  public readonly classes: readonly CellClass[];
  private readonly classOf: readonly CellClass[];

  public constructor(
    private readonly direction: PolicyType,
    private readonly versions: Versions,
    private readonly cells: Cells,
    private readonly changes: PortChanges,
  ) {
    const classes = new Map<string, CellClass>();
    const isOneWorld = versions.before.world === versions.after.world;
    const build = (each: CellClass) => this.build(each);
    this.classOf = cells.list.map((cell, number) => {
      const before = this.standing('before', cell);
      const after = this.standing('after', cell);
      const key = `${keyOf(before)} ${keyOf(after)}`;
      let found = classes.get(key);
      if (found === undefined) {
        const isSame = isOneWorld && before?.group === after?.group;
        found = new CellClass(classes.size, before, after, isSame, build);
        classes.set(key, found);
      }
      found.members.push(number);
      return found;
    });
    this.classes = [...classes.values()];
  }

  public at(cell: number): CellClass {
    return this.classOf[cell] as CellClass;
  }

  private standing(version: VersionName, cell: Cell): Standing | undefined {
    const unit: Unit | undefined = cell[version];
    if (unit === undefined) {
      return undefined;
    }
    const group = this.versions[version].groupings[this.direction].at(unit.index);
    return { group, table: group.usesOwnNames ? unit.ports : undefined };
  }

  private build({ before, after }: CellClass): RowChange {
    const { cells, changes } = this;
    const was = this.row('before', before);
    const is = this.row('after', after);
    const isExact = [...was.units, ...was.addresses, ...is.units, ...is.addresses].every(
      ({ ports }) => ports.sure === ports.possible,
    );
    const doubts =
      isExact || was === is
        ? { units: [], addresses: [] }
        : compareDoubts(this.doubts('before', before), this.doubts('after', after));
    const units = overlay(
      this.inCells('before', was.units),
      this.inCells('after', is.units),
      doubts.units,
      changes,
    );
    return {
      units,
      addresses: overlay(was.addresses, is.addresses, doubts.addresses, changes),
      changed: units.reduce((sum, { set, ports }) => (ports.isChange ? sum.or(set) : sum), cells.none),
    };
  }

  private row(version: VersionName, standing: Standing | undefined): Row {
    return standing === undefined
      ? NOBODY
      : this.versions[version].world.rows.row(standing.group, standing.table);
  }

  private inCells(version: VersionName, parts: readonly Part<Bits>[]): Part<Bits>[] {
    return parts.map(({ set, ports }) => ({ set: this.cells.from(version, set), ports }));
  }

  private doubts(version: VersionName, standing: Standing | undefined) {
    return standing === undefined
      ? new Map()
      : doubtTerms(this.versions[version].world, standing.group, standing.table, (units) =>
          this.cells.from(version, units),
        );
  }
}

const NOBODY: Row = { units: [], addresses: [] };

function keyOf(standing: Standing | undefined): string {
  return standing === undefined ? '' : `${standing.group.id}/${standing.table?.id ?? ''}`;
}
