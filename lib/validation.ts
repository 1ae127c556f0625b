/**
 * Import path `cdk8s-aks-network-policy/validation`: the plugin of `cdk8s synth`.
 *
 * @module
 */

import { keepStdoutForManifests } from './validation/clean-stdout';
import type { ValidationContextLike } from './validation/plugin-context';
import type { NetworkPolicyValidationProps } from './validation/properties';

export type { ValidationContextLike, ViolationLike } from './validation/plugin-context';
export type { NetworkPolicyValidationProps } from './validation/properties';

/**
 * Has `cdk8s synth` judge the network policies it has written, by every rule of `aks-netpol lint`: a finding names
 * the construct and the line of the program. Findings of `failOn` and worse, and manifests that cannot be
 * understood, fail the synth.
 *
 * It is named in `cdk8s.yaml`, under `validations`; nobody calls it.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validating-manifests
 */
export class NetworkPolicyValidation {
  /** @param properties as `properties` stands in `cdk8s.yaml` */
  public constructor(private readonly properties: NetworkPolicyValidationProps = {}) {
    keepStdoutForManifests();
  }

  /**
   * @throws NetworkPolicyError for properties that cannot be used: `field-unknown`, `type-mismatch`,
   *   `value-unknown`, `file-unreadable`, and those of `AksClusterProfile`
   */
  public async validate(context: ValidationContextLike): Promise<void> {
    if (context.stdout === true) {
      keepStdoutForManifests(true);
    }
    // What judges is loaded when there is something to judge: apps import this class beside the constructs.
    const { judgeChart } = require('./validation/judge-chart') as typeof import('./validation/judge-chart');
    judgeChart(context, this.properties);
  }
}
