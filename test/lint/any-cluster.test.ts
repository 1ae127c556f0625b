import fc from 'fast-check';
import { lint } from '../../lib/lint/lint-cluster';
import { SEVERITIES } from '../../lib/model/finding';
import type { NetworkPolicy } from '../../lib/model/network-policy';
import { networkPoliciesIn, networkPolicyEntry } from '../../lib/model/network-policy-entry';
import { Reachability } from '../../lib/reachability/reachability';
import { policySentences } from '../../lib/render/policy-sentences';
import { profiles } from '../aks/profiles';
import { cluster, partlyKnown } from '../reachability/arbitrary';

const TODAY = '2026-11-22';

test('every cluster and profile has a report, and the order of its objects does not matter', () => {
  fc.assert(
    fc.property(cluster, profiles, fc.boolean(), (each, profile, isPartly) => {
      const known = isPartly ? partlyKnown(each) : each;
      const report = lint(known, { profile, today: TODAY });
      const turned = { ...known, policies: [...known.policies].reverse() };
      expect(lint(turned, { profile, today: TODAY }).findings).toEqual(report.findings);
      expect(
        report.findings.every(({ severity, message }) => SEVERITIES.includes(severity) && message !== ''),
      ).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('null in a field of a port is that field left out', () => {
  const nulled = ({ protocol = null, port = null, endPort = null }: Readonly<Record<string, unknown>>) => ({
    protocol,
    port,
    endPort,
  });
  fc.assert(
    fc.property(cluster, profiles, (each, profile) => {
      const text = JSON.stringify(
        networkPoliciesIn(each).map(({ written }) => written),
        (key, value) => (key === 'ports' && Array.isArray(value) ? value.map(nulled) : value),
      );
      const policies = (JSON.parse(text) as NetworkPolicy[]).map((policy) => networkPolicyEntry(policy));
      expect(lint({ ...each, policies }, { profile, today: TODAY }).findings).toEqual(
        lint(each, { profile, today: TODAY }).findings,
      );
      expect(policies.map(policySentences)).toEqual(each.policies.map(policySentences));
    }),
    { numRuns: 60 },
  );
});

test('a judgement at hand changes no finding, be it of these policies or of copies', () => {
  fc.assert(
    fc.property(cluster, profiles, (each, profile) => {
      const copy = { ...each, policies: structuredClone(each.policies) };
      const reachability = Reachability.of(each, { profile });
      const { findings } = lint(each, { profile, today: TODAY });
      for (const judged of [each, copy]) {
        expect(lint(judged, { profile, today: TODAY, reachability }).findings).toEqual(findings);
      }
    }),
    { numRuns: 60 },
  );
});
