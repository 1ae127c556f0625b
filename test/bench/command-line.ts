import { SIZE_NAMES, type SizeName } from './sizes';

export const PARTS = [
  'synthesis',
  'loading',
  'start',
  'reading',
  'evaluation',
  'cilium',
  'lint',
  'difference',
  'growth',
] as const;
export type Part = (typeof PARTS)[number];

/** Another program to be run on the same manifests. */
export interface Against {
  /** The program and its words; `{}` stands for the folder with the manifests. */
  readonly against: readonly string[];
  /** Seconds by the clock after which a run is given up. */
  readonly limit: number;
  readonly sizes: readonly SizeName[];
}

export interface Own {
  readonly parts: readonly Part[];
  /** @default those that each part finds telling */
  readonly sizes?: readonly SizeName[];
}

/** A command line that means nothing; the message says what to write. */
export class UsageError extends Error {}

const EXAMPLE = "npm run bench -- --against 'program --dir {}'";

export const USAGE = `npm run bench                      everything below
npm run bench -- PART…             only these: ${PARTS.join(', ')}
npm run bench -- --against CMD     another program on the same manifests, by the time of aks-netpol connections;
                                   {} in CMD is the folder with the manifests, without it the folder comes last
  --size NAME[,NAME…]              only these clusters: ${SIZE_NAMES.join(', ')}
  --limit SECONDS                  with --against: when to give up a run, 120 unless told`;

const DEFAULT_LIMIT = 120;

/** @throws UsageError */
export function readCommandLine(words: readonly string[]): Own | Against | 'help' {
  const rest = [...words];
  const parts: Part[] = [];
  let command: readonly string[] | undefined;
  let limit: number | undefined;
  let sizes: readonly SizeName[] | undefined;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help') {
      return 'help';
    }
    if (word === '--against') {
      command = splitCommand(rest.shift() ?? '');
    } else if (word === '--limit') {
      limit = readLimit(rest.shift());
    } else if (word === '--size') {
      sizes = readSizes(rest.shift());
    } else if (command !== undefined) {
      throw new UsageError(`"${word}" stands after the command: put all of it in quotes, as in ${EXAMPLE}`);
    } else {
      parts.push(oneOf('part', PARTS, word));
    }
  }
  if (command === undefined) {
    if (limit !== undefined) {
      throw new UsageError(`--limit goes with --against, as in ${EXAMPLE} --limit 60`);
    }
    return { parts: parts.length > 0 ? parts : PARTS, ...(sizes === undefined ? {} : { sizes }) };
  }
  if (parts.length > 0) {
    throw new UsageError(`--against runs alone: leave out "${parts.join(' ')}"`);
  }
  return {
    against: command,
    limit: limit ?? DEFAULT_LIMIT,
    sizes: sizes ?? SIZE_NAMES.filter((name) => name !== '100000pods'),
  };
}

function oneOf<T extends string>(what: string, allowed: readonly T[], got: string): T {
  const found = allowed.find((each) => each === got);
  if (found === undefined) {
    throw new UsageError(`there is no ${what} "${got}": write one of ${allowed.join(', ')}`);
  }
  return found;
}

function readLimit(text = ''): number {
  const seconds = Number(text);
  // A timer counts milliseconds in 31 bits.
  if (text === '' || !(seconds > 0 && seconds <= 1_000_000)) {
    throw new UsageError(`--limit needs a number of seconds, not "${text}": write --limit 60`);
  }
  return seconds;
}

/** Always from small to large. */
function readSizes(text = ''): readonly SizeName[] {
  const chosen = new Set(text.split(',').map((name) => oneOf('size', SIZE_NAMES, name)));
  return SIZE_NAMES.filter((name) => chosen.has(name));
}

/** Words at spaces, as a shell splits them, with '…' and "…"; nothing else has a meaning. */
export function splitCommand(command: string): readonly string[] {
  const word = /(?:[^\s"']|"[^"]*"|'[^']*')+/g;
  if (command.replace(word, '').trim() !== '') {
    throw new UsageError(`a quote is not closed in ${command}`);
  }
  const words = (command.match(word) ?? []).map((each) => each.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
  if (words.length === 0) {
    throw new UsageError(`--against needs a command: write ${EXAMPLE}`);
  }
  return words;
}

/** The words to run, with the folder in the place of every `{}`, or at the end. */
export function withFolder(words: readonly string[], folder: string): readonly string[] {
  return words.some((word) => word.includes('{}'))
    ? words.map((word) => word.replaceAll('{}', () => folder))
    : [...words, folder];
}
