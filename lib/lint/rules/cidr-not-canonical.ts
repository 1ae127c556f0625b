import { CIDR_FLAWS, canonicalCidr } from '../../model/ip-block';
import { write } from '../fix';
import { engineReadingOf, flawedCidrs, isToldByEngine } from '../flawed-cidrs';
import { eachPolicy, type LintRule } from '../lint-rule';

export const cidrNotCanonical: LintRule = {
  id: 'cidr-not-canonical',
  severity: 'warning',
  summary: 'a CIDR is written as Kubernetes 1.36 refuses it',
  fix: 'write the range in its canonical form',
  check: eachPolicy(function* (policy, context) {
    for (const flawed of flawedCidrs(context, policy)) {
      if (isToldByEngine(context, policy, flawed)) {
        continue;
      }
      const { cidr, text, field } = flawed;
      const reading = engineReadingOf(context, policy, flawed);
      yield {
        field,
        message: `${text}: ${CIDR_FLAWS[cidr.flaw]}${reading === undefined ? '' : `; ${reading.text}`}`,
        ...(reading === undefined ? {} : { witness: reading.witness }),
        fix: write(policy, field, canonicalCidr(cidr)),
      };
    }
  }),
};
