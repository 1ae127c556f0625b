import { type Command, Option } from 'commander';
import { defined } from '../../model/defined';
import type { Format } from '../../render/renderers';
import { EXIT_CODE } from '../exit-code';
import type { NamespaceOptions } from '../namespace';
import { formatOption, type JudgeOptions, judging } from '../options';
import { END, namingEnds, PATHS, readingSource } from '../source-options';
import { layoutOf, print, type Terminal } from '../terminal';

interface ConnectionsOptions extends JudgeOptions, NamespaceOptions {
  readonly from?: string;
  readonly to?: string;
  readonly groupBy: 'behaviour' | 'workload';
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  aks-netpol connections dist/
  aks-netpol connections --to shop/db --group-by workload dist/
  helm template shop | aks-netpol connections --engine cilium --format csv -
  aks-netpol connections --cluster --context prod --from internet`;

/** `connections PATH…`: everything that is allowed or in doubt. */
export function addConnections(program: Command, terminal: Terminal): void {
  namingEnds(readingSource(judging(program.command('connections'))))
    .description('list everything that is allowed, and what depends on what is not known')
    .argument('[path...]', PATHS)
    .option('--from <end>', `only from here: ${END} or internet`)
    .option('--to <end>', 'only to here')
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
    .action(async (paths: readonly string[], { format, ...options }: ConnectionsOptions) => {
      const { judge } = require('../judge') as typeof import('../judge');
      const { connectionListing } =
        require('../../render/connection-listing') as typeof import('../../render/connection-listing');
      const { RENDERERS } = require('../../render/renderers') as typeof import('../../render/renderers');
      const { endsIn } = require('../namespace') as typeof import('../namespace');
      const [from, to] = await endsIn(options, [options.from, options.to]);
      const { reachability, isComplete } = await judge(paths, options, terminal);
      const wanted = defined({ groupBy: options.groupBy, from, to });
      const rows = connectionListing(reachability.connections(wanted));
      await print(terminal.stdout, RENDERERS[format](rows, layoutOf(terminal)));
      terminal.exitCode = isComplete ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
    });
}
