import type { Command } from 'commander';
import { type ApplyOptions, applying } from '../options/changing';
import { PATHS, takingPaths } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface CreateOptions extends ApplyOptions {
  readonly filename?: readonly string[];
}

const EXAMPLES = `
Examples:
  aks-netpol create --filename policy.yaml --namespace shop
  helm template shop | aks-netpol create --filename - --yes`;

/** `create -f PATH…`: as apply, but what is there already is a mistake. */
export function add(program: Command, terminal: Terminal): void {
  takingPaths(applying(program.command('create')))
    .description('as apply, for policies that must not be there yet')
    .option('-f, --filename <path...>', `${PATHS}; only NetworkPolicies and Cilium’s policies are created`)
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/create') as typeof import('../verbs/create')));
}
