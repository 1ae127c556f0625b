import { isCiliumKind } from '../../model/cilium-kind';
import type { PolicyEntry } from '../../model/cluster';
import { qualifiedName } from '../../model/cluster';
import type { AddressPeer, DirectedRule } from '../../model/policy-rules';
import type { LintContext } from '../context';
import { add, withMore } from '../fix';
import { cidrField, hasExceptions } from '../ip-blocks';
import { eachPolicy, type LintRule } from '../lint-rule';
import { isNpm } from '../rule-engines';

export const ipv4OnlyIpBlock: LintRule = {
  id: 'ipv4-only-ip-block',
  severity: 'info',
  summary: 'on a cluster with IPv6, 0.0.0.0/0 stands alone and leaves IPv6 out',
  fix: {
    yaml: 'add { ipBlock: { cidr: "::/0" } } beside it, if IPv6 is meant too',
    code: "add Peer.ipBlock('::/0') beside it, or write Peer.allIpBlocks({ ipv6: true }), if IPv6 is meant too",
    cilium: 'add "::/0" beside it, if IPv6 is meant too',
  },
  check: eachPolicy(function* (policy, context) {
    const isFiltered = !isNpm(context) && context.profile.engine !== 'none';
    for (const rule of isFiltered && context.facts.isDualStack ? context.rulesOf(policy) : []) {
      const blocks = (rule.peers ?? []).filter((peer) => peer.kind === 'addresses');
      const all = blocks.find(({ cidr }) => /^0\.0\.0\.0\/0+$/.test(cidr));
      const isAlone = !blocks.some(({ cidr }) => cidr.includes(':'));
      if (all !== undefined && isAlone && !isOpenElsewhere(context, policy, rule)) {
        const ipv6 = add(policy, all.at.slice(0, -1), everyIpv6Address(policy, all));
        yield {
          field: cidrField(all),
          message: 'it leaves every IPv6 address out, and the cluster has some',
          fix: withMore(ipv6, ', if IPv6 is meant too'),
        };
      }
    }
  }),
};

function everyIpv6Address(policy: PolicyEntry, beside: AddressPeer): unknown {
  const block = { cidr: '::/0' };
  return !isCiliumKind(policy) ? { ipBlock: block } : hasExceptions(policy, beside) ? block : block.cidr;
}

/** Whether another rule lets IPv6 addresses through for the pods of a policy. */
function isOpenElsewhere(
  { facts, reachability }: LintContext,
  policy: PolicyEntry,
  rule: DirectedRule,
): boolean {
  const [workload] = facts.selected(policy).sure.first(1);
  if (workload === undefined) {
    return false;
  }
  const [self, other] = [qualifiedName(workload), '2000::/3'];
  const [from, to] = rule.direction === 'Ingress' ? [other, self] : [self, other];
  const [first] = (rule.ports ?? []).filter(({ port }) => typeof port === 'number');
  const question = first === undefined ? { from, to } : { from, to, port: `${first.port}/${first.protocol}` };
  return reachability.outcome(question) === 'allowed';
}
