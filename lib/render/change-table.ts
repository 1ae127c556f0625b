import { describeCauses } from '../diff/cause';
import type { ChangeWord, ConnectionChange, OpenPorts } from '../diff/connection-change';
import type { EntryChange, EntryWord } from '../diff/entry-change';
import type { NotBuiltChange } from '../diff/not-built-change';
import { type ChangeSummary, describeSummary } from '../diff/summary';
import { describeEntryPoint } from '../model/entry-points';
import { describeNotBuilt } from '../model/inventory';
import type { PortSet } from '../model/port-set';
import { NAMED } from '../model/word-list';
import type { PartyWords } from '../reachability/answers/party-words';
import {
  type ChangeListingOptions,
  inventoryNotes,
  markedWord,
  NOBODY_KNOWS,
  openCell,
  openIn,
  toneOf,
} from './change-listing';
import { NOBODY, type Tabular } from './listing';
import { notesOf } from './notes';
import { toldRows } from './told-rows';

/** A change for a person. */
export interface DescribedChange {
  readonly change: ChangeWord | EntryWord;
  readonly from: string;
  readonly to: string;
  readonly before: OpenPorts | PortSet;
  readonly after: OpenPorts | PortSet;
  /** The changes that it stands for: the policies and rules responsible for them are told. */
  readonly rows: readonly ConnectionChange[];
}

/** Changes in columns, counted. */
export interface ChangeTable extends Tabular<DescribedChange> {
  readonly rows: readonly DescribedChange[];
}

/** Changes for a person: ends are named by what they are, and causes stand below their row. */
export function changeTable(
  changes: readonly ConnectionChange[],
  summary: ChangeSummary,
  words: PartyWords,
  answer: ChangeListingOptions = {},
): ChangeTable {
  return {
    notes: [...(answer.gates ?? []), ...notesOf(answer), ...inventoryNotes(answer)],
    head: { lines: describeSummary(summary), json: { summary } },
    columns: [
      {
        heading: 'change',
        cell: ({ change }) => [markedWord(change)],
        tone: ({ change }) => toneOf(change),
      },
      { heading: 'from', cell: ({ from }) => [from] },
      { heading: 'to', cell: ({ to }) => [to] },
      { heading: 'before', cell: ({ before }) => openCell(before) },
      { heading: 'after', cell: ({ after }) => openCell(after) },
      { heading: 'by', cell: causesCell, isBelow: true },
    ],
    rows: [
      ...(answer.entries ?? []).map((each) => toldEntry(each, words)),
      ...(answer.notBuiltChanges ?? []).map(toldNotBuilt),
      ...toldRows(changes, words, whatHappens).map(({ row, others, from, to }) => {
        const { change, before, after } = row;
        return { change, from, to, before, after, rows: [row, ...others] };
      }),
    ],
  };
}

function toldEntry(
  { change, entryPoint, to, before, after }: EntryChange,
  words: PartyWords,
): DescribedChange {
  const known = to.workloads?.length === 0 ? NOBODY : words.party(to);
  return { change, from: describeEntryPoint(entryPoint), to: known, before, after, rows: [] };
}

function toldNotBuilt(row: NotBuiltChange): DescribedChange {
  return {
    change: row.change,
    from: describeNotBuilt(row.notBuilt),
    to: NOBODY_KNOWS,
    before: openIn(row, 'before'),
    after: openIn(row, 'after'),
    rows: [],
  };
}

function causesCell({ rows }: DescribedChange): readonly string[] {
  const causes = describeCauses(rows.flatMap(({ by }) => by));
  const isLong = causes.length > NAMED + 1;
  return isLong ? [...causes.slice(0, NAMED), `and ${causes.length - NAMED} more`] : causes;
}

function whatHappens({ change, before, after }: ConnectionChange): string {
  const ports = [before.allowed, before.unknown, after.allowed, after.unknown];
  return [change, ...ports.map(({ key }) => key)].join(' ');
}
