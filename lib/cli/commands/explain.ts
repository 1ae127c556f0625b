import type { Command } from 'commander';
import { EXPLANATION_RENDERERS } from '../../render/outputs';
import { asking, type QuestionOptions } from '../options/ends';
import { formatOption } from '../options/format';
import type { ColourOptions, Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface ExplainOptions extends QuestionOptions, ColourOptions {
  readonly format: keyof typeof EXPLANATION_RENDERERS;
}

const EXAMPLES = `
Examples:
  aks-netpol explain shop/web shop/db 5432 dist/
  aks-netpol explain shop/worker 140.82.112.3 443 --profile prod.yaml dist/`;

/** `explain FROM TO [PORT] PATH…`: the verdict of `reach`, and why, in sentences. */
export function add(program: Command, terminal: Terminal): void {
  asking(program.command('explain'))
    .description('tell whether one end can talk to the other, because of which rule')
    .addOption(formatOption(EXPLANATION_RENDERERS))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/explain') as typeof import('../verbs/explain')));
}
