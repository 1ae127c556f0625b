import type { Cidr } from '../../model/cidr';
import { IpSet } from '../../model/ip-set';
import type { LintContext } from '../context';
import { ipBlocksOf, nodeRange, podRange, podsByAddress } from '../ip-blocks';
import { eachPolicy, type LintRule } from '../lint-rule';
import { isMissedBlock } from '../missed-blocks';
import { isCilium } from '../rule-engines';

/** Blocks up to so many addresses are looked at one by one. */
const FEW = 256n;

export const podRangeInIpBlock: LintRule = {
  id: 'pod-range-in-ip-block',
  severity: 'warning',
  summary: 'an IP block holds addresses of pods only',
  fix: {
    yaml: 'select the pods by labels; every pod of the cluster is namespaceSelector: {}',
    code: 'select the pods by labels; every pod of the cluster is Peer.otherNamespaces()',
    cilium: 'select the pods by labels: toEndpoints or fromEndpoints',
  },
  check: eachPolicy(function* (policy, context) {
    const why = isCilium(context)
      ? 'and Cilium never matches a pod by address'
      : 'and whose they are changes all the time';
    for (const { peer, cidrAt, range } of ipBlocksOf(context, policy)) {
      const where = holdsOnlyPods(range, context);
      if (where !== undefined && !isMissedBlock(context, policy, cidrAt)) {
        yield { field: cidrAt, message: `${peer.cidr} ${where}, ${why}` };
      }
    }
  }),
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
