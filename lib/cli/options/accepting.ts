import { type Command, Option } from 'commander';
import { FAIL_ON, type FailOn } from '../../model/finding';
import { andBefore } from './source';

/** What a verb can be told of what is accepted and expected. */
export interface AcceptOptions {
  /** The paths of files such as `aks-netpol.yaml`. */
  readonly config?: readonly string[];
  /** `false`: what programs say beside their manifests does not count. */
  readonly sideFiles?: boolean;
  /** Files and commits in which an acknowledgement has to stand already. */
  readonly acknowledgementsFrom?: readonly string[];
  /** From which findings on the verb fails. */
  readonly failOn?: FailOn;
}

/** The options of a verb that takes findings as accepted. */
export function accepting(verb: Command): Command {
  return verb
    .option(
      '--config <file>',
      'what is accepted and expected, YAML; aks-netpol.yaml by custom; may be repeated, as for a baseline beside it',
      andBefore,
    )
    .option(
      '--acknowledgements-from <where>',
      'accept only what is accepted there, too: a commit, such as origin/main, with --config and the side files as they stand in it, or a .yaml or .netpol-meta file; may be repeated',
      andBefore,
    )
    .option(
      '--no-side-files',
      'leave out what programs accept and expect in network-policies.netpol-meta beside their manifests',
    );
}

/** @param what happens from such a finding on */
export function failOnOption(what: string): Option {
  return new Option(
    '--fail-on <severity>',
    `from which findings on ${what} (default: failOn of --config, or "error")`,
  ).choices(FAIL_ON);
}
