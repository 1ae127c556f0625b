import type { Command } from 'commander';
import { type AcceptOptions, accepting } from '../options/accepting';
import {
  type JudgingOptions,
  judging,
  type KnownOptions,
  knownOnlyOption,
  possibleOption,
} from '../options/judging';
import { type NamespaceOptions, PATHS, readingSource } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface ReportOptions extends JudgingOptions, NamespaceOptions, KnownOptions, AcceptOptions {
  readonly out: string;
  readonly before?: string;
}

const EXAMPLES = `
Examples:
  aks-netpol report dist/ -o report.html
  aks-netpol report --before base/dist head/dist -o report.html
  aks-netpol report --cluster --context prod --profile aks.yaml -o prod.html`;

/** `report PATH…`: a page that shows who can reach whom, opens anywhere, and asks nothing of any network. */
export function add(program: Command, terminal: Terminal): void {
  accepting(
    readingSource(
      judging(program.command('report'))
        .addOption(knownOnlyOption())
        .addOption(
          possibleOption(
            'with --cluster: count the pods that could be there, too; those of files always count',
          ),
        ),
    ),
  )
    .description('write a page in one file that shows who can reach whom, findings, policies and changes')
    .argument('[path...]', PATHS)
    .option('-o, --out <file>', 'the file that is written', 'report.html')
    .option(
      '--before <path>',
      'the same before a change, a file or a folder: what it opens and closes comes first',
    )
    .option('-n, --namespace <name>', 'the namespace of objects in files that name none')
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/report') as typeof import('../verbs/report')));
}
