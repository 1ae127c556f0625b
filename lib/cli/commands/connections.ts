import { type Command, Option } from 'commander';
import { defined } from '../../model/defined';
import { EXIT_CODE } from '../exit-code';
import type { NamespaceOptions } from '../namespace';
import {
  COUNTING_POSSIBLE,
  countingKnown,
  formatOption,
  isKnownOnly,
  type JudgeOptions,
  judging,
  type KnownOptions,
  knowing,
  widening,
} from '../options';
import { type PrintOptions, printAnswer } from '../print-listing';
import { namingEnds, PATHS, REACHING, readingSource } from '../source-options';
import type { Terminal } from '../terminal';

interface ConnectionsOptions extends JudgeOptions, NamespaceOptions, KnownOptions, PrintOptions {
  readonly from?: string;
  readonly to?: string;
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
  namingEnds(
    readingSource(
      countingKnown(knowing(widening(judging(program.command('connections')))), COUNTING_POSSIBLE),
    ),
  )
    .description('list everything that is allowed, and what depends on what is not known')
    .argument('[path...]', PATHS)
    .option('--from <end>', REACHING)
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
    .action(async (paths: readonly string[], options: ConnectionsOptions) => {
      const { judge } = require('../judge') as typeof import('../judge');
      const { connectionListing } =
        require('../../render/connection-listing') as typeof import('../../render/connection-listing');
      const { connectionTable } =
        require('../../render/connection-table') as typeof import('../../render/connection-table');
      const { clusterMeant } = require('../source') as typeof import('../source');
      const { endsIn } = require('../namespace') as typeof import('../namespace');
      const cluster = clusterMeant(options, terminal);
      const [from, to] = await endsIn(options.namespace, cluster, [options.from, options.to]);
      const known = isKnownOnly(options) ? { knownOnly: true as const } : {};
      const { reachability, isComplete } = await judge(paths, cluster, { ...options, ...known }, terminal);
      const wanted = defined({ groupBy: options.groupBy, from, to });
      await printAnswer(terminal, options, {
        all: () => connectionListing(reachability.connections(wanted), reachability),
        told: () => connectionTable(reachability.connections(wanted), reachability),
      });
      terminal.exitCode = isComplete ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
    });
}
