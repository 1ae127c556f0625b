import { append, compare, remember } from '../model/collections';
import type { IpSet } from '../model/ip-set';
import type { PossiblePods } from '../reachability/answers/parties';
import { Bits } from '../reachability/sets/bits';
import type { CellSet, CellSets } from './cell-sets';
import type { Cells, Presence } from './cells';
import { CHANGE_WORDS, type ChangeWord } from './connection-change';
import type { PortChange } from './port-change';
import type { Standings } from './side';

/** In which versions the ends of a row are there, as for one workload. */
type RowStanding = 'kept' | 'added' | 'removed' | 'hidden-before' | 'hidden-after';

/** One end of a row. */
export type RowEnd =
  | { readonly cells: CellSet; readonly addresses?: never; readonly possible?: never; readonly host?: never }
  | { readonly cells?: never; readonly addresses: IpSet; readonly possible?: never; readonly host?: never }
  | {
      readonly cells?: never;
      readonly addresses?: never;
      readonly possible: PossibleEnd;
      readonly host?: never;
    }
  | {
      readonly cells?: never;
      readonly addresses?: never;
      readonly possible?: never;
      /** A name, or a pattern. */
      readonly host: string;
    };

/** Possible pods as an end of a row. */
export interface PossibleEnd {
  /** Equal for the same pods. */
  readonly key: string;
  readonly pods: PossiblePods;
  /** Their standings, if their own policies changed. */
  readonly standings?: Standings;
}

/** What happens between all of one end and all of the other. */
export interface ChangeRow {
  readonly standing: RowStanding;
  readonly ports: PortChange;
  readonly from: RowEnd;
  readonly to: RowEnd;
}

interface Gathered {
  readonly standing: RowStanding;
  readonly ports: PortChange;
  /** The end that the cells have in common. */
  readonly end: RowEnd;
  /** Whether the cells send to it, or receive from it. */
  readonly areSenders: boolean;
  readonly cells: number[];
}

/**
 * Gathers changes into as few rows as possible: cells that exchange the same with the same others share a row. The
 * rows do not depend on the order in which changes are added.
 */
export class RowGatherer {
  private readonly found = new Map<string, Gathered>();
  /** Rows without a known end. */
  private readonly unknown = new Map<string, ChangeRow>();
  /** The cells of each presence; undefined if all are kept. */
  private readonly presences: readonly (readonly [Presence, Bits])[] | undefined;

  public constructor(
    cells: Cells,
    private readonly sets: CellSets,
  ) {
    if (cells.list.some(({ presence }) => presence !== 'kept')) {
      const numbers = new Map<Presence, number[]>();
      for (const [number, { presence }] of cells.list.entries()) {
        append(numbers, presence, number);
      }
      this.presences = [...numbers].map(([presence, some]) => [presence, Bits.of(some)]);
    }
  }

  public add(others: Bits, receivers: Bits, ports: PortChange): void {
    for (const [presence, some] of this.byPresence(others)) {
      const cells = this.sets.of(some);
      for (const [other, few] of this.byPresence(receivers)) {
        this.gather(`${cells.id}`, { standing: standingOf(presence, other), ports, end: { cells } }, few);
      }
    }
  }

  /** @param areSenders whether the members send to the addresses, or receive from them */
  public addAddresses(addresses: IpSet, members: Bits, areSenders: boolean, ports: PortChange): void {
    for (const [presence, some] of this.byPresence(members)) {
      const standing = standingOf(presence, 'kept');
      this.gather(addresses.key, { standing, ports, end: { addresses } }, some, areSenders);
    }
  }

  /** @param members send to the host */
  public addHost(host: string, members: Bits, ports: PortChange): void {
    for (const [presence, some] of this.byPresence(members)) {
      const standing = standingOf(presence, 'kept');
      this.gather(`host ${host}`, { standing, ports, end: { host } }, some, true);
    }
  }

  /** @param areSenders whether the members send to the pods, or receive from them */
  public addPossible(possible: PossibleEnd, members: Bits, areSenders: boolean, ports: PortChange): void {
    for (const [presence, some] of this.byPresence(members)) {
      const standing = standingOf(presence, 'kept');
      this.gather(possible.key, { standing, ports, end: { possible } }, some, areSenders);
    }
  }

  /** Adds a row without a known end. */
  public addUnknown(from: RowEnd, to: RowEnd, ports: PortChange): void {
    // The keys themselves have several lines, of which none is empty.
    const key = [from, to]
      .map(({ possible, addresses, host }) => possible?.key ?? addresses?.key ?? `host ${host}`)
      .join('\n\n');
    this.unknown.set(`${key} ${ports.id}`, { standing: 'kept', ports, from, to });
  }

  public *rows(): Generator<ChangeRow> {
    yield* this.unknown.values();
    for (const { standing, ports, end, areSenders, cells } of this.found.values()) {
      const others = { cells: this.sets.of(Bits.of(cells)) };
      yield { standing, ports, ...(areSenders ? { from: others, to: end } : { from: end, to: others }) };
    }
  }

  private gather(
    key: string,
    row: Pick<Gathered, 'standing' | 'ports' | 'end'>,
    cells: Bits,
    areSenders = false,
  ): void {
    const whole = `${areSenders} ${key} ${row.ports.id} ${row.standing}`;
    const list = remember(this.found, whole, () => ({ ...row, areSenders, cells: [] })).cells;
    cells.forEach((cell) => {
      list.push(cell);
    });
  }

  private byPresence(cells: Bits): readonly (readonly [Presence, Bits])[] {
    if (this.presences === undefined) {
      return cells.isEmpty ? [] : [['kept', cells]];
    }
    return this.presences.flatMap(([presence, all]) => {
      const some = cells.and(all);
      return some.isEmpty ? [] : [[presence, some]];
    });
  }
}

/** An end that is new or gone decides. */
function standingOf(a: Presence, b: Presence): RowStanding {
  for (const [presence, standing] of DECIDING) {
    if (a === presence || b === presence) {
      return standing;
    }
  }
  return 'kept';
}

const DECIDING = [
  ['new', 'added'],
  ['gone', 'removed'],
  ['hidden-before', 'hidden-before'],
  ['hidden-after', 'hidden-after'],
] as const;

/** The word for what happens in a row. */
export function wordOf({ standing, ports }: ChangeRow): ChangeWord {
  const { opened, closed, before, after } = ports;
  if (standing !== 'kept') {
    return standing === 'added' || standing === 'removed' ? standing : 'unknown';
  }
  if (opened.isEmpty) {
    return closed.isEmpty ? 'unknown' : after.possible.isEmpty ? 'closed' : 'narrowed';
  }
  return closed.isEmpty ? (before.possible.isEmpty ? 'opened' : 'widened') : 'changed';
}

/** Orders rows by what happens, rows of any possible pod first, then by the names of their ends; no two are equal. */
export function compareRows(a: ChangeRow, b: ChangeRow): number {
  return (
    CHANGE_WORDS.indexOf(wordOf(a)) - CHANGE_WORDS.indexOf(wordOf(b)) ||
    Number(isForEverybody(b)) - Number(isForEverybody(a)) ||
    compareEnds(a.from, b.from) ||
    compareEnds(a.to, b.to)
  );
}

/** Whether one end is any possible pod, perhaps with exceptions. */
function isForEverybody({ from, to }: ChangeRow): boolean {
  return [from, to].some(({ possible }) => possible?.pods.set.isAny === true);
}

/** Workloads come before addresses, these before hosts, and these before possible pods. */
function compareEnds(a: RowEnd, b: RowEnd): number {
  if (a.cells !== undefined && b.cells !== undefined) {
    return a.cells === b.cells ? 0 : a.cells.ranks.compare(b.cells.ranks);
  }
  if (a.addresses !== undefined && b.addresses !== undefined) {
    return compareLists(a.addresses.boundaries, b.addresses.boundaries);
  }
  if (a.host !== undefined && b.host !== undefined) {
    return compare(a.host, b.host);
  }
  return a.possible !== undefined && b.possible !== undefined
    ? compare(a.possible.key, b.possible.key)
    : rankOf(a) - rankOf(b);
}

const rankOf = ({ cells, addresses, host }: RowEnd) =>
  cells !== undefined ? 0 : addresses !== undefined ? 1 : host !== undefined ? 2 : 3;

function compareLists(a: readonly bigint[], b: readonly bigint[]): number {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    if (a[i] !== b[i]) {
      return (a[i] as bigint) < (b[i] as bigint) ? -1 : 1;
    }
  }
  return a.length - b.length;
}
