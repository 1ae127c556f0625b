import type { Workload } from '../model/cluster';
import { append } from '../model/collections';
import type { PortSet } from '../model/port-set';
import { count, NAMED } from '../model/word-list';
import { AddressDoubts } from '../reachability/answers/address-doubts';
import type { Connection, Party } from '../reachability/answers/parties';
import { PartyWords } from '../reachability/answers/party-words';
import type { Reachability } from '../reachability/reachability';
import { VERDICT_TONES } from './colours';
import type { Tabular } from './listing';
import { type AnswerNotes, notesOf } from './notes';
import { toldRows } from './told-rows';

/** A connection for a person. */
export interface ToldConnection {
  readonly from: string;
  readonly to: string;
  readonly ports: PortSet;
  readonly verdict: Connection['verdict'];
}

/** Connections for a person: ends are named by what they are, and what is unknown for one reason stands together. */
export function connectionTable(
  connections: Iterable<Connection>,
  reachability: Reachability,
  answer: AnswerNotes = reachability,
): Tabular<ToldConnection> {
  const { judged } = reachability;
  const words = PartyWords.of(judged);
  const rows = [...connections];
  const doubts = new AddressDoubts(judged);
  const doubtful = rows.filter((row) => doubts.areReasonFor(row));
  const groups = [...byPorts(doubtful).values()].filter(({ length }) => length > NAMED + 1);
  const grouped = new Set(groups.flat());
  const told = toldRows(
    rows.filter((row) => !grouped.has(row)),
    words,
    ({ ports, verdict }) => `${ports.key} ${verdict}`,
  );
  return {
    notes: notesOf(answer),
    columns: [
      { heading: 'from', cell: ({ from }) => [from] },
      { heading: 'to', cell: ({ to }) => [to] },
      { heading: 'ports', cell: ({ ports }) => [String(ports)] },
      {
        heading: 'verdict',
        cell: ({ verdict }) => [verdict],
        tone: ({ verdict }) => VERDICT_TONES[verdict],
      },
    ],
    rows: [
      ...told.map(({ row: { ports, verdict }, from, to }) => ({ from, to, ports, verdict })),
      ...groups.map((group) => together(group, words)),
    ],
    ...(doubtful.length === 0 ? {} : { foot: footOf(doubtful.length, grouped.size) }),
  };
}

function byPorts(rows: readonly Connection[]): Map<string, Connection[]> {
  const found = new Map<string, Connection[]>();
  for (const row of rows) {
    append(found, row.ports.key, row);
  }
  return found;
}

/** Every one of the fewer is in such a row with some of the others. */
function together(rows: readonly Connection[], words: PartyWords): ToldConnection {
  const [from, to] = [rows.map((row) => row.from), rows.map((row) => row.to)].map(workloadsOf) as [
    readonly Workload[],
    readonly Workload[],
  ];
  const some = (workloads: readonly Workload[]) => `some of ${count(workloads.length, 'workload')}`;
  const { ports, verdict } = rows[0] as Connection;
  return from.length < to.length
    ? { from: words.workloads(from), to: some(to), ports, verdict }
    : { from: some(from), to: words.workloads(to), ports, verdict };
}

function workloadsOf(parties: readonly Party[]): readonly Workload[] {
  return [...new Set(parties.flatMap(({ workloads = [] }) => workloads.map(({ workload }) => workload)))];
}

function footOf(doubtful: number, grouped: number): readonly string[] {
  return [
    addressDoubtsLine(`${count(doubtful, 'row')} ${doubtful === 1 ? 'is' : 'are'}`),
    ...(grouped === 0
      ? []
      : [
          `Where a row says "some of", it stands for several of them: ${grouped} in all, and --wide shows each.`,
        ]),
  ];
}

/** Why something is unknown, and what answers it. */
export function addressDoubtsLine(what: string): string {
  return `${what} unknown because IP blocks may cover pods whose addresses are not known: write podCidrs in the profile.`;
}
