import { departureText } from '../../aks/engine-departures';
import { defined } from '../../model/defined';
import { about } from '../context';
import { isCalico, needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import { withoutZeros } from '../flawed-cidrs';
import type { LintRule } from '../lint-rule';
import { refusedCidrs } from '../refused-cidrs';

const example = (cidr: string) =>
  deployment('web') + networkPolicy('web', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr } }] }] });

export const calicoLeadingZeros: LintRule = {
  id: 'calico-leading-zeros',
  severity: 'error',
  summary: 'on calico, an address with leading zeros opens its rule to everybody',
  why:
    'Calico cannot read the address, drops the IP block and keeps the rule, which then has no condition and allows ' +
    'everybody. In except it drops that exception and every one behind it. API servers up to Kubernetes 1.35 take ' +
    'such policies, and later ones keep what is stored.',
  fix: 'write the address without leading zeros: 10.0.0.0/8',
  sources: [{ from: 'Calico Felix v3.34-dev and v3.30.3, run', read: '2026-11-22' }],
  misses: 'Policies that a server of Kubernetes 1.36 or later still keeps.',
  bad: { manifests: example('010.10.0.0/16'), profile: { engine: 'calico', kubernetesVersion: '1.35' } },
  good: { manifests: example('10.10.0.0/16'), profile: { engine: 'calico', kubernetesVersion: '1.35' } },
  needs: needsEngine,
  *check(context) {
    if (!isCalico(context)) {
      return;
    }
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
