import { type Command, Option } from 'commander';
import { FAIL_ON, type FailOn } from '../model/finding';
import { type JudgeOptions, judging } from './options';
import { namingCluster, type SourceOptions } from './source-options';

/** What every verb that changes a cluster can be told. */
export interface WriteVerbOptions extends JudgeOptions, SourceOptions {
  readonly namespace: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** What every verb that applies policies can be told. */
export interface ApplyOptions extends WriteVerbOptions {
  readonly forceConflicts?: boolean;
  readonly failOn: FailOn;
}

/** The options of a verb that changes a cluster. */
export function writing(verb: Command): Command {
  return judging(namingCluster(verb))
    .option('-n, --namespace <name>', 'the namespace of policies that name none', 'default')
    .option('--yes', 'change the cluster without asking')
    .option('--dry-run', 'tell what would change, and change nothing');
}

/** The options of a verb that applies policies. */
export function applying(verb: Command): Command {
  return writing(verb)
    .option('--force-conflicts', 'take over fields that somebody else manages')
    .addOption(
      new Option('--fail-on <severity>', 'from which findings about these policies on nothing is applied')
        .choices(FAIL_ON)
        .default('error'),
    );
}
