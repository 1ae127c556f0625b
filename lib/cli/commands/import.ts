import type { Command } from 'commander';
import { IMPORT_RENDERERS } from '../../render/outputs';
import { formatOption } from '../options/format';
import { type NamespaceOptions, PATHS, readingSource } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface ImportOptions extends NamespaceOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly adopt?: boolean;
  readonly format: keyof typeof IMPORT_RENDERERS;
}

const EXAMPLES = `
Examples:
  aks-netpol import policies/ --out policies.ts
  helm template shop ./chart | aks-netpol import --namespace shop -
  aks-netpol import --cluster --namespace shop --adopt --out policies.ts
  aks-netpol import --format json policies/ | jq '.policies[].as'`;

/** `import PATH…`: policies as a TypeScript file of constructs. */
export function add(program: Command, terminal: Terminal): void {
  readingSource(program.command('import'))
    .description(
      'write NetworkPolicies and the policies of Cilium as TypeScript: a chart for each namespace, a construct for each policy',
    )
    .argument('[path...]', PATHS)
    .option('--out <file>', 'where it is written; default: standard output')
    .option('--force', 'overwrite the file')
    .option(
      '--adopt',
      'label the policies as managed by the program, but for those that something else manages',
    )
    .option(
      '-n, --namespace <name>',
      'of files, the namespace of policies that name none, default when left out; of a cluster, the only one read',
    )
    .addOption(formatOption(IMPORT_RENDERERS))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/import') as typeof import('../verbs/import')));
}
