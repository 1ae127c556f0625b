import { type Command, Option } from 'commander';
import type { Connection } from '../../reachability/answers/list-connections';
import type { Reachability } from '../../reachability/reachability';
import { type BetweenEndsOptions, judgeBetweenEnds, listingBetweenEnds } from '../between-ends';
import { formatOption } from '../judging-options';
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
      const { reachability, filter, namespace, answer } = await judgeBetweenEnds(paths, options, terminal);
      const { groupBy } = options;
      const connections =
        namespace === undefined
          ? reachability.connections({ ...filter, groupBy })
          : connectionsOf(namespace, reachability, groupBy);
      await printAnswer(terminal, options, {
        all: () => connectionListing(connections, answer),
        told: () => connectionTable(connections, reachability, answer),
      });
    });
}

/** What pods of a namespace reach, and then who else reaches them. */
function* connectionsOf(
  namespace: string,
  reachability: Reachability,
  groupBy: ConnectionsOptions['groupBy'],
): Generator<Connection> {
  const end = `${namespace}/*`;
  yield* reachability.connections({ from: end, groupBy });
  for (const row of reachability.connections({ to: end, groupBy })) {
    // What all senders of a row have in the namespace stands there already.
    if (!row.from.workloads?.every(({ workload }) => workload.namespace === namespace)) {
      yield row;
    }
  }
}
