import type { Command } from 'commander';
import { RENDERERS } from '../../render/outputs';
import { formatOption, type ListingOptions } from '../options/format';
import { namingCluster, type SourceOptions } from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface DoctorOptions extends SourceOptions, ListingOptions {
  readonly azAksShow?: string;
  readonly writeProfile?: string;
}

const EXAMPLES = `
Examples:
  aks-netpol doctor
  aks-netpol doctor --write-profile prod.yaml
  az aks show -g shop-rg -n shop -o json | aks-netpol doctor --az-aks-show -`;

/** `doctor`: whether anything enforces the cluster's policies, and what else is known of it. */
export function add(program: Command, terminal: Terminal): void {
  namingCluster(program.command('doctor'))
    .description(
      'tell which network policy engine the cluster has, and write the profile that other verbs read',
    )
    .option(
      '--az-aks-show <file>',
      'the output of az aks show -o json, for what the cluster cannot show; - is standard input',
    )
    .option('--write-profile <file>', 'write what is known as a profile for --profile')
    .addOption(formatOption(RENDERERS))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/doctor') as typeof import('../verbs/doctor')));
}
