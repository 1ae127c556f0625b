import { isDeepStrictEqual } from 'node:util';
import type { NetworkPolicy, NetworkPolicyPeer } from 'cdk8s-aks-network-policy';
import fc from 'fast-check';
import { NetworkPolicyError } from '../../lib/model/problem';
import { readablePolicy } from '../support/arbitraries';
import { buildPolicy, isExpressible } from '../support/build-policy';
import { sampleSeed } from '../support/sample-seed';
import { chart } from '../support/synth';
import { isAccepted, judge } from './validator';

const RUNS = 10_000;
const seed = sampleSeed();

/** The same policy with the types that its rules have: the constructs always write them. */
function withTypesOfRules(policy: NetworkPolicy): NetworkPolicy {
  const { ingress = [], egress = [] } = policy.spec ?? {};
  const types = [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])];
  const policyTypes = types.length > 0 ? types : ['Ingress'];
  return { ...policy, spec: { ...policy.spec, policyTypes } } as NetworkPolicy;
}

/** A manifest, or the code it was refused with. */
function built(policy: NetworkPolicy): NetworkPolicy | string {
  try {
    return buildPolicy(chart(), policy).toJson();
  } catch (error) {
    if (error instanceof NetworkPolicyError) {
      return error.code;
    }
    throw error;
  }
}

/** A stored spec without what means nothing: every pod of some namespaces is what the namespaces say alone. */
function meaning(stored: unknown): unknown {
  return JSON.parse(JSON.stringify(stored), (_, value: NetworkPolicyPeer) => {
    if (value?.namespaceSelector !== undefined && Object.keys(value.podSelector ?? {}).length === 0) {
      const { podSelector, ...rest } = value;
      return rest;
    }
    return value;
  });
}

describe(`what the constructs take is what the API server takes (seed ${seed})`, () => {
  const policies = fc
    .sample(readablePolicy, { numRuns: RUNS, seed })
    .map((policy) => withTypesOfRules(JSON.parse(JSON.stringify(policy)) as NetworkPolicy))
    .filter((policy) => !('generateName' in policy.metadata) && isExpressible(policy));
  const servers = judge(policies);
  const ours = policies.map(built);
  const manifests = judge(ours.map((one) => (typeof one === 'string' ? {} : one)));

  test('they refuse a policy exactly when the server does', () => {
    const disagreements = policies.filter(
      (_, i) => isAccepted(servers[i] as never) !== (typeof ours[i] !== 'string'),
    );
    expect(disagreements.map((policy) => JSON.stringify(policy)).slice(0, 5)).toEqual([]);
  });

  test('and the server stores of their manifest what it stores of the original', () => {
    const disagreements = policies.flatMap((policy, i) => {
      const [original, manifest] = [servers[i], manifests[i]];
      if (typeof ours[i] === 'string' || original === undefined || !isAccepted(original)) {
        return [];
      }
      const same = isDeepStrictEqual(
        meaning(manifest && isAccepted(manifest) && manifest.stored),
        meaning(original.stored),
      );
      return same ? [] : [JSON.stringify({ policy, manifest, original })];
    });
    expect(disagreements.slice(0, 3)).toEqual([]);
  });

  test('both often enough to mean something', () => {
    const refused = ours.filter((one) => typeof one === 'string').length;
    expect(refused).toBeGreaterThan(RUNS / 20);
    expect(policies.length - refused).toBeGreaterThan(RUNS / 20);
  });
});
