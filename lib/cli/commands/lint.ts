import { type Command, Option } from 'commander';
import { FAIL_ON } from '../../model/finding';
import { accepting } from '../accept-options';
import { judging, widening } from '../judging-options';
import { outputOption } from '../outputs';
import type { LintVerbOptions } from '../run-lint';
import { PATHS, readingSource } from '../source-options';
import type { Terminal } from '../terminal';

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

interface Options extends Omit<LintVerbOptions, 'format'> {
  readonly explain?: string;
  readonly format?: LintVerbOptions['format'];
}

/** `lint PATH…`: what is likely to hurt, with the line that wrote it and what to write instead. */
export function addLint(program: Command, terminal: Terminal): void {
  widening(accepting(readingSource(judging(program.command('lint')))))
    .description('judge policies by rules: what is likely to hurt, and what to write instead')
    .argument('[path...]', PATHS)
    .addOption(
      new Option(
        '--fail-on <severity>',
        'from which findings on the exit code is 1 (default: failOn of --config, or "error")',
      ).choices(FAIL_ON),
    )
    .addOption(outputOption())
    .option(
      '--rule <rule>',
      'only the findings of this rule; may be repeated',
      (id: string, before: readonly string[] = []) => [...before, id],
    )
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
    .action(
      async (paths: readonly string[], { explain, format = [{ format: 'human' }], ...options }: Options) => {
        const { explainRule, runLint } = require('../run-lint') as typeof import('../run-lint');
        await (explain === undefined
          ? runLint(paths, { ...options, format }, terminal)
          : explainRule(explain, terminal));
      },
    );
}
