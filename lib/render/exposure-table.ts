import type { Workload } from '../model/cluster';
import { remember, remembered } from '../model/collections';
import { AddressDoubts } from '../reachability/answers/address-doubts';
import type { ExposureFilter, Reached } from '../reachability/answers/exchanges';
import type { Exposure } from '../reachability/answers/list-exposure';
import type { Party } from '../reachability/answers/parties';
import { PartyWords } from '../reachability/answers/party-words';
import type { Reachability } from '../reachability/reachability';
import { addressDoubtsLine } from './connection-table';
import { entryCell, internetCell, onPorts } from './exposure-listing';
import { orNobody, type Tabular } from './listing';
import { type AnswerNotes, notesOf } from './notes';
import { toldRows } from './told-rows';

/** Workloads of which the same is told. */
export interface ToldExposure {
  readonly workloads: readonly Workload[];
  /** Of one of them. */
  readonly exposure: Exposure;
}

/** Exposures for a person: workloads that exchange the same share a row, and parties are named by what they are. */
export function exposureTable(
  exposures: readonly Exposure[],
  reachability: Reachability,
  answer: AnswerNotes = reachability,
  filter: ExposureFilter = {},
): Tabular<ToldExposure> {
  const words = PartyWords.of(reachability.judged);
  const cells = {
    from: remembered((reached: readonly Reached[]) => cellOf(reached, 'from', words)),
    to: remembered((reached: readonly Reached[]) => cellOf(reached, 'to', words)),
  };
  return {
    notes: notesOf(answer),
    columns: [
      { heading: 'workload', cell: ({ workloads }) => [words.workloads(workloads)] },
      { heading: 'from', cell: ({ exposure }) => cells.from(exposure.from) },
      { heading: 'to', cell: ({ exposure }) => cells.to(exposure.to) },
      { heading: 'internet', cell: ({ exposure }) => internetCell(exposure) },
      { heading: 'entry', cell: ({ exposure }) => entryCell(exposure) },
    ],
    rows: alike(exposures),
    ...(areAddressesAsked(exposures, reachability, filter)
      ? { foot: [addressDoubtsLine('Some of it is')] }
      : {}),
  };
}

function cellOf(reached: readonly Reached[], end: 'from' | 'to', words: PartyWords): readonly string[] {
  const rows = reached.map(({ party, ...open }) => ({ from: ITSELF, to: ITSELF, ...open, [end]: party }));
  const told = toldRows(rows, words, ({ ports, verdict }) => `${ports.key} ${verdict}`);
  return orNobody(told.map((each) => `${each[end]} ${onPorts(each.row)}`));
}

/** The workload itself, at the other end of whatever it exchanges. */
const ITSELF: Party = { workloads: [] };

/** Workloads that exchange the same share a row, which stands where the first of them does. */
function alike(exposures: readonly Exposure[]): readonly ToldExposure[] {
  const rows = new Map<string, { exposure: Exposure; workloads: Workload[] }>();
  const numbers = new Map<readonly Reached[], number>();
  const numberOf = (reached: readonly Reached[]) => remember(numbers, reached, () => numbers.size);
  for (const exposure of exposures) {
    const key = [numberOf(exposure.from), numberOf(exposure.to), ...entryCell(exposure)].join('\n');
    remember(rows, key, () => ({ exposure, workloads: [] })).workloads.push(exposure.workload);
  }
  return [...rows.values()];
}

/** Whether something is unknown because IP blocks may cover pods. */
function areAddressesAsked(
  exposures: readonly Exposure[],
  reachability: Reachability,
  filter: ExposureFilter,
): boolean {
  const isInDoubt = ({ verdict }: Reached) => verdict === 'unknown';
  if (!exposures.some(({ from, to }) => from.some(isInDoubt) || to.some(isInDoubt))) {
    return false;
  }
  const doubts = new AddressDoubts(reachability.judged);
  return [...reachability.connections(filter)].some((row) => doubts.areReasonFor(row));
}
