import { type DepartureId, departureText } from '../aks/engine-departures';
import { type Cidr, type CidrFlaw, readCidr } from '../model/cidr';
import type { PolicyEntry } from '../model/cluster';
import { type FieldPath, isSame, liesIn } from '../model/field-path';
import { canonicalCidr } from '../model/ip-block';
import type { LintContext } from './context';
import { type EditFix, together, write, writeElsewhere } from './fix';
import { cidrsOf, type WrittenCidr } from './ip-blocks';
import { isSkipped, NPM_SKIPS, skippingField } from './skipped-cidrs';

/** A CIDR that Kubernetes 1.36 refuses and older servers take. */
export interface FlawedCidr extends WrittenCidr {
  readonly cidr: Cidr & { readonly flaw: CidrFlaw };
}

/** What engines make of such forms, but for what has a rule of its own. */
const READINGS: Readonly<Record<CidrFlaw, readonly DepartureId[]>> = {
  'leading-zeros': ['zero-prefix-matches-nothing', 'leading-zeros-in-address'],
  'ipv4-mapped': ['ipv4-mapped-is-ipv4'],
  'host-bits': [],
};

export function flawedCidrs(context: LintContext, policy: PolicyEntry): FlawedCidr[] {
  return cidrsOf(context, policy).flatMap((written) => {
    const cidr = readCidr(written.text);
    return cidr?.flaw === undefined ? [] : [{ ...written, cidr: { ...cidr, flaw: cidr.flaw } }];
  });
}

/** What mends the leading zeros below a path. */
export function withoutZeros(context: LintContext, policy: PolicyEntry, at: FieldPath): EditFix | undefined {
  const found = flawedCidrs(context, policy).filter(
    ({ cidr, field }) => cidr.flaw === 'leading-zeros' && liesIn(field, at),
  );
  return found.length === 0
    ? undefined
    : together(
        ...found.map(({ cidr, field }) =>
          // Where there is one alone, its place need not be told.
          (found.length === 1 ? write : writeElsewhere)(policy, field, canonicalCidr(cidr)),
        ),
      );
}

/** Whether a rule about the engine speaks of the same flaw of the same CIDR. */
export function isToldByEngine(
  context: LintContext,
  policy: PolicyEntry,
  { cidr, field }: FlawedCidr,
): boolean {
  const { differences } = context;
  return (
    (differences.by(policy, ...NPM_SKIPS).length > 0 &&
      isSame(skippingField(context, policy), field) &&
      !isSkipped(canonicalCidr(cidr))) ||
    (cidr.flaw === 'leading-zeros' &&
      differences
        .by(policy, 'leading-zeros-open-rule', 'leading-zeros-end-exceptions')
        .some(({ at }) => liesIn(field, at)))
  );
}

/** What the engine makes of the form, if a connection shows it; no other rule then speaks of that. */
export function engineReadingOf(
  { differences }: LintContext,
  policy: PolicyEntry,
  { cidr, field }: FlawedCidr,
): { readonly text: string; readonly witness: string } | undefined {
  for (const departure of differences.by(policy, ...READINGS[cidr.flaw])) {
    const change =
      liesIn(field, departure.at) && !differences.told.has(departure)
        ? differences.change(policy, departure)
        : undefined;
    if (change !== undefined) {
      differences.told.add(departure);
      return { text: departure.by.map(departureText).join('; '), witness: change.text };
    }
  }
  return undefined;
}
