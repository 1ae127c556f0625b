import type { Command } from 'commander';
import { applying } from '../options/changing';
import { PATHS, takingPaths } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

const EXAMPLES = `
Examples:
  aks-netpol apply dist/ --dry-run
  aks-netpol apply dist/ --profile prod.yaml --fail-on warning --yes`;

/** `apply PATH…`: policies are created or changed, after what that opens and closes was seen. */
export function add(program: Command, terminal: Terminal): void {
  takingPaths(applying(program.command('apply')))
    .description('judge policies, show what they open and close in the cluster, ask, and apply them')
    .argument('[path...]', `${PATHS}; only NetworkPolicies and Cilium’s policies are applied`)
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/apply') as typeof import('../verbs/apply')));
}
