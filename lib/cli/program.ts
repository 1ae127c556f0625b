import { Command, CommanderError } from 'commander';
import { NetworkPolicyError } from '../model/problem';
import { addApply, addCreate } from './commands/apply';
import { addCompletion } from './commands/completion';
import { addConnections } from './commands/connections';
import { addDelete } from './commands/delete';
import { addDiff } from './commands/diff';
import { addDoctor } from './commands/doctor';
import { addDrift } from './commands/drift';
import { addExplain } from './commands/explain';
import { addImport } from './commands/import';
import { addLint } from './commands/lint';
import { addList } from './commands/list';
import { addReach } from './commands/reach';
import { addShow } from './commands/show';
import { EXIT_CODE, EXIT_CODES, type ExitCode, NO_CLUSTER } from './exit-code';
import { complain, foldedFor, type Terminal, widthOf } from './terminal';

/** How wide help is where nobody looks at it. */
const PIPE_WIDTH = 80;

/**
 * Runs a command line. A verb loads the evaluator and the reader of manifests only when it runs, so that
 * `--help` and mistakes are answered at once.
 *
 * @param words what follows the program's name
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<void> {
  try {
    await programAt(terminal).parseAsync(words, { from: 'user' });
  } catch (error) {
    terminal.exitCode = await answerTo(error, terminal);
  }
}

/** The program with all its verbs. */
export function programAt(terminal: Terminal): Command {
  const { version } = require('../../package.json') as { version: string };
  const program = new Command('aks-netpol')
    .description('Who can reach whom under the network policies of an AKS cluster, from the manifests alone.')
    .version(version)
    .addHelpText('afterAll', ({ error }) =>
      [...foldedFor(error ? terminal.stderr : terminal.stdout, [EXIT_CODES])].join(''),
    )
    .showHelpAfterError('(add --help for arguments, options and examples)')
    .configureHelp({
      // Every verb has options; without the word for them there is room for what a verb does.
      subcommandTerm: (verb) => `${verb.name()} ${verb.usage().replace(/^\[options\] ?/, '')}`.trimEnd(),
      minWidthToWrap: 30,
    })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => widthOf(terminal.stdout) ?? PIPE_WIDTH,
      getErrHelpWidth: () => widthOf(terminal.stderr) ?? PIPE_WIDTH,
    });
  for (const add of [
    addConnections,
    addReach,
    addExplain,
    addDiff,
    addLint,
    addList,
    addShow,
    addImport,
    addApply,
    addCreate,
    addDelete,
    addDrift,
    addDoctor,
    addCompletion,
  ]) {
    add(program, terminal);
  }
  return program;
}

/** Commander has printed its own complaint; what is wrong with the input is one line, without a stack. */
async function answerTo(error: unknown, terminal: Terminal): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
  }
  // Anything else is a mistake of this program, and its place helps to mend it.
  if (!(error instanceof NetworkPolicyError)) {
    terminal.stderr.write(`error: ${(error as Error).stack ?? error}\n`);
    return EXIT_CODE.cannotJudge;
  }
  await complain(terminal, [`error: ${error.message}\n`]);
  return NO_CLUSTER.includes(error.code) ? EXIT_CODE.noCluster : EXIT_CODE.cannotJudge;
}
