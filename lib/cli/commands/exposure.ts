import type { Command } from 'commander';
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

interface ExposureOptions extends JudgeOptions, NamespaceOptions, KnownOptions, PrintOptions {
  readonly from?: string;
  readonly to?: string;
}

const EXAMPLES = `
Examples:
  aks-netpol exposure dist/
  aks-netpol exposure --from internet dist/
  aks-netpol exposure --profile aks.yaml --format csv dist/
  aks-netpol exposure --cluster --context prod`;

/** `exposure PATH…`: for each workload who can reach it at the most, whom it can reach, and what leads to it. */
export function addExposure(program: Command, terminal: Terminal): void {
  namingEnds(
    readingSource(countingKnown(knowing(widening(judging(program.command('exposure')))), COUNTING_POSSIBLE)),
  )
    .description('tell of each workload who can reach it at the most, whom it can reach, and its ways in')
    .argument('[path...]', PATHS)
    .option('--from <end>', REACHING)
    .option('--to <end>', 'only to here')
    .addOption(formatOption('table', 'json', 'csv', 'markdown'))
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: ExposureOptions) => {
      const { judge } = require('../judge') as typeof import('../judge');
      const { exposureListing } =
        require('../../render/exposure-listing') as typeof import('../../render/exposure-listing');
      const { exposureTable } =
        require('../../render/exposure-table') as typeof import('../../render/exposure-table');
      const { clusterMeant } = require('../source') as typeof import('../source');
      const { endsIn } = require('../namespace') as typeof import('../namespace');
      const cluster = clusterMeant(options, terminal);
      const [from, to] = await endsIn(options.namespace, cluster, [options.from, options.to]);
      const known = isKnownOnly(options) ? { knownOnly: true as const } : {};
      const { reachability, isComplete } = await judge(paths, cluster, { ...options, ...known }, terminal);
      const filter = defined({ from, to });
      const exposures = reachability.exposure(filter);
      await printAnswer(terminal, options, {
        all: () => exposureListing(exposures, reachability),
        told: () => exposureTable(exposures, reachability, filter),
      });
      terminal.exitCode = isComplete ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
    });
}
