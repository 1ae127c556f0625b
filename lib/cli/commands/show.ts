import type { Command } from 'commander';
import { PORTRAIT_RENDERERS } from '../../render/outputs';
import { formatOption } from '../options/format';
import { type JudgingOptions, judging } from '../options/judging';
import {
  type KindOptions,
  kindOption,
  type NamespaceOptions,
  namingCluster,
  PATHS,
  POLICY_NAMES,
  takingPaths,
} from '../options/source';
import type { ColourOptions, Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface ShowOptions extends NamespaceOptions, KindOptions, JudgingOptions, ColourOptions {
  readonly format: keyof typeof PORTRAIT_RENDERERS;
}

const EXAMPLES = `
Examples:
  aks-netpol show db-ingress --namespace shop
  aks-netpol show db-ingress -n shop --format yaml > db-ingress.yaml
  aks-netpol show db-ingress -n shop --engine cilium dist/
  aks-netpol show cnp/shop/web
  aks-netpol show ccnp/block-azure-destinations`;

/** `show NAME [PATH…]`: one policy in sentences, whom it selects and means today, and what was found about it. */
export function add(program: Command, terminal: Terminal): void {
  takingPaths(judging(namingCluster(program.command('show'))))
    .description('tell what a network policy says, whom it means today and what was found about it')
    .argument('<name>', POLICY_NAMES)
    .argument('[path...]', `${PATHS}; the live cluster when left out`)
    .option(
      '-n, --namespace <name>',
      "where it is sought; in files, where objects are that name none; the context's, or default for files, when left out",
    )
    .addOption(kindOption('of which the policy is; then the name has no kind before it'))
    .addOption(formatOption(PORTRAIT_RENDERERS))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/show') as typeof import('../verbs/show')));
}
