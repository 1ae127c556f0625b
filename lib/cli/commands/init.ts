import { type Command, Option } from 'commander';
import { PIPELINES, type Pipeline } from '../init/pipelines';
import { type NamespaceOptions, PATHS, readingSource } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface InitOptions extends NamespaceOptions {
  readonly dir: string;
  readonly new?: true;
  readonly ci?: Pipeline;
  readonly azAksShow?: string;
  readonly fromNamespace?: string;
}

const EXAMPLES = `
Examples:
  npx cdk8s-aks-network-policy init --new --dir policies
  aks-netpol init --namespace orders --ci github
  az aks show -g shop-rg -n shop -o json | aks-netpol init --az-aks-show -
  aks-netpol init --cluster --from-namespace orders`;

/** `init`: what a project of cdk8s lacks for policies; nothing that is there is overwritten. */
export function add(program: Command, terminal: Terminal): void {
  readingSource(program.command('init'))
    .description(
      'add to a cdk8s project what it lacks for network policies: a chart, a test, the lint of cdk8s synth, a pipeline',
    )
    .argument('[path...]', `for --from-namespace: ${PATHS}`)
    .option('--dir <dir>', 'the folder of the project', '.')
    .option('--new', 'write a project, too: package.json, cdk8s.yaml, main.ts and what they need')
    .option('-n, --namespace <name>', 'the namespace of the first chart (default: "shop")')
    .addOption(new Option('--ci <service>', 'write a pipeline for this service').choices(PIPELINES))
    .option(
      '--az-aks-show <file>',
      'the output of az aks show -o json, of which the profile of the cluster is written; - is standard input',
    )
    .option(
      '--from-namespace <name>',
      'begin with the policies of this namespace, and with tests of who can reach whom there today',
    )
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/init') as typeof import('../verbs/init')));
}
