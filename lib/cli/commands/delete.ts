import type { Command } from 'commander';
import { type ChangingOptions, changing } from '../options/changing';
import { type KindOptions, kindOption, POLICY_NAMES } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface DeleteOptions extends ChangingOptions, KindOptions {
  readonly ignoreNotFound?: boolean;
}

const EXAMPLES = `
Examples:
  aks-netpol delete db-ingress --namespace shop --dry-run
  aks-netpol delete shop/db-ingress shop/default-deny --yes
  aks-netpol delete cnp/shop/web ccnp/default-deny`;

/** `delete NAME…`: policies are deleted, after what that opens was seen. */
export function add(program: Command, terminal: Terminal): void {
  changing(program.command('delete'))
    .description('show what deleting policies opens, ask, and delete them')
    .argument('<name...>', `${POLICY_NAMES}; without a kind NetworkPolicies are meant`)
    .addOption(kindOption('of which the policies are; then the names have no kind before them'))
    .option('--ignore-not-found', 'delete what is there, and say what is not')
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/delete') as typeof import('../verbs/delete')));
}
