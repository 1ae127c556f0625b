/*
 * The part of a validation plugin's context that is used, by shape, so that neither apps nor the types of this package need
 * cdk8s-cli. A test compares it with cdk8s-cli's own types.
 */

import type { Harmless } from '../model/harmless';

/** What `cdk8s synth` passes to a plugin. */
export interface ValidationContextLike {
  /** The paths of the manifests. */
  readonly manifests: readonly string[];
  /** Whether the manifests go to standard output. */
  readonly stdout?: boolean | undefined;
  /** The paths of constructs, by resource name. */
  readonly metadata: { [resourceName: string]: { readonly path: string } };
  readonly report: ReportLike;
}

export interface ReportLike {
  addViolation(violation: ViolationLike): void;
  submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: Harmless }): void;
}

/** A heading of the report, and the objects under it. All texts are printed unchanged. */
export interface ViolationLike {
  readonly ruleName: Harmless;
  readonly recommendation: Harmless;
  readonly fix: Harmless;
  readonly violatingResources: readonly ViolatingResource[];
}

export interface ViolatingResource {
  readonly resourceName: Harmless;
  readonly locations: readonly Harmless[];
  readonly manifestPath: Harmless;
}
