import { type Command, Option } from 'commander';
import { type BetweenEndsOptions, judgeBetweenEnds, listingBetweenEnds } from '../between-ends';
import { formatOption } from '../options';
import { printAnswer } from '../print-listing';
import type { Terminal } from '../terminal';

interface ConnectionsOptions extends BetweenEndsOptions {
  readonly groupBy: 'behaviour' | 'workload';
}

const EXAMPLES = `
Examples:
  aks-netpol connections dist/
  aks-netpol connections --to shop/db --group-by workload dist/
  helm template shop | aks-netpol connections --engine cilium --format csv -
  aks-netpol connections --cluster --context prod --from internet`;

/** `connections PATH…`: everything that is allowed or in doubt. */
export function addConnections(program: Command, terminal: Terminal): void {
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
    .addOption(formatOption('table', 'json', 'csv', 'markdown'))
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: ConnectionsOptions) => {
      const { connectionListing } =
        require('../../render/connection-listing') as typeof import('../../render/connection-listing');
      const { connectionTable } =
        require('../../render/connection-table') as typeof import('../../render/connection-table');
      const { reachability, filter } = await judgeBetweenEnds(paths, options, terminal);
      const connections = reachability.connections({ ...filter, groupBy: options.groupBy });
      await printAnswer(terminal, options, {
        all: () => connectionListing(connections, reachability),
        told: () => connectionTable(connections, reachability),
      });
    });
}
