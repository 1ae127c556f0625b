import { Writable } from 'node:stream';
import { Argument, Command, Option } from 'commander';
import { programAt } from '../../lib/cli/program';

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

/** The command line as commander knows it. */
export const PROGRAM = programAt({ stdout: nowhere, stderr: nowhere });

/** Text that breaks what is not quoted, for every shell. */
export const NASTY = `it's "all" $(touch pwned) \`touch pwned\` [a] {b} (c) a:b \\ %s * ~ ! ; & | # \u2019end`;

/** A program that nobody wrote with shells in mind. */
export function nastyProgram(): Command {
  const program = new Command('nasty').description(NASTY).version('1.0.0');
  program
    .command('first')
    .alias('one')
    .description(NASTY)
    .option('-o, --open <file>', NASTY)
    .addOption(
      new Option('--choose <what>', `${NASTY}\nand a second line`).choices([
        'plain',
        "it's",
        'two words',
        '$(touch pwned)',
        'a:b',
        '[x]',
      ]),
    )
    .addArgument(new Argument('<which>', NASTY).choices(["that's", 'b c', '`touch pwned`']));
  program.command('second').description('').option('--plain', NASTY);
  return program;
}

/** The verbs of a program, as its help lists them. */
export function verbsOf(program: Command): Command[] {
  return [...program.createHelp().visibleCommands(program)];
}

/** The flags of a verb, as its help lists them. */
export function optionsOf(verb: Command): Option[] {
  return [...verb.createHelp().visibleOptions(verb)];
}
