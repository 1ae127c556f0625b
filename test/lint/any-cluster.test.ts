import fc from 'fast-check';
import { lint } from '../../lib/lint/lint';
import { SEVERITIES } from '../../lib/model/finding';
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
