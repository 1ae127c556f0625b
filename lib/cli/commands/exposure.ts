import type { Command } from 'commander';
import { type BetweenEndsOptions, judgeBetweenEnds, listingBetweenEnds } from '../between-ends';
import { formatOption } from '../judging-options';
import { printAnswer } from '../print-listing';
import type { Terminal } from '../terminal';

const EXAMPLES = `
Examples:
  aks-netpol exposure dist/
  aks-netpol exposure --from internet dist/
  aks-netpol exposure --profile aks.yaml --format csv dist/
  aks-netpol exposure --cluster --context prod`;

/** `exposure PATH…`: for each workload who can reach it at the most, whom it can reach, and what leads to it. */
export function addExposure(program: Command, terminal: Terminal): void {
  listingBetweenEnds(program.command('exposure'))
    .description('tell of each workload who can reach it at the most, whom it can reach, and its ways in')
    .addOption(formatOption('table', 'json', 'csv', 'markdown'))
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: BetweenEndsOptions) => {
      const { exposureListing } =
        require('../../render/exposure-listing') as typeof import('../../render/exposure-listing');
      const { exposureTable } =
        require('../../render/exposure-table') as typeof import('../../render/exposure-table');
      const { reachability, filter, namespace, answer } = await judgeBetweenEnds(paths, options, terminal);
      const exposures = reachability
        .exposure(filter)
        .filter(({ workload }) => namespace === undefined || workload.namespace === namespace);
      await printAnswer(terminal, options, {
        all: () => exposureListing(exposures, answer),
        told: () => exposureTable(exposures, reachability, answer, filter),
      });
    });
}
