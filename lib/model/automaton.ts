import { remember } from './collections';

/** A state of an automaton. What has no condition is passed without reading a character. */
interface State {
  readonly after: State[];
  /** Reads one character that fits. */
  step?: { readonly fits: Fits; readonly to: State };
  /** Passed only there. */
  only?: 'start' | 'end';
}

type Fits = (character: string) => boolean;

/** Of two automata that are compared, so many pairs of states are looked at. */
const MOST_PAIRS = 20_000;

/** The texts of which each character fits what stands at its place, such as those of a pattern. */
export class Automaton {
  /** The texts of one character that fits. */
  public static character(fits: Fits): Automaton {
    const end: State = { after: [] };
    return new Automaton({ after: [], step: { fits, to: end } }, end);
  }

  /** The empty text, at one place of a whole text or anywhere. */
  public static nothing(only?: 'start' | 'end'): Automaton {
    const end: State = { after: [] };
    return new Automaton({ after: [end], ...(only === undefined ? {} : { only }) }, end);
  }

  /** The texts of one part after the other. */
  public static sequence(parts: readonly Automaton[]): Automaton {
    return parts.reduce((before, next) => {
      before.end.after.push(next.start);
      return new Automaton(before.start, next.end);
    }, Automaton.nothing());
  }

  /** The texts of any of some. */
  public static either(choices: readonly Automaton[]): Automaton {
    const end: State = { after: [] };
    for (const each of choices) {
      each.end.after.push(end);
    }
    return new Automaton({ after: choices.map(({ start }) => start) }, end);
  }

  private constructor(
    private readonly start: State,
    private readonly end: State,
  ) {}

  /** The text or nothing. */
  public get optional(): Automaton {
    return Automaton.either([this, Automaton.nothing()]);
  }

  /** One text after the other, at least one. */
  public get repeated(): Automaton {
    const [start, end]: [State, State] = [{ after: [this.start] }, { after: [] }];
    this.end.after.push(start, end);
    return new Automaton(start, end);
  }

  public accepts(text: string): boolean {
    let states = passed([this.start], { isStart: true, isEnd: text.length === 0 });
    for (let i = 0; i < text.length && states.size > 0; i++) {
      states = passed(read(states, text[i] as string), { isStart: false, isEnd: i === text.length - 1 });
    }
    return states.has(this.end);
  }

  /**
   * Which texts of another it has. The answer is for texts of these characters.
   *
   * @param within only these texts are looked at
   * @returns undefined where that takes too long to find out
   */
  public shareOf(
    other: Automaton,
    characters: readonly string[],
    within: Automaton,
  ): 'all' | 'some' | 'none' | undefined {
    const all = [this, other, within];
    const first = all.map(({ start }) => passed([start]));
    const numbers = new Map<State, number>();
    const keyOf = (states: readonly ReadonlySet<State>[]) =>
      states
        .map((each) =>
          [...each]
            .map((state) => remember(numbers, state, () => numbers.size))
            .sort()
            .join(),
        )
        .join(' ');
    const found = new Map([[keyOf(first), first]]);
    let [shared, missing] = [false, false];
    for (const states of found.values()) {
      const [own, theirs, inside] = states.map((each, i) => each.has((all[i] as Automaton).end));
      shared ||= own === true && theirs === true && inside === true;
      missing ||= own === false && theirs === true && inside === true;
      if (found.size > MOST_PAIRS) {
        return undefined;
      }
      for (const character of characters) {
        const next = states.map((each) => passed(read(each, character)));
        if ((next[1] as Set<State>).size > 0 && (next[2] as Set<State>).size > 0) {
          found.set(keyOf(next), next);
        }
      }
    }
    return shared ? (missing ? 'some' : 'all') : 'none';
  }
}

function read(states: ReadonlySet<State>, character: string): State[] {
  return [...states].flatMap(({ step }) => (step?.fits(character) === true ? step.to : []));
}

/** States, and those that follow without a character. */
function passed(states: readonly State[], place = { isStart: false, isEnd: false }): Set<State> {
  const found = new Set(states);
  for (const { after, only } of found) {
    if (only === undefined || (only === 'start' ? place.isStart : place.isEnd)) {
      for (const each of after) {
        found.add(each);
      }
    }
  }
  return found;
}
