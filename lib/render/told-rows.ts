import { append } from '../model/collections';
import type { Party } from '../reachability/answers/parties';
import { type PartyWords, partyIdentityOf } from '../reachability/answers/party-words';

interface Ends {
  readonly from: Party;
  readonly to: Party;
}

type End = keyof Ends;

/** A row for a person, its ends in words. */
export interface ToldRow<Row> {
  readonly row: Row;
  /** Others that it stands for. */
  readonly others: readonly Row[];
  readonly from: string;
  readonly to: string;
}

/**
 * Rows as a person reads them: those of any pod, of every address and of the known workloads are one where they say the
 * same. Programs get them apart, because each has another kind of party.
 *
 * @param rest what a row says beside its ends, as a text
 */
export function toldRows<Row extends Ends>(
  rows: readonly Row[],
  words: PartyWords,
  rest: (row: Row) => string,
): readonly ToldRow<Row>[] {
  const joined = new Map<Row, ToldRow<Row> | undefined>();
  const places = new Map(rows.map((row, i) => [row, i]));
  const placeOf = (row: Row) => places.get(row) as number;
  const inWords = (row: Row) => ({
    row,
    others: [],
    from: words.party(row.from),
    to: words.party(row.to),
  });
  for (const end of ['from', 'to'] as const) {
    const free = rows.filter((row) => !joined.has(row));
    for (const { alike, text } of ofEverybody(free, end, words, rest)) {
      const [row, ...others] = alike.sort((a, b) => placeOf(a) - placeOf(b)) as [Row, ...Row[]];
      joined.set(row, { ...inWords(row), others, [end]: text });
      for (const other of others) {
        joined.set(other, undefined);
      }
    }
  }
  return rows.flatMap((row) => (joined.has(row) ? (joined.get(row) ?? []) : inWords(row)));
}

/** Rows that say the same of any pod and of every address, and what both are called. */
function* ofEverybody<Row extends Ends>(
  rows: readonly Row[],
  end: End,
  words: PartyWords,
  rest: (row: Row) => string,
) {
  const far = end === 'from' ? 'to' : 'from';
  const keyOf = (row: Row) => `${rest(row)}\n${partyIdentityOf(row[far])}`;
  const [pods, addresses] = [words.isAnyPod, words.isEveryAddress].map(
    (is) => new Map(rows.filter((row) => is.call(words, row[end])).map((row) => [keyOf(row), row])),
  ) as [Map<string, Row>, Map<string, Row>];
  const both = new Set([...pods.keys()].filter((key) => addresses.has(key)));
  const known = new Map<string, Row[]>();
  // Names cost time, so only those of rows that may be joined are asked for.
  const rests = new Set([...both].map((key) => rest(pods.get(key) as Row)));
  for (const row of rows) {
    if (row[end].workloads !== undefined && rests.has(rest(row)) && both.has(keyOf(row))) {
      append(known, keyOf(row), row);
    }
  }
  for (const key of both) {
    const outside = [pods.get(key), addresses.get(key)] as [Row, Row];
    const [row, ...more] = known.get(key) ?? [];
    // Who asked for a row of each workload gets them.
    const text = more.length > 0 ? undefined : words.everybodyWith(row?.[end].workloads ?? [], end);
    yield text === undefined
      ? { alike: outside, text: words.parties(outside.map((each) => each[end])) }
      : { alike: row === undefined ? outside : [...outside, row], text };
  }
}
