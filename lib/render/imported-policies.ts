import type { ManifestProblem } from '../model/manifest-problem';
import type { PolicyKindName } from '../model/policy-kinds';
import type { SourcePosition } from '../model/source-position';
import { renderJson } from './json-output';
import { problemJson } from './lint-json';

/** A policy that was read, and what it has become in the module. */
export interface ImportedPolicyJson {
  readonly kind: PolicyKindName;
  /** Left out where the manifest names none, and for a clusterwide policy. */
  readonly namespace?: string;
  /** Left out where the manifest names none. */
  readonly name?: string;
  /** A construct; an object as it was read, because constructs cannot say it; or nothing. */
  readonly as: 'construct' | 'object' | 'nothing';
  /** Why it is no construct, and why `--adopt` has not adopted it. */
  readonly notes: readonly string[];
  readonly source: SourcePosition;
}

/** A module of constructs, and what its reader has to know besides. */
export interface ImportedPolicies {
  /** TypeScript. */
  readonly module: string;
  readonly policies: readonly ImportedPolicyJson[];
  readonly problems: readonly ManifestProblem[];
}

/** What a compiler reads. */
export function importText({ module }: ImportedPolicies): Iterable<string> {
  return [module];
}

/** All of it, for a program. */
export function importJson({ module, policies, problems }: ImportedPolicies): Iterable<string> {
  return renderJson({
    name: 'policies',
    head: { json: { module, problems: problems.map(problemJson) } },
    rows: policies,
    toJson: (policy) => policy,
  });
}
