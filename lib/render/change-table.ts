import { describeCauses } from '../diff/cause';
import type { ConnectionChange } from '../diff/connection-change';
import { type ChangeSummary, describeSummary } from '../diff/summary';
import { NAMED } from '../model/word-list';
import type { PartyWords } from '../reachability/party-words';
import { markedWord, openCell } from './change-listing';
import type { Tabular } from './listing';
import { type AnswerNotes, notesOf } from './notes';
import { type ToldRow, toldRows } from './told-rows';

/** Changes in columns, counted. */
export interface ChangeTable extends Tabular<ToldRow<ConnectionChange>> {
  readonly rows: readonly ToldRow<ConnectionChange>[];
}

/** Changes for a person: ends are named by what they are, and causes stand below their row. */
export function changeTable(
  changes: readonly ConnectionChange[],
  summary: ChangeSummary,
  words: PartyWords,
  answer: AnswerNotes = {},
): ChangeTable {
  return {
    notes: notesOf(answer),
    head: { lines: describeSummary(summary), json: { summary } },
    columns: [
      { heading: 'change', cell: ({ row }) => [markedWord(row.change)] },
      { heading: 'from', cell: ({ from }) => [from] },
      { heading: 'to', cell: ({ to }) => [to] },
      { heading: 'before', cell: ({ row }) => openCell(row.before) },
      { heading: 'after', cell: ({ row }) => openCell(row.after) },
      { heading: 'by', cell: causesCell, isBelow: true },
    ],
    rows: toldRows(changes, words, whatHappens),
  };
}

function causesCell({ row, others }: ToldRow<ConnectionChange>): readonly string[] {
  const causes = describeCauses([row, ...others].flatMap(({ by }) => by));
  const isLong = causes.length > NAMED + 1;
  return isLong ? [...causes.slice(0, NAMED), `and ${causes.length - NAMED} more`] : causes;
}

function whatHappens({ change, before, after }: ConnectionChange): string {
  const ports = [before.allowed, before.unknown, after.allowed, after.unknown];
  return [change, ...ports.map(({ key }) => key)].join(' ');
}
