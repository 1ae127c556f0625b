import type { Workload } from '../model/cluster';
import type { IpSet } from '../model/ip-set';
import type { PolicyType } from '../model/network-policy';
import { PortSet } from '../model/port-set';
import { type LintContext, oncePerContext } from './context';

/** Denials of policies of Cilium's own kinds, which beat whatever a rule opens. */

const hasDenials = oncePerContext((context: LintContext) => ({
  yes: context.policies.some((policy) => context.rulesOf(policy).some(({ action }) => action === 'deny')),
}));

/** What of some ports no policy denies between a workload and all of some addresses. */
export function undenied(
  context: LintContext,
  direction: PolicyType,
  workload: Workload,
  addresses: IpSet,
  ports: PortSet,
): PortSet {
  return hasDenials(context).yes
    ? PortSet.union(
        context.facts
          .reachesOf(direction, context.facts.setOf([workload]))
          .map((reach) => reach.openTo(addresses).and(ports)),
      )
    : ports;
}
