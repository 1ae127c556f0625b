import type { PolicyEntry } from '../../model/cluster';
import { qualifiedName } from '../../model/cluster';
import type { DirectedRule } from '../../model/policy-rules';
import { about, type LintContext } from '../context';
import { isNpm } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import { add, withMore } from '../fix';
import type { LintRule } from '../lint-rule';

const example = (...from: string[]) =>
  deployment('web') +
  networkPolicy('web', { podSelector: {}, ingress: [{ from: from.map((cidr) => ({ ipBlock: { cidr } })) }] });
const profile = { engine: 'cilium', podCidrs: ['10.244.0.0/16', 'fd00:10::/64'] } as const;

export const ipv4OnlyIpBlock: LintRule = {
  id: 'ipv4-only-ip-block',
  severity: 'info',
  summary: 'on a cluster with IPv6, 0.0.0.0/0 stands alone and leaves IPv6 out',
  why: '0.0.0.0/0 is every IPv4 address and no IPv6 one, so clients or servers with IPv6 are left out.',
  fix: {
    yaml: 'add { ipBlock: { cidr: "::/0" } } beside it, if IPv6 is meant too',
    code: "add Peer.ipBlock('::/0') beside it, or write Peer.allIpBlocks({ ipv6: true }), if IPv6 is meant too",
  },
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
    { from: 'Microsoft Learn, use-network-policies-in-the-azure-portal', read: '2026-11-22' },
  ],
  misses: 'Ranges smaller than every address. The engine azure, which does not filter IPv6.',
  bad: { manifests: example('0.0.0.0/0'), profile },
  good: { manifests: example('0.0.0.0/0', '::/0'), profile },
  *check(context) {
    if (isNpm(context) || context.profile.engine === 'none' || !context.facts.isDualStack) {
      return;
    }
    for (const policy of context.cluster.policies) {
      for (const rule of context.rulesOf(policy)) {
        const blocks = (rule.peers ?? []).filter((peer) => peer.kind === 'addresses');
        const all = blocks.find(({ cidr }) => /^0\.0\.0\.0\/0+$/.test(cidr));
        const isAlone = !blocks.some(({ cidr }) => cidr.includes(':'));
        if (all !== undefined && isAlone && !isOpenElsewhere(context, policy, rule)) {
          yield {
            ...about(policy),
            field: [...all.blockAt, 'cidr'],
            fix: withMore(
              add(policy, all.at.slice(0, -1), { ipBlock: { cidr: '::/0' } }),
              ', if IPv6 is meant too',
            ),
            message: 'it leaves every IPv6 address out, and the cluster has some',
          };
        }
      }
    }
  },
};

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
