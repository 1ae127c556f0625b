/*
 * What a validation plugin is given, as far as this one uses it. It is taken by shape, so that neither an app nor the
 * types of this package need cdk8s-cli; a test holds it to cdk8s-cli's own types.
 */

import type { Harmless } from '../model/harmless';

/** What `cdk8s synth` hands to a plugin. */
export interface ValidationContextLike {
  /** The paths of what was written. */
  readonly manifests: readonly string[];
  /** Whether the manifests go to standard output. */
  readonly stdout?: boolean | undefined;
  /** The paths of constructs, by the names of their resources. */
  readonly metadata: { [resourceName: string]: { readonly path: string } };
  readonly report: ReportLike;
}

export interface ReportLike {
  addViolation(violation: ViolationLike): void;
  submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: Harmless }): void;
}

/** One heading of the report, and the objects under it. What is in them is printed as it stands. */
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
