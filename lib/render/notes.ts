import type { NotJudged } from '../aks/enforcement';
import { type Maker, qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';
import type { Inventory } from '../model/inventory';
import { aboutInventory } from '../model/inventory-lines';
import { describeMakers } from '../model/made-pods';
import type { PortSet } from '../model/port-set';
import type { SourcePosition } from '../model/source-position';
import { count, firstWords } from '../model/word-list';
import { makerJson } from './listed-parties';
import type { Note } from './listing';

/** What an answer leaves out, or cannot know. */
export interface AnswerNotes {
  /** Whether it leaves out the pods that no manifest tells of. @default false */
  readonly knownOnly?: boolean;
  /** The policies that nothing judges. @default none */
  readonly notJudged?: readonly NotJudged[];
  /** The objects from which somebody makes pods that no manifest tells of. @default none */
  readonly makers?: readonly Maker[];
  /** What was read, and what was passed over. @default not known */
  readonly inventory?: Inventory | undefined;
  /** The only namespace that is told of. @default all of them */
  readonly namespace?: string;
  /** The only ports that are told of. @default every port */
  readonly ports?: PortSet;
  /** How many rows are left out because they are about others. @default not counted */
  readonly leftOut?: number;
}

/** What stands above an answer that leaves out the pods which no manifest tells of. */
export const KNOWN_ONLY: Note = {
  line: 'Known pods only: others that could be there are left out.',
  json: { knownOnly: true },
};

/** A sentence about an input, with the word by which machines know it, and where that stands which it is about. */
export interface InputNote {
  readonly id:
    | 'policy-not-judged'
    | 'pods-made-elsewhere'
    | 'input-passed-over'
    | 'acknowledgement-came-with-change';
  readonly line: string;
  readonly source?: SourcePosition | undefined;
}

/** What is said of an input beside its findings. */
export function inputNotes({
  notJudged = [],
  makers = [],
  inventory,
}: Pick<AnswerNotes, 'notJudged' | 'makers' | 'inventory'>): readonly InputNote[] {
  return [
    ...notJudged.map((policy) => ({
      id: 'policy-not-judged' as const,
      line: describeNotJudged([policy]).join(' '),
      source: policy.source,
    })),
    ...describeMade(makers).map((line) => ({ id: 'pods-made-elsewhere' as const, line })),
    ...describeInventory(inventory).map((line) => ({ id: 'input-passed-over' as const, line })),
  ];
}

/** The same for a person, who reads of several policies in one sentence. */
export function inputSentences({
  notJudged = [],
  makers = [],
  inventory,
}: Pick<AnswerNotes, 'notJudged' | 'makers' | 'inventory'>): readonly string[] {
  return [...describeNotJudged(notJudged), ...describeMade(makers), ...describeInventory(inventory)];
}

/** So many policies a sentence names; JSON has all of them. */
const NAMED = 5;

/** What a listing says of itself. */
export function notesOf(answer: AnswerNotes): readonly Note[] {
  const { knownOnly = false, notJudged = [], makers = [], inventory } = answer;
  return [
    ...scopeNotes(answer),
    ...(knownOnly ? [KNOWN_ONLY] : []),
    ...(notJudged.length === 0
      ? []
      : [{ line: describeNotJudged(notJudged).join(' '), json: { notJudged }, isTold: true as const }]),
    ...describeMade(makers).map((line) => ({
      line,
      json: { makers: makers.map(makerJson) },
      isTold: true as const,
    })),
    ...describeInventory(inventory).map((line) => ({ line, json: { inventory }, isTold: true as const })),
  ];
}

/** A sentence about the pods that no manifest tells of; none where nobody is known to make any. */
function describeMade(makers: readonly Maker[]): readonly string[] {
  return makers.length === 0 ? [] : [`Not judged exactly: ${describeMakers(makers)}.`];
}

/** A sentence about what alone was asked for; none where it is everything. */
function scopeNotes({ namespace, ports, leftOut = 0 }: AnswerNotes): readonly Note[] {
  const asked = [
    ...(namespace === undefined ? [] : [`namespace ${namespace}`]),
    ...(ports === undefined ? [] : [`ports ${ports}`]),
  ].join(', ');
  const others = leftOut === 0 ? '' : `; ${count(leftOut, 'row')} about others left out`;
  const json = defined({ namespace, ports: ports && String(ports) });
  return asked === ''
    ? []
    : [{ line: `${asked.charAt(0).toUpperCase()}${asked.slice(1)} alone${others}.`, json }];
}

/** A sentence about what was passed over; none where nothing was. */
export function describeInventory(inventory: Inventory | undefined): readonly string[] {
  const lines = aboutInventory(inventory);
  const text = lines.join('; ');
  return lines.length === 0 ? [] : [`${text.charAt(0).toUpperCase()}${text.slice(1)}.`];
}

/** A sentence for those that may change verdicts, and one for those that do nothing on the engine. */
export function describeNotJudged(notJudged: readonly NotJudged[]): readonly string[] {
  const ofEffect = (effect: NotJudged['effect']) => notJudged.filter((each) => each.effect === effect);
  const sentence = (some: readonly NotJudged[], end: string) =>
    some.length === 0 ? [] : [`Not judged: ${namesOf(some)}; ${end}.`];
  return [
    ...sentence(ofEffect('unknown'), 'what they could change is unknown'),
    ...sentence(ofEffect('none'), 'the engine does not enforce them'),
  ];
}

/** `CiliumNetworkPolicy shop/db, CiliumNetworkPolicy shop/web and 3 more` */
function namesOf(some: readonly NotJudged[]): string {
  const names = some.map(({ kind, namespace, name = 'objects that could not be listed' }) => {
    return `${kind} ${qualifiedName({ ...defined({ namespace }), name })}`;
  });
  return firstWords(names, NAMED);
}
