import { type Maker, qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';
import { describeMakers } from '../model/made-pods';
import type { NotJudged } from '../model/unjudged-policy';
import { firstWords } from '../model/word-list';
import type { Note } from './listing';
import { makerJson } from './maker-json';

/** What an answer leaves out, or cannot know. */
export interface AnswerNotes {
  /** Whether it leaves out the pods that no manifest tells of. @default false */
  readonly knownOnly?: boolean;
  /** The policies that nothing judges. @default none */
  readonly notJudged?: readonly NotJudged[];
  /** The objects from which somebody makes pods that no manifest tells of. @default none */
  readonly makers?: readonly Maker[];
}

/** What stands above an answer that leaves out the pods which no manifest tells of. */
export const KNOWN_ONLY: Note = {
  line: 'Known pods only: others that could be there are left out.',
  json: { knownOnly: true },
};

/** By which machines know what is said of a policy that is not judged. */
export const NOT_JUDGED = 'policy-not-judged';

/** By which they know what is said of pods that no manifest tells of, and of which the makers are known. */
export const MADE_ELSEWHERE = 'pods-made-elsewhere';

/** So many policies a sentence names; JSON has all of them. */
const NAMED = 5;

/** What a listing says of itself. */
export function notesOf({ knownOnly = false, notJudged = [], makers = [] }: AnswerNotes): readonly Note[] {
  return [
    ...(knownOnly ? [KNOWN_ONLY] : []),
    ...(notJudged.length === 0 ? [] : [{ ...unjudgedNote(notJudged), isTold: true as const }]),
    ...describeMade(makers).map((line) => ({
      line,
      json: { makers: makers.map(makerJson) },
      isTold: true as const,
    })),
  ];
}

/** A sentence about the pods that no manifest tells of; none where nobody is known to make any. */
export function describeMade(makers: readonly Maker[]): readonly string[] {
  return makers.length === 0 ? [] : [`Not judged exactly: ${describeMakers(makers)}.`];
}

function unjudgedNote(notJudged: readonly NotJudged[]): Pick<Note, 'line' | 'json'> {
  return { line: describeNotJudged(notJudged).join(' '), json: { notJudged } };
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
