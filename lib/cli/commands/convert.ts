import { type Command, Option } from 'commander';
import type { TwinKind } from '../../convert/conversion';
import { CONVERT_RENDERERS } from '../../render/outputs';
import { formatOption } from '../options/format';
import { PATHS, type PathOptions, takingPaths } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface ConvertVerbOptions extends PathOptions {
  readonly to: TwinKind;
  readonly namespace?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly format: keyof typeof CONVERT_RENDERERS;
}

const EXAMPLES = `
Examples:
  aks-netpol convert --to cilium policies/ > cilium.yaml
  aks-netpol convert --to kubernetes --out policies.yaml cilium/ manifests/
  helm template shop ./chart | aks-netpol convert --to cilium -n shop -`;

const KINDS: readonly TwinKind[] = ['cilium', 'kubernetes'];

/** `convert PATH…`: the twins of policies in the other kind, where they mean the same to Cilium. */
export function add(program: Command, terminal: Terminal): void {
  takingPaths(program.command('convert'))
    .description(
      "write NetworkPolicies as CiliumNetworkPolicies, or Cilium's own as NetworkPolicies, where they mean the same",
    )
    .argument('[path...]', PATHS)
    .addOption(
      new Option(
        '--to <kind>',
        'what they become: CiliumNetworkPolicy, or NetworkPolicy of kubernetes; what it cannot say is told, and not written',
      )
        .choices(KINDS)
        .makeOptionMandatory(),
    )
    .option('--out <file>', 'where they are written; default: standard output')
    .option('--force', 'overwrite the file')
    .option('-n, --namespace <name>', 'the namespace of policies that name none, default when left out')
    .addOption(formatOption(CONVERT_RENDERERS))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/convert') as typeof import('../verbs/convert')));
}
