import type { Command } from 'commander';
import { PATHS, takingPaths } from '../source-options';
import type { Terminal } from '../terminal';
import { type ApplyOptions, applying } from '../write-options';

const APPLY_EXAMPLES = `
Examples:
  aks-netpol apply dist/ --dry-run
  aks-netpol apply dist/ --profile prod.yaml --fail-on warning --yes`;

const CREATE_EXAMPLES = `
Examples:
  aks-netpol create --filename policy.yaml --namespace shop
  helm template shop | aks-netpol create --filename - --yes`;

/** `apply PATH…`: policies are created or changed, after what that opens and closes was seen. */
export function addApply(program: Command, terminal: Terminal): void {
  takingPaths(applying(program.command('apply')))
    .description('judge policies, show what they open and close in the cluster, ask, and apply them')
    .argument('[path...]', `${PATHS}; only NetworkPolicies are applied`)
    .addHelpText('after', APPLY_EXAMPLES)
    .action((paths: readonly string[], options: ApplyOptions) => run(paths, 'apply', options, terminal));
}

/** `create -f PATH…`: as apply, but what is there already is a mistake. */
export function addCreate(program: Command, terminal: Terminal): void {
  takingPaths(applying(program.command('create')))
    .description('as apply, for policies that must not be there yet')
    .option('-f, --filename <path...>', `${PATHS}; only NetworkPolicies are created`)
    .addHelpText('after', CREATE_EXAMPLES)
    .action(({ filename = [], ...options }: ApplyOptions & { readonly filename?: readonly string[] }) =>
      run(filename, 'create', options, terminal),
    );
}

function run(
  paths: readonly string[],
  verb: 'apply' | 'create',
  options: ApplyOptions,
  terminal: Terminal,
): Promise<void> {
  const { runApply } = require('../run-apply') as typeof import('../run-apply');
  return runApply(paths, verb, options, terminal);
}
