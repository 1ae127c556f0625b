import type { Cidr } from '../../model/cidr';
import { isCiliumKind } from '../../model/cilium-kind';
import { type PolicyEntry, qualifiedName, type Service } from '../../model/cluster';
import { defined } from '../../model/defined';
import { IpSet, positionOf } from '../../model/ip-set';
import type { AddressPeer } from '../../model/policy-rules';
import { ciliumSelector } from '../cilium-pieces';
import { type LintContext, oncePerContext } from '../context';
import { type Fix, instead, write } from '../fix';
import { ipBlocksOf, isOfApiServer } from '../ip-blocks';
import { toApiServer } from '../lifelines';
import { eachPolicy, type LintRule } from '../lint-rule';
import { flow, podsPeer } from '../pieces';

export const serviceAddressInIpBlock: LintRule = {
  id: 'service-address-in-ip-block',
  severity: 'error',
  summary: 'an IP block holds addresses of services',
  fix: 'select the pods behind the service by labels',
  check: eachPolicy(function* (policy, context) {
    for (const { direction, peer, cidrAt, range } of ipBlocksOf(context, policy)) {
      const whose = range === undefined ? undefined : ownerOf(range, context);
      if (range === undefined || whose === undefined) {
        continue;
      }
      const isApiServer = direction === 'Egress' && isOfApiServer(range, context);
      const what = isApiServer
        ? 'is the address of service default/kubernetes: that of the API server takes its place before policies look'
        : direction === 'Egress'
          ? `${whose}: a pod’s address takes its place before policies look`
          : `${whose}: no traffic comes from there`;
      const fix = isApiServer
        ? toApiServerInstead(policy, peer, context)
        : podsInstead(policy, peer, range, context);
      yield {
        field: cidrAt,
        message: `${peer.cidr} ${what}, so the block matches nothing`,
        ...defined({ fix }),
      };
    }
  }),
};

const serviceRange = oncePerContext(({ profile }: LintContext) => IpSet.ofCidrs(profile.serviceCidrs ?? []));

function ownerOf(range: Cidr, context: LintContext): string | undefined {
  const service = serviceAt(range, context);
  if (service !== undefined) {
    return `is the address of service ${qualifiedName(service)}`;
  }
  return serviceRange(context).covers(IpSet.of(range)) ? 'lies in the range of services' : undefined;
}

const byClusterIp = oncePerContext(
  ({ cluster }: LintContext) =>
    new Map(
      cluster.services.flatMap((service) =>
        (service.clusterIps ?? []).map((address) => [positionOf(address), service] as const),
      ),
    ),
);

/** The service whose own address is all of a range. */
function serviceAt(range: Cidr, context: LintContext): Service | undefined {
  return range.first === range.last ? byClusterIp(context).get(IpSet.of(range).boundaries[0]) : undefined;
}

/** What to write in place of a block that has the address of a service: the pods behind it. */
function podsInstead(
  policy: PolicyEntry,
  { at }: AddressPeer,
  range: Cidr,
  context: LintContext,
): Fix | undefined {
  const { namespace = '', selector = {} } = serviceAt(range, context) ?? {};
  const pods = { namespaces: namespace, pods: { matchLabels: selector } };
  if (isCiliumKind(policy)) {
    return Object.keys(selector).length === 0
      ? undefined
      : `in place of it, write ${String(at.at(-2)).startsWith('from') ? 'fromEndpoints' : 'toEndpoints'}: [${flow(ciliumSelector(pods, policy.namespace))}]`;
  }
  return Object.keys(selector).length === 0 ? undefined : write(policy, at, podsPeer(pods, policy.namespace));
}

/** The same for the service of the API server, which has no pods. */
function toApiServerInstead(policy: PolicyEntry, { at }: AddressPeer, { profile }: LintContext): Fix {
  if (isCiliumKind(policy)) {
    return 'in place of it, write toEntities: [kube-apiserver]';
  }
  const { rule, preset } = toApiServer(profile);
  const addresses = rule.to ?? [];
  return addresses.length > 0
    ? instead(policy, at, addresses)
    : {
        yaml: 'write the address of the API server, and apiServerAddresses in the profile',
        code: `write the rule ${preset}, and apiServerAddresses in the profile`,
      };
}
