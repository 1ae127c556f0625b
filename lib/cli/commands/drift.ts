import type { Command } from 'commander';
import { formatOption, type JudgingOptions, judging, type WideOptions, widening } from '../judging-options';
import { namingCluster, PATHS, type SourceOptions, takingPaths } from '../source-options';
import type { Terminal } from '../terminal';

export interface DriftOptions extends JudgingOptions, SourceOptions, WideOptions {
  readonly namespace?: string;
  readonly all?: boolean;
  readonly format: 'text' | 'json';
}

const EXAMPLES = `
Examples:
  aks-netpol drift dist/
  aks-netpol drift dist/ --all --context prod
  aks-netpol drift dist/ --format json | jq '.drift[].name'`;

/** `drift PATH…`: how the cluster differs from manifests. */
export function addDrift(program: Command, terminal: Terminal): void {
  takingPaths(widening(judging(namingCluster(program.command('drift')))))
    .description('tell how the cluster differs from manifests: by object, and by who can reach whom')
    .argument('[path...]', PATHS)
    .option('-n, --namespace <name>', "the namespace of what names none; the context's when left out")
    .option('--all', 'also the policies of the cluster that code does not own')
    .addOption(formatOption('text', 'json'))
    .addHelpText('after', EXAMPLES)
    .action((paths: readonly string[], options: DriftOptions) => {
      const { runDrift } = require('../run-drift') as typeof import('../run-drift');
      return runDrift(paths, options, terminal);
    });
}
