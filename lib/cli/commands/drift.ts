import type { Command } from 'commander';
import { DRIFT_RENDERERS } from '../../render/outputs';
import { formatOption, type WideOptions, wideOption } from '../options/format';
import { type JudgingOptions, judging } from '../options/judging';
import { type NamespaceOptions, namingCluster, PATHS, takingPaths } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface DriftOptions extends JudgingOptions, NamespaceOptions, WideOptions {
  readonly all?: boolean;
  readonly format: keyof typeof DRIFT_RENDERERS;
}

const EXAMPLES = `
Examples:
  aks-netpol drift dist/
  aks-netpol drift dist/ --all --context prod
  aks-netpol drift dist/ --format svg > drift.svg
  aks-netpol drift dist/ --format json | jq '.drift[].name'`;

/** `drift PATH…`: how the cluster differs from manifests. */
export function add(program: Command, terminal: Terminal): void {
  takingPaths(judging(namingCluster(program.command('drift'))).addOption(wideOption()))
    .description('tell how the cluster differs from manifests: by object, and by who can reach whom')
    .argument('[path...]', PATHS)
    .option('-n, --namespace <name>', "the namespace of what names none; the context's when left out")
    .option('--all', 'also the policies of the cluster that code does not own')
    .addOption(formatOption(DRIFT_RENDERERS))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/drift') as typeof import('../verbs/drift')));
}
