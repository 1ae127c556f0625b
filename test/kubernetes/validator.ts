import { spawnSync } from 'node:child_process';

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
  const program = process.env.NETWORK_POLICY_VALIDATOR;
  if (program === undefined) {
    throw new Error('Run these tests with npm run test:kubernetes, which builds the checker first.');
  }
  const { error, status, stdout, stderr } = spawnSync(program, {
    input: policies.map((policy) => `${JSON.stringify(policy)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error !== undefined || status !== 0) {
    throw new Error(`The checker failed: ${stderr || error?.message}`, { cause: error });
  }
  const verdicts = stdout.trimEnd().split('\n');
  if (verdicts.length !== policies.length) {
    throw new Error(`The checker gave ${verdicts.length} verdicts on ${policies.length} policies. ${stderr}`);
  }
  return verdicts.map((line) => JSON.parse(line) as Verdict);
}
