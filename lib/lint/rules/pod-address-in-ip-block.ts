import type { Cidr } from '../../model/cidr';
import { FINDINGS } from '../../model/finding';
import { IpSet } from '../../model/ip-set';
import { foundInConstructs } from '../construct-findings';
import type { LintContext } from '../context';
import { ipBlocksOf, nodeRange, podRange, podsByAddress, serviceAddresses } from '../ip-blocks';
import type { LintRule } from '../lint-rule';
import { isMissedBlock } from '../missed-blocks';

const ID = 'pod-address-in-ip-block';
const { problem, fix } = FINDINGS[ID];

export const podAddressInIpBlock: LintRule = {
  id: ID,
  severity: 'warning',
  summary: problem,
  fix,
  check: foundInConstructs(ID, function* (policy, context) {
    for (const { peer, cidrAt, range } of ipBlocksOf(context, policy)) {
      const whose = ownerOf(range, context);
      if (whose !== undefined && !isMissedBlock(context, policy, cidrAt)) {
        yield { field: cidrAt, message: `${peer.cidr}, ${whose}: ${problem}` };
      }
    }
  }),
};

/** Whose the one address of a CIDR is; undefined for a larger range, and for what may be no pod's. */
function ownerOf(range: Cidr | undefined, context: LintContext): string | undefined {
  if (range === undefined || range.first !== range.last) {
    return undefined;
  }
  const set = IpSet.of(range);
  const [position] = set.boundaries;
  const owner = podsByAddress(context).get(position as bigint);
  if (owner !== undefined) {
    return `the address of pod ${owner.workload.namespace}/${owner.pod.name}`;
  }
  const isOther = serviceAddresses(context).has(position as bigint) || nodeRange(context).overlaps(set);
  return !isOther && podRange(context).covers(set) ? 'in the range of pods' : undefined;
}
