import type { Command } from 'commander';
import { RENDERERS } from '../../render/outputs';
import { asking } from '../options/ends';
import { formatOption } from '../options/format';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

const EXAMPLES = `
Examples:
  aks-netpol reach shop/web shop/db 5432 dist/
  aks-netpol reach internet shop/web http --engine cilium dist/
  aks-netpol reach shop/web login.microsoftonline.com 443 --engine cilium dist/
  aks-netpol reach shop/web shop/api 80 --http 'GET /a' --engine cilium dist/
  aks-netpol reach web db 5432 --cluster --namespace shop`;

/** `reach FROM TO [PORT] PATH…`: whether one end can talk to the other; the exit code says it too. */
export function add(program: Command, terminal: Terminal): void {
  asking(program.command('reach'))
    .description('tell whether one end can talk to the other')
    .addOption(formatOption(RENDERERS))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/reach') as typeof import('../verbs/reach')));
}
