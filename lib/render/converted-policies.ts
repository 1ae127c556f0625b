import { type Harmless, harmless } from '../model/harmless';
import type { ManifestProblem } from '../model/manifest-problem';
import type { SourcePosition } from '../model/source-position';
import { renderJson } from './json-output';
import { type ProblemJson, problemJson } from './lint-json';
import { manifestYaml } from './manifest-yaml';

/** A policy that was read, and its twins in the other kind. */
export interface ConvertedPolicyJson {
  readonly kind: 'NetworkPolicy' | 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy';
  /** Left out where the manifest names none. */
  readonly namespace?: string;
  /** Left out where the manifest names none. */
  readonly name?: string;
  /** As they would be applied; empty if there are problems. */
  readonly twins: readonly Readonly<Record<string, unknown>>[];
  /** What is not as one might think although the twins mean the same. */
  readonly notes: readonly string[];
  /** Why it has no twin. */
  readonly problems: readonly ProblemJson[];
  readonly source: SourcePosition;
}

/** Policies and their twins, and what could not be read. */
export interface ConvertedPolicies {
  readonly policies: readonly ConvertedPolicyJson[];
  readonly problems: readonly ManifestProblem[];
}

const SEPARATOR = harmless('---\n');

/** The twins, as kubectl applies them. */
export function* convertedYaml({ policies }: Pick<ConvertedPolicies, 'policies'>): Generator<Harmless> {
  for (const [i, twin] of policies.flatMap(({ twins }) => twins).entries()) {
    if (i > 0) {
      yield SEPARATOR;
    }
    yield manifestYaml(twin);
  }
}

/** All of it, for a program. */
export function convertedJson({ policies, problems }: ConvertedPolicies): Iterable<string> {
  return renderJson({
    name: 'policies',
    head: { json: { problems: problems.map(problemJson) } },
    rows: policies,
    toJson: (policy) => policy,
  });
}
