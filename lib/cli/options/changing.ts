import type { Command } from 'commander';
import { CHANGE_RENDERERS } from '../../render/outputs';
import { type AcceptOptions, accepting, failOnOption } from './accepting';
import { formatOption, type WideOptions, wideOption } from './format';
import { type JudgingOptions, judging } from './judging';
import { type NamespaceOptions, namingCluster } from './source';

/** What every verb that changes a cluster can be told. */
export interface ChangingOptions extends JudgingOptions, NamespaceOptions, WideOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly format: 'text' | keyof typeof CHANGE_RENDERERS;
}

/** What every verb that applies policies can be told. */
export interface ApplyOptions extends ChangingOptions, AcceptOptions {
  readonly forceConflicts?: boolean;
}

/** The options of a verb that changes a cluster. */
export function changing(verb: Command): Command {
  return judging(namingCluster(verb))
    .addOption(wideOption())
    .option('-n, --namespace <name>', "the namespace of what names none; the context's when left out")
    .option('--yes', 'change the cluster without asking')
    .option('--dry-run', 'tell what would change, and change nothing')
    .addOption(formatOption({ text: 'as it happens', ...CHANGE_RENDERERS }));
}

/** The options of a verb that applies policies. */
export function applying(verb: Command): Command {
  return accepting(changing(verb))
    .option('--force-conflicts', 'take over fields that somebody else manages')
    .addOption(failOnOption('nothing is applied'));
}
