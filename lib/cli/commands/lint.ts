import { type Command, Option } from 'commander';
import { type AcceptOptions, accepting, failOnOption } from '../options/accepting';
import { type Output, outputOption, type WideOptions, wideOption } from '../options/format';
import { type JudgingOptions, judging } from '../options/judging';
import { andBefore, type NamespaceOptions, PATHS, readingSource } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface LintVerbOptions extends JudgingOptions, NamespaceOptions, AcceptOptions, WideOptions {
  readonly rule?: readonly string[];
  readonly format?: readonly Output[];
  /** The file that is to accept what is found today. */
  readonly writeBaseline?: string;
  /** Whether that file may hold anything. */
  readonly force?: true;
  /** The rule that is to be explained, and nothing judged. */
  readonly explain?: string;
}

const EXAMPLES = `
Examples:
  aks-netpol lint dist/
  aks-netpol lint --profile prod.yaml --config aks-netpol.yaml dist/
  aks-netpol lint --fail-on warning dist/
  aks-netpol lint --write-baseline baseline.yaml dist/
  aks-netpol lint --config aks-netpol.yaml --config baseline.yaml dist/
  aks-netpol lint --acknowledgements-from origin/main dist/
  aks-netpol lint --format human --format sarif=lint.sarif dist/
  aks-netpol lint --cluster --profile prod.yaml
  helm template shop | aks-netpol lint -n shop -
  aks-netpol lint --explain selects-no-workload`;

/** `lint PATH…`: what is likely to hurt, with the line that wrote it and what to write instead. */
export function add(program: Command, terminal: Terminal): void {
  accepting(readingSource(judging(program.command('lint'))))
    .addOption(wideOption())
    .description('judge policies by rules: what is likely to hurt, and what to write instead')
    .argument('[path...]', PATHS)
    .addOption(failOnOption('the exit code is 1'))
    .addOption(outputOption())
    .option('--rule <rule>', 'only the findings of this rule; may be repeated', andBefore)
    .option(
      '-n, --namespace <name>',
      'only what is found in this namespace or about the whole cluster; in files, where objects are that name none',
    )
    .addOption(
      new Option(
        '--write-baseline <file>',
        'accept what is found today in a file for --config, with reasons and days to fill in; what is new is not accepted',
      ).conflicts(['acknowledgementsFrom', 'explain']),
    )
    .option('--force', 'overwrite the file of --write-baseline, whatever it holds')
    .option('--explain <rule>', 'print what a rule is about, and judge nothing')
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/lint') as typeof import('../verbs/lint')));
}
