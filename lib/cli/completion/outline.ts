import type { Argument, Command, Option } from 'commander';

/** What a person can type, as commander knows it and `--help` shows it. */
export interface Outline {
  /** The names of the program; the first is its own. */
  readonly names: readonly [string, ...string[]];
  readonly options: readonly OutlineOption[];
  readonly verbs: readonly OutlineVerb[];
}

export interface OutlineVerb {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly options: readonly OutlineOption[];
  readonly operands: readonly Operand[];
}

export interface OutlineOption {
  /** `-n`, `--namespace` */
  readonly flags: readonly string[];
  readonly description: string;
  /** Left out where the option takes none. */
  readonly value?: Operand;
}

/** A place for words of the user's own. */
export interface Operand {
  /** As `--help` has it: `path`. */
  readonly name: string;
  readonly values: Values;
  /** Whether more than one word may stand here. */
  readonly isMany: boolean;
}

/** What can stand in a place. */
export type Values =
  | {
      readonly kind: 'words';
      readonly words: readonly string[];
      /** Whether `=` and a file may follow each. */
      readonly intoFile: boolean;
    }
  /** A file, or a folder. */
  | { readonly kind: 'files' }
  /** A cluster that kubectl knows; no cluster is asked for them. */
  | { readonly kind: 'contexts' }
  /** Nobody knows without asking a cluster. */
  | { readonly kind: 'free' };

const FREE = { kind: 'free' } as const;
const FILES = { kind: 'files' } as const;

/** The ends of connections that have a word of their own; any other end is free. */
const ENDS = ['any', 'internet'];

/** What the names of values mean, where there are no choices; a value's name in `--help` is one of these. */
const VALUES_OF: Readonly<Record<string, (program: Command) => Values>> = {
  after: () => FILES,
  before: () => FILES,
  command: (program) => words(program.createHelp().visibleCommands(program).map(nameOf)),
  context: () => ({ kind: 'contexts' }),
  dir: () => FILES,
  end: () => words(ENDS),
  file: () => FILES,
  from: () => words(ENDS),
  labels: () => FREE,
  name: () => FREE,
  path: () => FILES,
  pattern: () => FILES,
  rule: () => words((require('../../model/finding') as typeof import('../../model/finding')).FINDING_CODES),
  text: () => FREE,
  to: () => words(ENDS),
  where: () => FILES,
};

/**
 * The outline of a program whose verbs have no verbs of their own.
 *
 * @param names the names under which it is installed beside its own
 */
export function outlineOf(program: Command, names: readonly string[] = []): Outline {
  const verbs = program.createHelp().visibleCommands(program);
  return {
    names: [program.name(), ...names.filter((name) => name !== program.name())],
    options: optionsOf(program, program),
    verbs: verbs.map((verb) => ({
      name: verb.name(),
      aliases: verb.aliases(),
      description: verb.description(),
      options: optionsOf(verb, program),
      operands: verb.registeredArguments.map((argument) => operand(argument, argument.name(), program)),
    })),
  };
}

function optionsOf(verb: Command, program: Command): OutlineOption[] {
  return verb
    .createHelp()
    .visibleOptions(verb)
    .map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined),
      description: option.description,
      ...(option.required || option.optional
        ? { value: operand(option, /[<[]([\w-]+)/.exec(option.flags)?.[1] ?? '', program) }
        : {}),
    }));
}

function operand(place: Argument | Option, name: string, program: Command): Operand {
  const intoFile = 'flags' in place && place.flags.includes('[=file]');
  const values =
    place.argChoices === undefined ? VALUES_OF[name]?.(program) : words(place.argChoices, intoFile);
  if (values === undefined) {
    throw new Error(`what can stand in the place of <${name}>? outline.ts does not say`);
  }
  return { name, values, isMany: place.variadic };
}

const words = (list: readonly string[], intoFile = false): Values => ({
  kind: 'words',
  words: list,
  intoFile,
});

const nameOf = (verb: Command) => verb.name();
