import type { Command } from 'commander';
import { PICTURES, RENDERERS } from '../../render/outputs';
import { listingBetweenEnds } from '../options/ends';
import { formatOption } from '../options/format';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

const EXAMPLES = `
Examples:
  aks-netpol exposure dist/
  aks-netpol exposure --from internet dist/
  aks-netpol exposure --format matrix dist/
  aks-netpol exposure --profile aks.yaml --format csv dist/
  aks-netpol exposure --cluster --context prod`;

/** `exposure PATH…`: for each workload who can reach it at the most, whom it can reach, and what leads to it. */
export function add(program: Command, terminal: Terminal): void {
  listingBetweenEnds(program.command('exposure'))
    .description('tell of each workload who can reach it at the most, whom it can reach, and its ways in')
    .addOption(formatOption({ ...RENDERERS, ...PICTURES }))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/exposure') as typeof import('../verbs/exposure')));
}
