import { departureText } from '../../aks/engine-departures';
import { defined } from '../../model/defined';
import { about } from '../context';
import { withoutZeros } from '../flawed-cidrs';
import type { LintRule } from '../lint-rule';
import { refusedCidrs } from '../refused-cidrs';
import { CALICO } from '../rule-engines';

export const calicoLeadingZeros: LintRule = {
  id: 'calico-leading-zeros',
  severity: 'error',
  summary: 'on calico, an address with leading zeros opens its rule to everybody',
  engines: CALICO,
  fix: 'write the address without leading zeros: 10.0.0.0/8',
  *check(context) {
    const { cluster, differences } = context;
    for (const policy of cluster.policies) {
      const found = differences.by(policy, 'leading-zeros-open-rule', 'leading-zeros-end-exceptions');
      for (const departure of found) {
        differences.told.add(departure);
        const change = differences.change(policy, departure);
        const fix = withoutZeros(context, policy, departure.at);
        yield {
          ...about(policy),
          field: departure.peer?.kind === 'addresses' ? departure.peer.blockAt : departure.at,
          message: departureText(departure.by[0] as (typeof departure.by)[number]),
          ...(change === undefined ? {} : { witness: change.text }),
          ...defined({ fix }),
        };
      }
    }
    for (const { code, cidr, object, source, field, fix } of refusedCidrs(context)) {
      // Leading zeros of the prefix length are another matter: Calico's answer to those is not known.
      if (code === 'cidr-leading-zeros' && /(^|\.)0\d/.test(cidr)) {
        yield {
          object,
          field,
          fix,
          ...defined({ source }),
          message: `${cidr}: ${departureText(field.includes('except') ? 'leading-zeros-end-exceptions' : 'leading-zeros-open-rule')}`,
        };
      }
    }
  },
};
