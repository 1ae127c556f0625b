import { departureText } from '../../aks/engine-departures';
import { defined } from '../../model/defined';
import { withoutZeros } from '../flawed-cidrs';
import { eachDeparture, type LintRule } from '../lint-rule';
import { refusedCidrs } from '../refused-cidrs';
import { CALICO } from '../rule-engines';

const DEPARTURES = ['leading-zeros-open-rule', 'leading-zeros-end-exceptions'] as const;

export const calicoLeadingZeros: LintRule = {
  id: 'calico-leading-zeros',
  severity: 'error',
  summary: 'on calico, an address with leading zeros opens its rule to everybody',
  engines: CALICO,
  fix: 'write the address without leading zeros: 10.0.0.0/8',
  *check(context) {
    yield* stored(context);
    for (const { code, cidr, field, found } of refusedCidrs(context)) {
      // Leading zeros of the prefix length are another matter: Calico's answer to those is not known.
      if (code === 'cidr-leading-zeros' && /(^|\.)0\d/.test(cidr)) {
        const [opensRule, endsExceptions] = DEPARTURES;
        const what = departureText(field.includes('except') ? endsExceptions : opensRule);
        yield { ...found, message: `${cidr}: ${what}` };
      }
    }
  },
};

/** Policies that an older API server took. */
const stored = eachDeparture(DEPARTURES, (departure, policy, context) => {
  const { by, at, peer } = departure;
  return {
    field: peer?.kind === 'addresses' ? peer.blockAt : at,
    message: departureText(by[0] as (typeof by)[number]),
    ...context.differences.witness(policy, departure),
    ...defined({ fix: withoutZeros(context, policy, at) }),
  };
});
