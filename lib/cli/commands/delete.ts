import type { Command } from 'commander';
import { type ChangingOptions, changing } from '../options/changing';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface DeleteOptions extends ChangingOptions {
  readonly ignoreNotFound?: boolean;
}

const EXAMPLES = `
Examples:
  aks-netpol delete db-ingress --namespace shop --dry-run
  aks-netpol delete shop/db-ingress shop/default-deny --yes`;

/** `delete NAME…`: policies are deleted, after what that opens was seen. */
export function add(program: Command, terminal: Terminal): void {
  changing(program.command('delete'))
    .description('show what deleting policies opens, ask, and delete them')
    .argument('<name...>', 'NAME, in the namespace of --namespace, or NAMESPACE/NAME')
    .option('--ignore-not-found', 'delete what is there, and say what is not')
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/delete') as typeof import('../verbs/delete')));
}
