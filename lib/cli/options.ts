import { type Command, Option } from 'commander';
import { ENGINE_NAMES } from '../aks/engines';
import type { EngineName } from '../model/engine-profile';

/** What every verb that judges can be told. */
export interface JudgeOptions {
  readonly profile?: string;
  readonly engine?: EngineName;
}

/** The options of a verb that judges manifests. */
export function judging(verb: Command): Command {
  return verb
    .option('--profile <file>', "the cluster's profile, YAML or JSON; without one the specification judges")
    .addOption(
      new Option('--engine <name>', "the cluster's engine, whatever the profile says").choices(ENGINE_NAMES),
    );
}

/** @param formats the first is the default */
export function formatOption(...formats: readonly [string, ...string[]]): Option {
  return new Option('--format <name>', 'how the answer is written').choices(formats).default(formats[0]);
}
