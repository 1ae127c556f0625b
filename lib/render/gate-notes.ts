import type { GateReason, GateVerdict } from '../diff/gates';
import type { ChangeMark } from '../model/accepted-change';
import { describeEntryPoint } from '../model/entry-points';
import { describeNotBuilt } from '../model/inventory';
import { count, firstWords } from '../model/word-list';
import type { PartyWords } from '../reachability/answers/party-words';
import { type ChangeNames, NOBODY_KNOWS } from './change-listing';
import { NOBODY, type Note } from './listing';

/** What a gate says as JSON. */
export interface GateJson {
  readonly gate: string;
  readonly outcome: GateVerdict['outcome'];
  /** How many changes would fail it were they not accepted. */
  readonly accepted: number;
  readonly because: readonly GateReasonJson[];
  /** The policies whose filters change so that nobody can tell what it lets pass; left out if there are none. */
  readonly filters?: readonly string[];
}

/** A change that a gate does not let pass, as an entry of `acceptChanges` would write it. */
export interface GateReasonJson extends ChangeNames {
  readonly change: ChangeMark;
  /** Left out for a way into the cluster that leads to nobody who is known. */
  readonly ports?: string;
}

export interface GateNotesOptions {
  /** Names for a person. */
  readonly words: PartyWords;
  /** Names for a program. */
  readonly namesOf: (row: GateReason['row']) => ChangeNames;
  /** Whether standard error has told it. */
  readonly isTold: boolean;
}

/** What gates say, above everything else. */
export function gateNotes(
  verdicts: readonly GateVerdict[],
  { words, namesOf, isTold }: GateNotesOptions,
): readonly Note[] {
  return verdicts.map((verdict, i) => ({
    line: `${describeGate(verdict, words)}.`,
    json: i === 0 ? { gates: verdicts.map((each) => gateJson(each, namesOf)) } : {},
    ...(isTold ? { isTold } : {}),
  }));
}

/** So many changes a sentence names; JSON has all of them. */
const MOST = 5;

/** `Gate opened fails: opens shop/web → shop/db 5432/TCP; 2 changes are accepted` */
export function describeGate(
  { gate, outcome, reasons, filters, accepted }: GateVerdict,
  words: PartyWords,
): string {
  const because = [
    ...reasons.slice(0, MOST).map((each) => describeReason(each, words)),
    ...(reasons.length > MOST ? [`${reasons.length - MOST} more`] : []),
    ...(filters.length === 0 ? [] : [`filters change of ${firstWords(filters)}`]),
  ];
  const said = {
    passed: 'passes',
    failed: `fails: ${because.join('; ')}`,
    unknown: `cannot be judged: ${because.join('; ')}`,
  }[outcome];
  const are = accepted === 1 ? 'is' : 'are';
  return `Gate ${gate} ${said}${accepted === 0 ? '' : `; ${count(accepted, 'change')} ${are} accepted`}`;
}

const DEEDS: Readonly<Record<ChangeMark, string>> = {
  opened: 'opens',
  closed: 'closes',
  unknown: 'may change',
};

function describeReason({ mark, row, ports }: GateReason, words: PartyWords): string {
  const from =
    'entryPoint' in row
      ? describeEntryPoint(row.entryPoint)
      : 'notBuilt' in row
        ? describeNotBuilt(row.notBuilt)
        : words.party(row.from);
  const to = 'notBuilt' in row ? NOBODY_KNOWS : row.to.workloads?.length === 0 ? NOBODY : words.party(row.to);
  return `${DEEDS[mark]} ${from} → ${to}${ports.isEmpty ? '' : ` ${ports}`}`;
}

function gateJson(
  { gate, outcome, accepted, reasons, filters }: GateVerdict,
  namesOf: GateNotesOptions['namesOf'],
): GateJson {
  return {
    gate,
    outcome,
    accepted,
    because: reasons.map(({ mark, row, ports }) => ({
      change: mark,
      ...namesOf(row),
      ...(ports.isEmpty ? {} : { ports: String(ports) }),
    })),
    ...(filters.length === 0 ? {} : { filters }),
  };
}
