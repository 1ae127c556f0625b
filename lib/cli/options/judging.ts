import { type Command, InvalidArgumentError, Option } from 'commander';
import { ENGINE_NAMES } from '../../aks/engines';
import { nearestWord } from '../../model/edit-distance';
import type { EngineName } from '../../model/engine-profile';
import { OTHER_POLICY_NAMES } from '../../model/other-policies';

/** What every verb that judges can be told. */
export interface JudgingOptions extends IgnoreOptions {
  readonly profile?: string;
  readonly engine?: EngineName;
}

/** What a verb can be told of policies of kinds that are not judged. */
export interface IgnoreOptions {
  /** Kinds that are left out. */
  readonly ignoreKind?: readonly string[];
}

/** The options of a verb that judges manifests. */
export function judging(verb: Command): Command {
  return verb
    .option('--profile <file>', "the cluster's profile, YAML or JSON; without one the specification judges")
    .addOption(engineOption('--engine <name>', "the cluster's engine, whatever the profile says"))
    .addOption(ignoreKindOption());
}

/** An option that names an engine, in letters of any size. */
export function engineOption(flags: string, what: string): Option {
  return new Option(flags, what).choices(ENGINE_NAMES).argParser((text: string) => {
    const engine = ENGINE_NAMES.find((name) => name === text.toLowerCase());
    if (engine === undefined) {
      const nearest = nearestWord(text.toLowerCase(), ENGINE_NAMES);
      const meant = nearest === undefined ? '' : `Did you mean ${nearest}? `;
      throw new InvalidArgumentError(`${meant}Write one of ${ENGINE_NAMES.join(', ')}.`);
    }
    return engine;
  });
}

function ignoreKindOption(): Option {
  return new Option(
    '--ignore-kind <kind>',
    'leave out the policies of a kind that is not judged, as if there were none; may be repeated',
  )
    .choices(OTHER_POLICY_NAMES)
    .argParser((kind, before: readonly string[] = []) => {
      if (!OTHER_POLICY_NAMES.includes(kind)) {
        throw new InvalidArgumentError(`Write one of ${OTHER_POLICY_NAMES.join(', ')}.`);
      }
      return [...before, kind];
    });
}

/** What a verb can be told that counts the pods which no manifest tells of. */
export interface KnownOptions {
  readonly knownOnly?: true;
  /** For a cluster, of which a verb counts known pods alone by itself. */
  readonly possible?: true;
}

export function knownOnlyOption(): Option {
  return new Option(
    '--known-only',
    "leave out the pods that no manifest tells of: AKS's own, and those that could be there",
  );
}

/**
 * For a verb that counts the known pods of a cluster alone, because a cluster shows every pod that it has.
 *
 * @param what the option does
 */
export function possibleOption(what: string): Option {
  return new Option('--possible', what).conflicts('knownOnly');
}
