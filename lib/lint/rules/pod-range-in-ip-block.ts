import type { Cidr } from '../../model/cidr';
import { IpSet } from '../../model/ip-set';
import { about, type LintContext } from '../context';
import { isCilium } from '../engine-words';
import { ipBlocksOf, nodeRange, podRange, podsByAddress } from '../ip-blocks';
import type { LintRule } from '../lint-rule';
import { isMissedBlock } from '../missed-blocks';

const example = (peer: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [${peer}] }] }
`;

const PROFILE = { podCidrs: ['10.244.0.0/16'] };

/** Blocks up to so many addresses are looked at one by one. */
const FEW = 256n;

export const podRangeInIpBlock: LintRule = {
  id: 'pod-range-in-ip-block',
  severity: 'warning',
  summary: 'an IP block holds addresses of pods only',
  why:
    'Which pods have these addresses changes all the time. Azure NPM and Calico match them, Cilium never matches ' +
    'a pod by address.',
  fix: 'select the pods by labels; every pod of the cluster is namespaceSelector: {}',
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
    { from: 'cilium 1.19.5, its policy packages, run', read: '2026-11-22' },
  ],
  misses:
    'Blocks that hold other addresses too. A range that pods share with nodes, as where both are in one subnet. ' +
    'Exceptions, which are how one says “outside the cluster”. On cilium, blocks that cut somebody off: ' +
    'cilium-ip-block-misses-pods speaks of those.',
  bad: { manifests: example('{ ipBlock: { cidr: 10.244.3.0/24 } }'), profile: PROFILE },
  good: { manifests: example('{ namespaceSelector: {}, podSelector: {} }'), profile: PROFILE },
  *check(context) {
    const never = isCilium(context);
    for (const policy of context.cluster.policies) {
      for (const { peer, cidrAt, range } of ipBlocksOf(context, policy)) {
        const where = holdsOnlyPods(range, context);
        if (where !== undefined && !isMissedBlock(context, policy, cidrAt)) {
          yield {
            ...about(policy),
            field: cidrAt,
            message: `${peer.cidr} ${where}, ${never ? 'and Cilium never matches a pod by address' : 'and whose they are changes all the time'}`,
          };
        }
      }
    }
  },
};

function holdsOnlyPods(range: Cidr | undefined, context: LintContext): string | undefined {
  if (range === undefined || range.first === range.last) {
    return undefined;
  }
  const set = IpSet.of(range);
  if (podRange(context).covers(set)) {
    return nodeRange(context).overlaps(set) ? undefined : 'lies in the range of pods';
  }
  const [from, to] = set.boundaries as readonly [bigint, bigint];
  if (to - from > FEW) {
    return undefined;
  }
  for (let address = from; address < to; address += 1n) {
    if (!podsByAddress(context).has(address)) {
      return undefined;
    }
  }
  return 'holds only addresses of known pods';
}
