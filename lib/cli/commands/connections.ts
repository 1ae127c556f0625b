import { type Command, Option } from 'commander';
import { PICTURES, RENDERERS } from '../../render/outputs';
import { type BetweenEndsOptions, listingBetweenEnds } from '../options/ends';
import { formatOption } from '../options/format';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface ConnectionsOptions extends BetweenEndsOptions {
  readonly groupBy: 'behaviour' | 'workload';
}

const EXAMPLES = `
Examples:
  aks-netpol connections dist/
  aks-netpol connections --to shop/db --group-by workload dist/
  aks-netpol connections --format svg dist/ > network.svg
  helm template shop | aks-netpol connections --engine cilium --format csv -
  aks-netpol connections --cluster --context prod --from internet`;

/** `connections PATH…`: everything that is allowed or in doubt. */
export function add(program: Command, terminal: Terminal): void {
  listingBetweenEnds(program.command('connections'))
    .description('list everything that is allowed, and what depends on what is not known')
    .addOption(
      new Option(
        '--group-by <what>',
        'behaviour: what is treated alike shares a row; workload: a row for each pair',
      )
        .choices(['behaviour', 'workload'])
        .default('behaviour'),
    )
    .addOption(formatOption({ ...RENDERERS, ...PICTURES }))
    .addHelpText('after', EXAMPLES)
    .action(
      whenRun(terminal, () => require('../verbs/connections') as typeof import('../verbs/connections')),
    );
}
