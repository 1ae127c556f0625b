import { answers } from './program';

/** One thing the API server names when it refuses; without a field when it could not read the policy. */
export interface Cause {
  readonly field?: string;
  /** Such as `FieldValueInvalid`. */
  readonly reason?: string;
  readonly message: string;
}

export interface Accepted {
  /** The spec after the API server's defaults. */
  readonly stored: unknown;
}

export interface Refused {
  /** 400 when the policy cannot be read, 422 when it can and a value is wrong. */
  readonly status: number;
  readonly causes: readonly Cause[];
}

export type Verdict = Accepted | Refused;

export function isAccepted(verdict: Verdict): verdict is Accepted {
  return 'stored' in verdict;
}

/** What the API server's own code says to a create request for each policy, in order. */
export function judge(policies: readonly unknown[]): Verdict[] {
  const lines = policies.map((policy) => JSON.stringify(policy));
  return answers('NETWORK_POLICY_VALIDATOR', lines).map((line) => JSON.parse(line) as Verdict);
}
