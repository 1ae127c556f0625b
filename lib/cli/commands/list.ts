import type { Command } from 'commander';
import { RENDERERS } from '../../render/outputs';
import { formatOption, type ListingOptions } from '../options/format';
import { type KnownOptions, possibleOption } from '../options/judging';
import {
  type KindOptions,
  kindOption,
  type NamespaceOptions,
  namingCluster,
  PATHS,
  takingPaths,
} from '../options/source';
import type { Terminal } from '../terminal';
import { whenRun } from '../verb';

export interface ListOptions
  extends NamespaceOptions,
    KindOptions,
    ListingOptions,
    Pick<KnownOptions, 'possible'> {
  readonly name?: string;
  readonly selector?: string;
}

const EXAMPLES = `
Examples:
  aks-netpol list
  aks-netpol list --namespace shop --selector tier=front
  aks-netpol list --format json | jq '.policies[] | select(.pods == 0)'
  aks-netpol list dist/`;

/** `list [PATH…]`: the policies of a cluster, or of manifests, in the portal's columns and some more. */
export function add(program: Command, terminal: Terminal): void {
  takingPaths(
    namingCluster(
      program
        .command('list')
        .addOption(possibleOption('of a cluster: none known in place of 0, because pods could be there')),
    ),
  )
    .description(
      'list network policies, and those of Cilium, with the pods they select, their age and who owns them',
    )
    .argument('[path...]', `${PATHS}; the live cluster when left out`)
    .option('-n, --namespace <name>', 'of this namespace only; in files, where objects are that name none')
    .addOption(
      kindOption('of this kind only: NetworkPolicy, CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy'),
    )
    .option('--name <text>', 'whose names hold this text')
    .option('-l, --selector <labels>', 'that carry such labels themselves, as kubectl has it: app=web,tier')
    .addOption(formatOption(RENDERERS))
    .addHelpText('after', EXAMPLES)
    .action(whenRun(terminal, () => require('../verbs/list') as typeof import('../verbs/list')));
}
