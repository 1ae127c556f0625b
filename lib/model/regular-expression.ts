import { Automaton } from './automaton';

/** Longer ones may be nested too deep. */
const LONGEST = 1000;

/**
 * Whether an expression fits the whole of a text, as proxies ask; undefined for one that is not understood for sure. What
 * is understood are characters, dots, groups, alternatives, classes, `\d \w \s \.` and the like, `* + ?`, and `^ $`.
 */
export function fitsWhole(expression: string, text: string): boolean | undefined {
  if (expression.length > LONGEST) {
    return undefined;
  }
  const reading: Reading = { rest: expression };
  const read = alternatives(reading);
  return read === undefined || reading.rest !== '' ? undefined : read.accepts(text);
}

/** The part of an expression that has not been read yet. */
interface Reading {
  rest: string;
}

type Read = Automaton | undefined;

function alternatives(reading: Reading): Read {
  const choices: Automaton[] = [];
  do {
    const choice = sequence(reading);
    if (choice === undefined) {
      return undefined;
    }
    choices.push(choice);
  } while (take(reading, /^\|/) !== undefined);
  return Automaton.either(choices);
}

function sequence(reading: Reading): Read {
  const parts: Automaton[] = [];
  while (reading.rest !== '' && !/^[|)]/.test(reading.rest)) {
    const part = repetition(reading);
    if (part === undefined) {
      return undefined;
    }
    parts.push(part);
  }
  return Automaton.sequence(parts);
}

function repetition(reading: Reading): Read {
  const one = single(reading);
  const sign = take(reading, /^[*+?]/);
  // Behind it may stand that as little as possible is meant, which does not matter for whole texts.
  if (sign !== undefined && take(reading, /^\?/) !== undefined && /^[*+?]/.test(reading.rest)) {
    return undefined;
  }
  switch (sign) {
    case '*':
      return one?.repeated.optional;
    case '+':
      return one?.repeated;
    case '?':
      return one?.optional;
    default:
      return one;
  }
}

function single(reading: Reading): Read {
  if (take(reading, /^\((?:\?:)?/) !== undefined) {
    const inner = alternatives(reading);
    return take(reading, /^\)/) === undefined ? undefined : inner;
  }
  const anchor = take(reading, /^[\^$]/);
  if (anchor !== undefined) {
    return Automaton.nothing(anchor === '^' ? 'start' : 'end');
  }
  const character = take(reading, /^(?:\[(?:\\[!-~]|[^\\\]])+\]|\\[dDwWsS!-/:-@[-`{-~]|[^\\[\](){}*+?|^$])/);
  const fits = character === undefined ? undefined : characters(character);
  return fits && Automaton.character(fits);
}

function characters(written: string): ((character: string) => boolean) | undefined {
  if (written.length > 1 && written.startsWith('[')) {
    // What a class has of ASCII, Go and JavaScript know alike.
    try {
      const allowed = new RegExp(`^${written}$`);
      return (character) => allowed.test(character);
    } catch {
      return undefined;
    }
  }
  if (/^\\[DWS]$/.test(written)) {
    const others = characters(written.toLowerCase());
    return others && ((character) => !others(character));
  }
  switch (written) {
    case '.':
      return (character) => character !== '\n';
    case '\\d':
      return (character) => /^[0-9]$/.test(character);
    case '\\w':
      return (character) => /^[0-9A-Za-z_]$/.test(character);
    case '\\s':
      return (character) => /^[\t\n\f\r ]$/.test(character);
    default:
      return (character) => character === written.at(-1);
  }
}

/** Reads what stands next. */
function take(reading: Reading, next: RegExp): string | undefined {
  const [found] = next.exec(reading.rest) ?? [];
  reading.rest = reading.rest.slice(found?.length ?? 0);
  return found;
}
