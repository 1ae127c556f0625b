import type { Command } from 'commander';
import type { Format } from '../../render/renderers';
import { ask, asking } from '../judge-question';
import { formatOption, type JudgingOptions } from '../judging-options';
import type { NamespaceOptions } from '../namespace';
import { printListing } from '../print-listing';
import type { Terminal } from '../terminal';

const EXAMPLES = `
Examples:
  aks-netpol reach shop/web shop/db 5432 dist/
  aks-netpol reach internet shop/web http --engine cilium dist/
  aks-netpol reach web db 5432 --cluster --namespace shop`;

/** `reach FROM TO [PORT] PATH…`: whether one end can talk to the other; the exit code says it too. */
export function addReach(program: Command, terminal: Terminal): void {
  asking(program.command('reach'))
    .description('tell whether one end can talk to the other')
    .addOption(formatOption('table', 'json', 'csv', 'markdown'))
    .addHelpText('after', EXAMPLES)
    .action(
      async (
        from: string,
        to: string,
        portAndPaths: readonly string[],
        { format, ...options }: JudgingOptions & NamespaceOptions & { readonly format: Format },
      ) => {
        const { verdictListing } =
          require('../../render/verdict-listing') as typeof import('../../render/verdict-listing');
        const { verdict, reachability } = await ask(terminal, from, to, portAndPaths, options);
        await printListing(terminal, format, verdictListing([verdict], reachability));
      },
    );
}
