import { Command, CommanderError } from 'commander';
import { inOneLine } from '../model/harmless';
import { MAX_FILE_BYTES, MAX_FOLDER_ENTRIES } from '../model/limits';
import { NetworkPolicyError } from '../model/problem';
import { EXIT_CODE, type ExitCode, exitCodesOf, NO_CLUSTER } from './exit-code';
import { colourOption } from './options/format';
import { complain, foldedFor, print, type Terminal, widthOf, writeAtOnce } from './terminal';

/** What a verb can be told; its work is loaded when it runs. */
interface VerbDeclaration {
  add(program: Command, terminal: Terminal): void;
}

/** By which name the program was called, and what that means. */
export interface Called {
  readonly name: string;
  /** As a plugin of kubectl: verbs read the cluster, unless they are given files. */
  readonly isPlugin?: true;
}

const AKS_NETPOL: Called = { name: 'aks-netpol' };

export const KUBECTL_PLUGIN: Called = { name: 'kubectl aks-netpol', isPlugin: true };

/** The verbs in the order of help, each loaded when it is added. */
const VERBS: Readonly<Record<string, () => VerbDeclaration>> = {
  connections: () => require('./commands/connections') as typeof import('./commands/connections'),
  exposure: () => require('./commands/exposure') as typeof import('./commands/exposure'),
  reach: () => require('./commands/reach') as typeof import('./commands/reach'),
  explain: () => require('./commands/explain') as typeof import('./commands/explain'),
  diff: () => require('./commands/diff') as typeof import('./commands/diff'),
  report: () => require('./commands/report') as typeof import('./commands/report'),
  lint: () => require('./commands/lint') as typeof import('./commands/lint'),
  list: () => require('./commands/list') as typeof import('./commands/list'),
  show: () => require('./commands/show') as typeof import('./commands/show'),
  import: () => require('./commands/import') as typeof import('./commands/import'),
  convert: () => require('./commands/convert') as typeof import('./commands/convert'),
  apply: () => require('./commands/apply') as typeof import('./commands/apply'),
  create: () => require('./commands/create') as typeof import('./commands/create'),
  delete: () => require('./commands/delete') as typeof import('./commands/delete'),
  drift: () => require('./commands/drift') as typeof import('./commands/drift'),
  doctor: () => require('./commands/doctor') as typeof import('./commands/doctor'),
  init: () => require('./commands/init') as typeof import('./commands/init'),
  completion: () => require('./commands/completion') as typeof import('./commands/completion'),
};

/** What a shell asks at each Tab; it is in no help, for people have no use for it. */
const COMPLETE = '__complete';

/** How much is read, as `--help` shows it. */
const LIMITS = `
Limits:
  ${MAX_FILE_BYTES / 1024 ** 2} MiB in a file or from standard input, ${MAX_FOLDER_ENTRIES.toLocaleString('en')} files and folders in a folder; what is more is not read, and told`;

/** How wide help is where nobody looks at it. */
const PIPE_WIDTH = 80;

/**
 * Runs a command line. A verb loads the evaluator and the reader of manifests only when it runs, so that
 * `--help` and mistakes are answered at once.
 *
 * @param words what follows the program's name
 * @param called by which name
 */
export async function run(
  words: readonly string[],
  terminal: Terminal,
  called: Called = AKS_NETPOL,
): Promise<void> {
  try {
    if (words[0] === COMPLETE) {
      const { completionOf } = require('./completion/answer') as typeof import('./completion/answer');
      await print(terminal.stdout, [await completionOf(words.slice(1), (verb) => programAt(terminal, verb))]);
      return;
    }
    await programAt(terminal, words[0], called).parseAsync(words, { from: 'user' });
  } catch (error) {
    terminal.exitCode = await answerTo(error, terminal);
  }
}

/**
 * The program with all its verbs.
 *
 * @param verb the first word of a command line: where it is a verb, it is the only one, for each costs time to load
 */
export function programAt(terminal: Terminal, verb?: string, called: Called = AKS_NETPOL): Command {
  const { version } = require('../../package.json') as { version: string };
  const program = new Command(called.name)
    .description('Who can reach whom under the network policies of an AKS cluster, from the manifests alone.')
    .version(version)
    .addHelpText('afterAll', ({ error, command }) =>
      [...foldedFor(error ? terminal.stderr : terminal.stdout, [exitCodesOf(command.name())])].join(''),
    )
    .addHelpText('after', ({ error }) =>
      [...foldedFor(error ? terminal.stderr : terminal.stdout, [LIMITS])].join(''),
    )
    .showHelpAfterError('(add --help for arguments, options and examples)')
    .configureHelp({
      // Every verb has options; without the word for them there is room for what a verb does.
      subcommandTerm: (verb) => `${verb.name()} ${verb.usage().replace(/^\[options\] ?/, '')}`.trimEnd(),
      minWidthToWrap: 30,
    })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => writeAtOnce(terminal.stdout, text),
      writeErr: (text) => writeAtOnce(terminal.stderr, text),
      getOutHelpWidth: () => widthOf(terminal.stdout) ?? PIPE_WIDTH,
      getErrHelpWidth: () => widthOf(terminal.stderr) ?? PIPE_WIDTH,
    });
  const alone = verb !== undefined && Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  for (const load of alone === undefined ? Object.values(VERBS) : [alone]) {
    load().add(program, terminal);
  }
  for (const each of program.commands.filter(hasFormats)) {
    each.addOption(colourOption());
  }
  if (called.isPlugin === true) {
    const { readClusterByDefault } = require('./kubectl-plugin') as typeof import('./kubectl-plugin');
    readClusterByDefault(program);
  }
  return program;
}

function hasFormats(verb: Command): boolean {
  return verb.options.some(({ long }) => long === '--format');
}

/** Commander has printed its own complaint; what is wrong with the input is one line, without a stack. */
async function answerTo(error: unknown, terminal: Terminal): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
  }
  // Anything else is a mistake of this program, and its place helps to mend it.
  if (!(error instanceof NetworkPolicyError)) {
    writeAtOnce(terminal.stderr, `error: ${(error as Error).stack ?? error}\n`);
    return EXIT_CODE.cannotJudge;
  }
  await complain(terminal, [`error: ${inOneLine(error.message)}\n`]);
  return NO_CLUSTER.includes(error.code) ? EXIT_CODE.noCluster : EXIT_CODE.cannotJudge;
}
