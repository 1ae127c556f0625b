import type { Command } from 'commander';

/** What a verb can be told of what is accepted and expected. */
export interface AcceptOptions {
  /** The path of an `aks-netpol.yaml`. */
  readonly config?: string;
  /** `false`: what programs say beside their manifests does not count. */
  readonly sideFiles?: boolean;
}

/** The options of a verb that takes findings as accepted. */
export function accepting(verb: Command): Command {
  return verb
    .option('--config <file>', 'what is accepted and expected, YAML; aks-netpol.yaml by custom')
    .option(
      '--no-side-files',
      'leave out what programs accept and expect in network-policies.sourcemap beside their manifests',
    );
}
