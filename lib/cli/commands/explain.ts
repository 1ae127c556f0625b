import type { Command } from 'commander';
import { ask, asking } from '../judge-question';
import { formatOption, type JudgingOptions } from '../judging-options';
import type { NamespaceOptions } from '../namespace';
import { print, type Terminal, tell } from '../terminal';

const EXAMPLES = `
Examples:
  aks-netpol explain shop/web shop/db 5432 dist/
  aks-netpol explain shop/worker 140.82.112.3 443 --profile prod.yaml dist/`;

/** `explain FROM TO [PORT] PATH…`: the verdict of `reach`, and why, in sentences. */
export function addExplain(program: Command, terminal: Terminal): void {
  asking(program.command('explain'))
    .description('tell whether one end can talk to the other, because of which rule')
    .addOption(formatOption('text', 'json'))
    .addHelpText('after', EXAMPLES)
    .action(
      async (
        from: string,
        to: string,
        portAndPaths: readonly string[],
        { format, ...options }: JudgingOptions & NamespaceOptions & { readonly format: 'text' | 'json' },
      ) => {
        const { explanation } =
          require('../../reachability/answers/explanation') as typeof import('../../reachability/answers/explanation');
        const { inOneLine } = require('../../model/harmless') as typeof import('../../model/harmless');
        const { renderJson } =
          require('../../render/json-output') as typeof import('../../render/json-output');
        const { verdictListing } =
          require('../../render/verdict-listing') as typeof import('../../render/verdict-listing');
        const { verdict, reachability } = await ask(terminal, from, to, portAndPaths, options);
        await (format === 'json'
          ? print(terminal.stdout, renderJson(verdictListing([verdict], reachability)))
          : tell(
              terminal,
              explanation(verdict).map((line) => `${inOneLine(line)}\n`),
            ));
      },
    );
}
