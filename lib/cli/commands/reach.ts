import type { Command } from 'commander';
import type { Format } from '../../render/renderers';
import type { NamespaceOptions } from '../namespace';
import { formatOption, type JudgeOptions } from '../options';
import { ask, asking } from '../question';
import { layoutOf, print, type Terminal } from '../terminal';

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
        { format, ...options }: JudgeOptions & NamespaceOptions & { readonly format: Format },
      ) => {
        const { RENDERERS } = require('../../render/renderers') as typeof import('../../render/renderers');
        const { verdictListing } =
          require('../../render/verdict-listing') as typeof import('../../render/verdict-listing');
        const verdict = await ask(terminal, from, to, portAndPaths, options);
        await print(terminal.stdout, RENDERERS[format](verdictListing([verdict]), layoutOf(terminal)));
      },
    );
}
