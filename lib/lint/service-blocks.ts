import type { Cidr } from '../model/cidr';
import type { PolicyEntry, Service } from '../model/cluster';
import { IpSet, positionOf } from '../model/ip-set';
import type { AddressPeer } from '../model/policy-rules';
import type { LintContext } from './context';
import { oncePerContext } from './context';
import { type Fix, instead, write } from './fix';
import { toApiServer } from './lifelines';
import { podsPeer } from './pieces';

const byClusterIp = oncePerContext(
  ({ cluster }: LintContext) =>
    new Map(
      cluster.services.flatMap((service) =>
        (service.clusterIps ?? []).map((address) => [positionOf(address), service] as const),
      ),
    ),
);

/** The service whose own address is all of a range. */
export function serviceAt(range: Cidr, context: LintContext): Service | undefined {
  return range.first === range.last ? byClusterIp(context).get(IpSet.of(range).boundaries[0]) : undefined;
}

/** What to write in place of a block that has the address of a service: the pods behind it. */
export function podsInstead(
  policy: PolicyEntry,
  { at }: AddressPeer,
  range: Cidr,
  context: LintContext,
): Fix | undefined {
  const { namespace = '', selector = {} } = serviceAt(range, context) ?? {};
  const pods = { namespaces: namespace, pods: { matchLabels: selector } };
  return Object.keys(selector).length === 0 ? undefined : write(policy, at, podsPeer(pods, policy.namespace));
}

/** The same for the service of the API server, which has no pods. */
export function toApiServerInstead(policy: PolicyEntry, { at }: AddressPeer, { profile }: LintContext): Fix {
  const { rule, preset } = toApiServer(profile);
  const addresses = rule.to ?? [];
  return addresses.length > 0
    ? instead(policy, at, addresses)
    : {
        yaml: 'write the address of the API server, and apiServerAddresses in the profile',
        code: `write the rule ${preset}, and apiServerAddresses in the profile`,
      };
}
