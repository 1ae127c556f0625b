import { describeManifestProblem, type ManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';

/** The answer to a claim, for any test framework: `assert.ok(check.pass, check.message)`. */
export interface Check {
  readonly pass: boolean;
  /**
   * `false` if it is not known whether the claim holds: then `pass` is `false`, and the message gives the reason.
   */
  readonly certain: boolean;
  /** Why: the responsible policies and rules, with their positions; and the code that would allow what is denied. */
  readonly message: string;
  /** What is expected and what is so, in a word each; left out where it takes more than a word. */
  readonly outcome?: { readonly expected: string; readonly received: string };
}

export function unreadableManifests(problems: readonly ManifestProblem[]): Check {
  return {
    pass: false,
    certain: false,
    message: ['Not all manifests could be read:', ...problems.map(describeManifestProblem)].join('\n  '),
  };
}

/** The answer of `ask`; an unknown workload may be in a manifest that was not understood. */
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
