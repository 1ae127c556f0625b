import type { PolicyEntry } from '../model/cluster';
import type { FieldPath } from '../model/field-path';
import type { LintContext } from './context';
import { ipBlocksOf } from './ip-blocks';

/** Why Azure NPM skips a whole policy. */
export const NPM_SKIPS = ['ipv6-cidr-skips-policy', 'unusual-cidr-skips-policy'] as const;

/** Whether Azure NPM gives up on a CIDR; 0.0.0.0/00 it reads, as no address. */
export function isSkipped(cidr: string): boolean {
  const isLongZero = /^0\.0\.0\.0\/00+$/.test(cidr);
  return cidr.includes(':') || (!isLongZero && /\/0\d/.test(cidr)) || /^(?!0\.0\.0\.0).*\/0$/.test(cidr);
}

/** The field of the first CIDR of a policy on which Azure NPM gives up. */
export function skippingField(context: LintContext, policy: PolicyEntry): FieldPath | undefined {
  return ipBlocksOf(context, policy)
    .flatMap(({ peer: { cidr, except, blockAt } }): FieldPath[] => [
      ...(isSkipped(cidr) ? [[...blockAt, 'cidr']] : []),
      ...except.flatMap((each, i) => (isSkipped(each) ? [[...blockAt, 'except', i]] : [])),
    ])
    .at(0);
}
