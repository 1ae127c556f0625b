import type { Command } from 'commander';
import type { Terminal } from '../terminal';
import { type DeleteOptions, writing } from '../write-options';

const EXAMPLES = `
Examples:
  aks-netpol delete db-ingress --namespace shop --dry-run
  aks-netpol delete shop/db-ingress shop/default-deny --yes`;

/** `delete NAME…`: policies are deleted, after what that opens was seen. */
export function addDelete(program: Command, terminal: Terminal): void {
  writing(program.command('delete'))
    .description('show what deleting policies opens, ask, and delete them')
    .argument('<name...>', 'NAME, in the namespace of --namespace, or NAMESPACE/NAME')
    .option('--ignore-not-found', 'delete what is there, and say what is not')
    .addHelpText('after', EXAMPLES)
    .action((names: readonly string[], options: DeleteOptions) => {
      const { runDelete } = require('../run-delete') as typeof import('../run-delete');
      return runDelete(names, options, terminal);
    });
}
