import { readCidr } from '../model/cidr';
import type { PolicyEntry } from '../model/cluster';
import type { FieldPath } from '../model/field-path';
import { canonicalCidr } from '../model/ip-block';
import type { LintContext } from './context';
import { type EditFix, remove, together, writeElsewhere } from './fix';
import { cidrsOf } from './ip-blocks';
import { withDnsRule } from './with-dns-rule';

/** Why Azure NPM skips a whole policy. */
export const NPM_SKIPS = ['ipv6-cidr-skips-policy', 'unusual-cidr-skips-policy'] as const;

/** Whether Azure NPM gives up on a CIDR. It reads 0.0.0.0/00, as no address. */
export function isSkipped(cidr: string): boolean {
  const isLongZero = /^0\.0\.0\.0\/00+$/.test(cidr);
  return cidr.includes(':') || (!isLongZero && /\/0\d/.test(cidr)) || /^(?!0\.0\.0\.0).*\/0$/.test(cidr);
}

/** The field of the first CIDR of a policy on which Azure NPM gives up. */
export function skippingField(context: LintContext, policy: PolicyEntry): FieldPath | undefined {
  return cidrsOf(context, policy).find(({ text }) => isSkipped(text))?.field;
}

/**
 * What mends every such CIDR: IPv4 is written in its plain form, and an IPv6 block is taken out. A rule that has no other
 * peer goes with it, because a rule without peers means everybody.
 */
export function withoutSkippedCidrs(context: LintContext, policy: PolicyEntry): EditFix {
  const plain = cidrsOf(context, policy).flatMap(({ text, field, block }) => {
    const range = !block.includes(':') && isSkipped(text) ? readCidr(text) : undefined;
    return range === undefined ? [] : writeElsewhere(policy, field, canonicalCidr(range));
  });
  const gone = context.rulesOf(policy).flatMap(({ peers = [], at }) => {
    const ipv6 = peers.filter((peer) => peer.kind === 'addresses' && peer.cidr.includes(':'));
    return ipv6.length > 0 && ipv6.length === peers.length ? [at] : ipv6.map((peer) => peer.at);
  });
  // From the last to the first, because each removal moves the entries behind it.
  const fix = together(...plain, ...gone.reverse().map((at) => remove(policy, at)));
  return policy.rules.egress.isolates ? withDnsRule(fix, policy, context) : fix;
}
