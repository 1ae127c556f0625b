import { type Cause, describeCause, type PolicyCause, type RuleCause } from '../diff/cause';
import type { ChangeWord, ConnectionChange, OpenPorts } from '../diff/connection-change';
import { type ChangeSummary, describeSummary } from '../diff/summary';
import { remembered } from '../model/remember';
import { type PartyJson, partyJson, partyNames } from './connection-listing';
import type { Listing } from './listing';
import { type AnswerNotes, notesOf } from './notes';
import { type RuleReferenceJson, ruleReferenceJson } from './verdict-listing';

/** A change of a connection as JSON. */
export interface ConnectionChangeJson {
  readonly change: ChangeWord;
  readonly from: PartyJson;
  readonly to: PartyJson;
  readonly before: OpenPortsJson;
  readonly after: OpenPortsJson;
  readonly opened: string;
  readonly closed: string;
  readonly unknown: string;
  readonly by: readonly CauseJson[];
}

/** What is open in one version, as JSON. */
export interface OpenPortsJson {
  readonly allowed: string;
  readonly unknown: string;
}

/** A policy or a rule that is responsible for a change, as JSON. */
export type CauseJson = PolicyCause | RuleCauseJson;

interface RuleCauseJson extends Omit<RuleCause, 'rule'> {
  readonly rule: RuleReferenceJson;
}

/** Before each word, so that colour is never needed: what comes, what goes, what is other, what is not known. */
const MARKS: Readonly<Record<ChangeWord, string>> = {
  opened: '+',
  added: '+',
  closed: '-',
  removed: '-',
  widened: '~',
  narrowed: '~',
  changed: '~',
  unknown: '?',
};

/** Changes as a listing, in the order they come in, with their summary before them; all names, all causes. */
export function changeListing(
  changes: Iterable<ConnectionChange>,
  summary: ChangeSummary,
  answer: AnswerNotes = {},
): Listing<ConnectionChange> {
  const cellOf = partyNames();
  return {
    name: 'changes',
    notes: notesOf(answer),
    head: { lines: describeSummary(summary), json: { summary } },
    columns: [
      { heading: 'change', cell: ({ change }) => [markedWord(change)] },
      { heading: 'from', cell: ({ from }) => cellOf(from) },
      { heading: 'to', cell: ({ to }) => cellOf(to) },
      { heading: 'before', cell: ({ before }) => openCell(before) },
      { heading: 'after', cell: ({ after }) => openCell(after) },
      { heading: 'by', cell: ({ by }) => by.map(describeCause), isBelow: true },
    ],
    rows: changes,
    toJson: changeJson,
  };
}

/** `+ opened` */
export const markedWord = (change: ChangeWord) => `${MARKS[change]} ${change}`;

/** Rows share what is open, and with it their cells. */
export const openCell = remembered(({ allowed, unknown }: OpenPorts): readonly string[] =>
  unknown.isEmpty
    ? [String(allowed)]
    : [...(allowed.isEmpty ? [] : [String(allowed)]), `unknown: ${unknown}`],
);

/** A change for a program. */
export function changeJson(row: ConnectionChange): ConnectionChangeJson {
  const { change, from, to, before, after, opened, closed, unknown, by } = row;
  return {
    change,
    from: partyJson(from),
    to: partyJson(to),
    before: openJson(before),
    after: openJson(after),
    opened: String(opened),
    closed: String(closed),
    unknown: String(unknown),
    by: by.map(causeJson),
  };
}

function openJson({ allowed, unknown }: OpenPorts): OpenPortsJson {
  return { allowed: String(allowed), unknown: String(unknown) };
}

function causeJson(cause: Cause): CauseJson {
  return 'rule' in cause ? { ...cause, rule: ruleReferenceJson(cause.rule) } : cause;
}
