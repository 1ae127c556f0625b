import { type Command, Option } from 'commander';
import { FAIL_ON, type FailOn } from '../model/finding';
import { type AcceptOptions, accepting } from './accept-options';
import { formatOption, type JudgingOptions, judging, type WideOptions, widening } from './judging-options';
import { namingCluster, type SourceOptions } from './source-options';

/** What every verb that changes a cluster can be told. */
export interface WriteVerbOptions extends JudgingOptions, SourceOptions, WideOptions {
  readonly namespace?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

/** What every verb that applies policies can be told. */
export interface ApplyOptions extends WriteVerbOptions, AcceptOptions {
  readonly forceConflicts?: boolean;
  readonly failOn?: FailOn;
}

export interface DeleteOptions extends WriteVerbOptions {
  readonly ignoreNotFound?: boolean;
}

/** The options of a verb that changes a cluster. */
export function writing(verb: Command): Command {
  return widening(judging(namingCluster(verb)))
    .option('-n, --namespace <name>', "the namespace of what names none; the context's when left out")
    .option('--yes', 'change the cluster without asking')
    .option('--dry-run', 'tell what would change, and change nothing')
    .addOption(formatOption('text', 'json'));
}

/** The options of a verb that applies policies. */
export function applying(verb: Command): Command {
  return accepting(writing(verb))
    .option('--force-conflicts', 'take over fields that somebody else manages')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'from which findings on nothing is applied (default: failOn of --config, or "error")',
      ).choices(FAIL_ON),
    );
}
