import { Argument, type Command } from 'commander';
import { STUBS } from '../completion/stubs';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

const EXAMPLES = `
Examples:
  echo 'source <(aks-netpol completion bash)' >> ~/.bashrc
  echo 'source <(aks-netpol completion zsh)' >> ~/.zshrc
  echo 'aks-netpol completion fish | source' >> ~/.config/fish/config.fish
  echo 'aks-netpol completion powershell | Out-String | iex' >> $PROFILE`;

/** `completion SHELL`: the few lines that have a shell ask this program, at each Tab, what can stand there. */
export function add(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description('write a script that completes command lines in a shell')
    .addArgument(new Argument('<shell>', 'which shell reads it').choices(Object.keys(STUBS)))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/completion') as typeof import('../verbs/completion')));
}
