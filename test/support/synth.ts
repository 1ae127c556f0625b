import { Chart, type ChartProps, Testing } from 'cdk8s';
import type { NetworkPolicy, NetworkPolicySpec } from 'cdk8s-aks-network-policy';
import type { NetworkPolicyError, ProblemCode } from '../../lib/model/problem';

/** A chart of an app of its own. */
export function chart(props: ChartProps = {}, id = 'shop'): Chart {
  return new Chart(Testing.app(), id, props);
}

/** The network policies that a chart synthesizes, in order. */
export function policiesOf(scope: Chart): NetworkPolicy[] {
  return (Testing.synth(scope) as NetworkPolicy[]).filter(({ kind }) => kind === 'NetworkPolicy');
}

/** The spec of the only policy that a chart synthesizes. */
export function specOf(scope: Chart): NetworkPolicySpec | undefined {
  const policies = policiesOf(scope);
  expect(policies).toHaveLength(1);
  return policies[0]?.spec;
}

/** Runs a call that must be refused, and gives the error back. */
export function refusal(call: () => unknown): NetworkPolicyError {
  try {
    call();
  } catch (error) {
    expect(error).toMatchObject({ name: 'NetworkPolicyError' });
    return error as NetworkPolicyError;
  }
  throw new Error('nothing was refused');
}

/** Expects a call to be refused with a code and a sentence that holds these words. */
export function expectRefusal(call: () => unknown, code: ProblemCode, ...words: string[]): void {
  const error = refusal(call);
  expect(error.code).toBe(code);
  for (const word of words) {
    expect(error.message).toContain(word);
  }
}
