import type { Argument, Command, Option } from 'commander';
import { FINDING_CODES } from '../../model/finding';
import { GATES } from '../../model/gate-name';
import { asOneLine } from '../../model/harmless';

/**
 * What can stand in a place: lines, each a word and behind a tab what it is for, where that is known; a file or a folder;
 * or a cluster that kubectl knows.
 */
type Values = readonly string[] | 'files' | 'contexts';

/** What the names of values in `--help` mean, where there are no choices. */
const MEANINGS: readonly (readonly [names: readonly string[], values: (program: Command) => Values])[] = [
  [['after', 'before', 'dir', 'file', 'path', 'pattern', 'where'], () => 'files'],
  [['command'], verbLines],
  [['context'], () => 'contexts'],
  // The ends that have a word of their own. Any other one only the cluster knows, as it does all labels and names.
  [['end', 'from', 'to'], () => ['any', 'internet']],
  [['labels', 'name', 'port', 'ref', 'request', 'text'], () => []],
  [['gate'], () => [...Object.keys(GATES), 'namespace:']],
  [['rule'], () => FINDING_CODES],
];

/** What can stand where the cursor is, and what stands before it in its word: `--format=`. */
type Offers = readonly [before: string, values: Values];

/**
 * What can stand where the cursor is, by what commander knows of a program whose verbs have no verbs of their own.
 *
 * @param typed the words before the one with the cursor
 * @param word that one
 */
export function offersAt(program: Command, typed: readonly string[], word: string): Offers {
  let verb = program;
  let operands = 0;
  let isEnded = false;
  // Whose value comes next, and whose more values may come, up to the next option.
  let option: Option | undefined;
  let many: Option | undefined;
  for (const each of typed) {
    const taking: Option | undefined = option ?? (isFlag(each) ? undefined : many);
    option = undefined;
    many = taking?.variadic ? taking : undefined;
    if (taking !== undefined) {
      continue;
    }
    if (!isEnded && each === '--') {
      isEnded = true;
    } else if (!isEnded && isFlag(each)) {
      option = optionOf(verb, each);
    } else if (verb !== program) {
      operands += 1;
    } else {
      const named = verbsOf(program).find((one) => one.name() === each || one.aliases().includes(each));
      if (named === undefined) {
        return ['', []];
      }
      verb = named;
    }
  }
  const mayBeFlag = word.startsWith('-');
  const taking = option ?? (mayBeFlag ? undefined : many);
  if (taking !== undefined) {
    return valuesOf(taking, program, '', word);
  }
  if (mayBeFlag && !isEnded) {
    // A value can stand in the word of its option, too: --format=json, -kdist.
    const [before = '', long, short = ''] = /^(--[^=]+)=|^(-[^-])(?=.)/.exec(word) ?? [];
    const joint = optionOf(verb, long ?? short);
    return joint === undefined
      ? ['', flagLines(verb)]
      : valuesOf(joint, program, before, word.slice(before.length));
  }
  if (verb === program) {
    return ['', verbLines(program)];
  }
  const places = verb.registeredArguments;
  const place = places[operands] ?? places.find(({ variadic }) => variadic);
  return place === undefined ? ['', isEnded ? [] : flagLines(verb)] : valuesOf(place, program, '', word);
}

/** @param typed how much of the value stands there */
function valuesOf(place: Argument | Option, program: Command, before: string, typed: string): Offers {
  const { argChoices } = place;
  const flags = 'flags' in place ? place.flags : `<${place.name()}>`;
  if (argChoices !== undefined) {
    const format = flags.includes('[=file]') ? /^[^=]*=/.exec(typed)?.[0] : undefined;
    return format === undefined ? [before, argChoices] : [before + format, 'files'];
  }
  const name = /[<[]([\w-]+)/.exec(flags)?.[1] ?? '';
  const meaning = MEANINGS.find(([names]) => names.includes(name));
  if (meaning === undefined) {
    throw new Error(`what can stand in the place of <${name}>? offers.ts does not say`);
  }
  return [before, meaning[1](program)];
}

/** The option of a flag, if it takes a value. */
function optionOf(verb: Command, flag: string): Option | undefined {
  return verb.options.find(
    ({ short, long, required, optional }) => (short === flag || long === flag) && (required || optional),
  );
}

function flagLines(verb: Command): string[] {
  const options = verb.createHelp().visibleOptions(verb);
  return options.flatMap(({ short, long, description }) => linesOf([short, long], description));
}

function verbLines(program: Command): string[] {
  return verbsOf(program).flatMap((verb) => linesOf([verb.name(), ...verb.aliases()], verb.description()));
}

function verbsOf(program: Command): Command[] {
  return program.createHelp().visibleCommands(program);
}

function linesOf(words: readonly (string | undefined)[], description: string): string[] {
  return words.flatMap((word) => (word === undefined ? [] : `${word}\t${asOneLine(description)}`.trimEnd()));
}

/** `-` alone is standard input. */
function isFlag(word: string): boolean {
  return /^-./.test(word);
}
