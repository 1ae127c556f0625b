import { Argument, type Command } from 'commander';
import { harmless } from '../../model/harmless';
import { EXIT_CODE } from '../exit-code';
import { print, type Terminal } from '../terminal';

/** The shells that can be completed. */
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

type Shell = (typeof SHELLS)[number];

const EXAMPLES = `
Examples:
  echo 'source <(aks-netpol completion bash)' >> ~/.bashrc
  echo 'source <(aks-netpol completion zsh)' >> ~/.zshrc
  echo 'aks-netpol completion fish | source' >> ~/.config/fish/config.fish
  echo 'aks-netpol completion powershell | Out-String | iex' >> $PROFILE`;

/**
 * `completion SHELL`: a script that completes command lines. The script has all the words in it, taken from the
 * program as `--help` takes them; asking the program at each Tab would be in step as well, but Node alone takes
 * longer to start than a person waits for a Tab.
 */
export function addCompletion(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description('write a script that completes command lines in a shell')
    .addArgument(new Argument('<shell>', 'which shell reads it').choices(SHELLS))
    .addHelpText('after', EXAMPLES)
    .action(async (shell: Shell) => {
      const { outlineOf } = require('../completion/outline') as typeof import('../completion/outline');
      const { COMPLETIONS } = require('../completion/shells') as typeof import('../completion/shells');
      const { bin } = require('../../../package.json') as { bin: Record<string, string> };
      await print(terminal.stdout, [harmless(COMPLETIONS[shell](outlineOf(program, Object.keys(bin))))]);
      terminal.exitCode = EXIT_CODE.yes;
    });
}
