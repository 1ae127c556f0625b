import { type AnyChange, changedPorts } from '../diff/any-change';
import { type Cause, describeCause, type PolicyCause, type RuleCause } from '../diff/cause';
import type { ChangeWord, ConnectionChange, OpenPorts } from '../diff/connection-change';
import type { EntryChange, EntryWord } from '../diff/entry-change';
import type { NotBuiltChange } from '../diff/not-built-change';
import { type ChangeSummary, describeSummary } from '../diff/summary';
import { remembered } from '../model/collections';
import { defined } from '../model/defined';
import { describeEntryPoint } from '../model/entry-points';
import { describeNotBuilt, type Inventory } from '../model/inventory';
import { PodSet } from '../model/pod-set';
import { PortSet } from '../model/port-set';
import { partyNames } from '../reachability/answers/party-names';
import type { Tone } from './colours';
import {
  type EntryPointJson,
  entryPointJson,
  memberJson,
  type PartyJson,
  partyJson,
  type WorkloadJson,
} from './listed-parties';
import { type Edge, type Listing, type Note, orNobody, type Scene } from './listing';
import { type AnswerNotes, describeInventory, notesOf } from './notes';
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

/** A change of a way into the cluster as JSON, in the form of a change of a connection. */
export interface EntryChangeJson extends Omit<ConnectionChangeJson, 'change' | 'from' | 'to'> {
  readonly change: EntryWord;
  readonly from: { readonly entryPoint: EntryPointJson };
  /** Empty where no workload is known behind it. */
  readonly to: { readonly workloads: readonly WorkloadJson[] };
}

/** A change of what is built in neither version as JSON, in the form of a change of a connection. */
export interface NotBuiltChangeJson extends Omit<ConnectionChangeJson, 'change' | 'from' | 'to'> {
  readonly change: 'unknown';
  readonly from: { readonly notBuilt: NotBuiltChange['notBuilt'] };
  /** Nobody knows whom it is about. */
  readonly to: PartyJson;
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

/** The mark before each word, so that nobody needs colours. */
const MARKS: Readonly<Record<ChangeWord | EntryWord, string>> = {
  opened: '+',
  added: '+',
  closed: '-',
  removed: '-',
  widened: '~',
  narrowed: '~',
  changed: '~',
  unknown: '?',
  'entry-added': '+',
  'entry-changed': '~',
  'entry-removed': '-',
};

/** What is told of a change beside its connections, and of the answer. */
export interface ChangeListingOptions extends AnswerNotes {
  /** The ways into the cluster that are not the same; they come first. */
  readonly entries?: readonly EntryChange[];
  /** What was read of each version. */
  readonly inventories?: { readonly before?: Inventory | undefined; readonly after?: Inventory | undefined };
  /** What is built in neither version, and not the same; it comes after them. */
  readonly notBuiltChanges?: readonly NotBuiltChange[];
  /** What the gates say, and how that is told. @default there are none */
  readonly gates?: readonly Note[];
  /** What a picture knows beside the changes. @default nothing */
  readonly scene?: Scene;
}

/** Changes as a listing, in the order they come in, with their summary before them; all names, all causes. */
export function changeListing(
  changes: Iterable<ConnectionChange>,
  summary: ChangeSummary,
  answer: ChangeListingOptions = {},
): Listing<AnyChange> {
  const namesOf = changeNames();
  return {
    name: 'changes',
    notes: [...(answer.gates ?? []), ...notesOf(answer), ...inventoryNotes(answer)],
    head: { lines: describeSummary(summary), json: { summary } },
    columns: [
      {
        heading: 'change',
        cell: ({ change }) => [markedWord(change)],
        tone: ({ change }) => toneOf(change),
      },
      { heading: 'from', cell: (row) => namesOf(row).from },
      { heading: 'to', cell: (row) => namesOf(row).to },
      { heading: 'before', cell: (row) => openCell(openIn(row, 'before')) },
      { heading: 'after', cell: (row) => openCell(openIn(row, 'after')) },
      { heading: 'by', cell: (row) => ('by' in row ? row.by.map(describeCause) : []), isBelow: true },
    ],
    rows: inOrder(answer, changes),
    toJson: (row) =>
      'entryPoint' in row
        ? entryChangeJson(row)
        : 'notBuilt' in row
          ? notBuiltChangeJson(row)
          : changeJson(row),
    edges: () => changeEdges(inOrder(answer, changes)),
    ...defined({ scene: answer.scene }),
  };
}

/** All names of both ends of a row, each written once. */
export function changeNames(): (row: AnyChange) => ChangeNames {
  const namesOf = partyNames();
  return (row) => ({
    from:
      'entryPoint' in row
        ? [describeEntryPoint(row.entryPoint)]
        : 'notBuilt' in row
          ? [describeNotBuilt(row.notBuilt)]
          : namesOf(row.from),
    to: 'notBuilt' in row ? [NOBODY_KNOWS] : orNobody(namesOf(row.to)),
  });
}

export interface ChangeNames {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Each row as what it opens, what it closes, and what nobody knows. */
export function* changeEdges(rows: Iterable<AnyChange>): Generator<Edge> {
  for (const row of rows) {
    const ports = changedPorts(row);
    const edges = (['opened', 'closed', 'unknown'] as const).map(
      (mark): Edge => ({
        ...endsOf(row),
        ports: ports[mark],
        mark,
        ...(mark !== 'unknown' && MARKS[row.change] === '~' ? { stays: true } : {}),
      }),
    );
    yield* edges.filter((edge) => !edge.ports.isEmpty);
  }
}

function endsOf(row: AnyChange): Pick<Edge, 'from' | 'to'> {
  if ('notBuilt' in row) {
    return { from: { notBuilt: row.notBuilt }, to: { possible: { set: PodSet.ANY, except: [] } } };
  }
  return { from: 'entryPoint' in row ? { entryPoint: row.entryPoint } : row.from, to: row.to };
}

function* inOrder(
  { entries = [], notBuiltChanges = [] }: ChangeListingOptions,
  changes: Iterable<ConnectionChange>,
): Generator<AnyChange> {
  yield* entries;
  yield* notBuiltChanges;
  yield* changes;
}

/** Who is reached where only a build could tell. */
export const NOBODY_KNOWS = 'not known';

/** What is open in a version; of what is not built, anything may be. */
export function openIn(row: AnyChange, version: 'before' | 'after'): OpenPorts {
  if ('notBuilt' in row) {
    return { allowed: PortSet.NONE, unknown: row[version] ? PortSet.ALL : PortSet.NONE };
  }
  return 'entryPoint' in row ? { allowed: row[version], unknown: PortSet.NONE } : row[version];
}

/** What was passed over of each version. */
export function inventoryNotes({ inventories = {} }: ChangeListingOptions): readonly Note[] {
  const lines = (['before', 'after'] as const).flatMap((version) =>
    describeInventory(inventories[version]).map(
      (line) => `${version === 'before' ? 'Before' : 'After'}: ${line}`,
    ),
  );
  return lines.length === 0
    ? []
    : [{ line: lines.join(' '), json: { inventory: inventories }, isTold: true }];
}

/** `+ opened` */
export const markedWord = (change: ChangeWord | EntryWord) => `${MARKS[change]} ${change}`;

/** As in differences of texts: green for what is more, red for what is less. */
export const toneOf = (change: ChangeWord | EntryWord) => TONES[MARKS[change]];

const TONES: Readonly<Record<string, Tone>> = { '+': 'good', '-': 'bad', '~': 'note', '?': 'doubtful' };

/** Rows share what is open, and with it their cells. */
export const openCell = remembered((open: OpenPorts | PortSet): readonly string[] => {
  if (open instanceof PortSet) {
    return [String(open)];
  }
  const { allowed, unknown } = open;
  return unknown.isEmpty
    ? [String(allowed)]
    : [...(allowed.isEmpty ? [] : [String(allowed)]), `unknown: ${unknown}`];
});

/** A change for a program. */
export function changeJson(row: ConnectionChange): ConnectionChangeJson {
  return { change: row.change, from: partyJson(row.from), to: partyJson(row.to), ...portsJson(row) };
}

function entryChangeJson(row: EntryChange): EntryChangeJson {
  return {
    change: row.change,
    from: { entryPoint: entryPointJson(row.entryPoint) },
    to: { workloads: (row.to.workloads ?? []).map(memberJson) },
    ...portsJson(row),
  };
}

function notBuiltChangeJson(row: NotBuiltChange): NotBuiltChangeJson {
  return { change: row.change, from: { notBuilt: row.notBuilt }, to: { possible: {} }, ...portsJson(row) };
}

function portsJson(row: AnyChange): Omit<ConnectionChangeJson, 'change' | 'from' | 'to'> {
  const { opened, closed, unknown } = changedPorts(row);
  return {
    before: openJson(openIn(row, 'before')),
    after: openJson(openIn(row, 'after')),
    opened: String(opened),
    closed: String(closed),
    unknown: String(unknown),
    by: 'by' in row ? row.by.map(causeJson) : [],
  };
}

function openJson({ allowed, unknown }: OpenPorts): OpenPortsJson {
  return { allowed: String(allowed), unknown: String(unknown) };
}

function causeJson(cause: Cause): CauseJson {
  return 'rule' in cause ? { ...cause, rule: ruleReferenceJson(cause.rule) } : cause;
}
