import type { NetworkPolicy } from 'cdk8s-aks-network-policy';
import fc from 'fast-check';
import { validateNetworkPolicy } from '../../lib/model/check-policy';
import { isInField } from '../../lib/model/place';
import { NetworkPolicyError } from '../../lib/model/problem';
import { readablePolicy } from '../support/arbitraries';
import { buildPolicy, isExpressible } from '../support/build-policy';
import { chart } from '../support/synth';

const expressible = readablePolicy
  .map((policy) => JSON.parse(JSON.stringify(policy)) as NetworkPolicy)
  .filter((policy) => !('generateName' in policy.metadata) && isExpressible(policy));

test('constructs refuse what a reader of manifests would find, for one of the same reasons, and nothing else', () => {
  fc.assert(
    fc.property(expressible, (policy) => {
      const codes: string[] = validateNetworkPolicy(policy)
        .filter(({ at }) => !isInField(at, ['spec', 'policyTypes']))
        .map(({ code }) => code);
      let refused: string | undefined;
      try {
        expect(validateNetworkPolicy(buildPolicy(chart(), policy).toJson())).toEqual([]);
      } catch (error) {
        refused = error instanceof NetworkPolicyError ? error.code : fc.stringify(error);
      }
      expect(refused === undefined ? [] : [refused]).toEqual(
        codes.length === 0 ? [] : [expect.stringMatching(new RegExp(`^(${codes.join('|')})$`))],
      );
    }),
    { numRuns: 2000 },
  );
});
