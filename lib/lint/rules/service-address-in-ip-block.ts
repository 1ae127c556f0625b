import type { Cidr } from '../../model/cidr';
import { qualifiedName } from '../../model/cluster';
import { defined } from '../../model/defined';
import { IpSet } from '../../model/ip-set';
import { about, type LintContext, oncePerContext } from '../context';
import { ipBlocksOf, isOfApiServer } from '../ip-blocks';
import type { LintRule } from '../lint-rule';
import { podsInstead, serviceAt, toApiServerInstead } from '../service-blocks';

export const serviceAddressInIpBlock: LintRule = {
  id: 'service-address-in-ip-block',
  severity: 'error',
  summary: 'an IP block holds addresses of services',
  fix: 'select the pods behind the service by labels',
  *check(context) {
    for (const policy of context.cluster.policies) {
      for (const { direction, peer, cidrAt, range } of ipBlocksOf(context, policy)) {
        const whose = ownerOf(range, context);
        if (whose !== undefined && isOfApiServer(range as Cidr, context) && direction === 'Egress') {
          yield {
            ...about(policy),
            field: cidrAt,
            message: `${peer.cidr} is the address of service default/kubernetes: that of the API server takes its place before policies look, so the block matches nothing`,
            fix: toApiServerInstead(policy, peer, context),
          };
        } else if (whose !== undefined) {
          yield {
            ...about(policy),
            field: cidrAt,
            message:
              `${peer.cidr} ${whose}: ` +
              (direction === 'Egress'
                ? 'a pod’s address takes its place before policies look, so the block matches nothing'
                : 'no traffic comes from there, so the block matches nothing'),
            ...defined({ fix: podsInstead(policy, peer, range as Cidr, context) }),
          };
        }
      }
    }
  },
};

const serviceRange = oncePerContext(({ profile }: LintContext) => IpSet.ofCidrs(profile.serviceCidrs ?? []));

function ownerOf(range: Cidr | undefined, context: LintContext): string | undefined {
  if (range === undefined) {
    return undefined;
  }
  const set = IpSet.of(range);
  const service = serviceAt(range, context);
  if (service !== undefined) {
    return `is the address of service ${qualifiedName(service)}`;
  }
  return serviceRange(context).covers(set) ? 'lies in the range of services' : undefined;
}
