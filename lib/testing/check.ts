import { describeManifestProblem, type ManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';

/** The answer to a claim, for any test framework: `assert.ok(check.pass, check.message)`. */
export interface Check {
  readonly pass: boolean;
  /**
   * `false` when it cannot be told: then neither the claim nor its opposite holds, `pass` is `false`, and the
   * message gives the reason.
   */
  readonly certain: boolean;
  /** Why: the policies and rules responsible, with their source as far as it is known. */
  readonly message: string;
}

/** The answer to a claim about manifests that were not understood. */
export function unreadableManifests(problems: readonly ManifestProblem[]): Check {
  return {
    pass: false,
    certain: false,
    message: ['Not all manifests could be read:', ...problems.map(describeManifestProblem)].join('\n  '),
  };
}

/** What is asked about a workload that nothing tells of; it may stand in a manifest that was not understood. */
export function orUnreadable(problems: readonly ManifestProblem[], ask: () => Check): Check {
  try {
    return ask();
  } catch (error) {
    if (problems.length > 0 && error instanceof NetworkPolicyError && error.code === 'end-unknown') {
      const check = unreadableManifests(problems);
      return { ...check, message: `${error.message}\n${check.message}` };
    }
    throw error;
  }
}
