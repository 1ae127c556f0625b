import { IMDS, LINK_LOCAL } from '../../aks/fixed-addresses';
import { qualifiedName } from '../../model/cluster';
import { IpSet } from '../../model/ip-set';
import { PortSet } from '../../model/port-set';
import type { LintContext } from '../context';
import { undenied } from '../denials';
import { eachPolicy, type LintRule } from '../lint-rule';
import { isWide, wideEntry } from '../wide-egress';

const SERVICE = IpSet.ofCidrs([IMDS.cidr]);
const HTTP = PortSet.range('TCP', IMDS.port);
const LINK_LOCALS = IpSet.ofCidrs([LINK_LOCAL]);
const ADDRESS = IMDS.cidr.replace('/32', '');

export const wideEgressIncludesImds: LintRule = {
  id: 'wide-egress-includes-imds',
  severity: 'warning',
  summary: 'a wide egress rule includes the instance metadata service',
  fix: {
    yaml: 'leave it out: { ipBlock: { cidr: 0.0.0.0/0, except: [169.254.169.254/32] } }',
    code: "leave it out: Peer.ipBlock('0.0.0.0/0', { except: ['169.254.169.254/32'] }), or AksTraffic.on(profile).toAnywhereExceptImds()",
    cilium: 'deny it beside the rules: egressDeny: [{ toCIDR: [169.254.169.254/32] }]',
  },
  check: eachPolicy(function* (policy, context) {
    for (const rule of context.rulesOf(policy)) {
      const opening = isWide(rule) ? context.facts.opening(policy, 'Egress', rule.index) : undefined;
      if (opening === undefined) {
        continue;
      }
      const peers = opening.peers ?? [{ addresses: IpSet.ALL }];
      const at = peers.findIndex(
        // A selector that an engine reads as every address has a rule of its own.
        ({ addresses }, i) =>
          (rule.peers === undefined || rule.peers[i]?.kind !== 'pods') &&
          addresses.covers(SERVICE) &&
          !LINK_LOCALS.covers(addresses),
      );
      const workloads = held(policy, context);
      const [first] = workloads;
      if (at === -1 || !opening.ports().has('TCP', IMDS.port) || first === undefined) {
        continue;
      }
      const peer = rule.peers?.[at];
      const { field, what, more, fix } = wideEntry(
        policy,
        rule,
        peer?.kind === 'addresses' || peer?.kind === 'entity' ? peer : undefined,
        context,
      );
      yield {
        field,
        message: `egress rule ${rule.index} has ${what}, and so lets ${context.words.workloads(workloads)} ask the instance metadata service for tokens of the node${more}`,
        witness: `${qualifiedName(first)} → ${ADDRESS} ${IMDS.port}/TCP is allowed by ${qualifiedName(policy)}`,
        fix,
      };
    }
  }),
};

function held(policy: Parameters<LintContext['rulesOf']>[0], context: LintContext) {
  return context.facts
    .held(policy)
    .list()
    .filter(
      (workload) =>
        !workload.hostNetwork && undenied(context, 'Egress', workload, SERVICE, HTTP).has('TCP', IMDS.port),
    );
}
