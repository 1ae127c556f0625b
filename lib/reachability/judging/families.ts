import { type AddressPosition, IpSet } from '../../model/ip-set';
import type { PodPoint, Point } from './points';
import type { QuestionPart } from './question-parts';

/** The address families of a point. */
interface Families {
  readonly ipv4: boolean;
  readonly ipv6: boolean;
}

/**
 * A part of a question once for each address family that both ends have, for an engine that treats families
 * differently.
 *
 * @param isDualStack whether pods and nodes with unknown addresses have both families
 */
export function byFamily(part: QuestionPart, isDualStack: boolean): readonly QuestionPart[] {
  const { from, to } = part;
  if (to.kind === 'name') {
    return [part];
  }
  if (from.kind === 'addresses' || to.kind === 'addresses') {
    // Each set of addresses is of one family.
    return [
      { ...part, isIpv6: [from, to].some((end) => end.kind === 'addresses' && IpSet.IPV6.covers(end.set)) },
    ];
  }
  const asked = [from, to].find(isAskedByAddress);
  const { ipv4, ipv6 } =
    asked === undefined ? both(of(from, isDualStack), of(to, isDualStack)) : familiesIn([asked.address]);
  // Ends without a common family exchange nothing; they are judged as if they did.
  return [...(ipv4 || !ipv6 ? [part] : []), ...(ipv6 ? [{ ...part, isIpv6: true }] : [])];
}

function isAskedByAddress(point: Point): point is PodPoint & { readonly address: AddressPosition } {
  return point.kind === 'pods' && point.address !== undefined;
}

function of(point: Point, isDualStack: boolean): Families {
  const known =
    point.kind === 'pods' ? point.unit.addresses : point.kind === 'node' ? point.addresses : undefined;
  return known === undefined ? { ipv4: true, ipv6: isDualStack } : familiesIn(known);
}

function familiesIn(addresses: readonly AddressPosition[]): Families {
  const isIpv6 = (address: AddressPosition) => IpSet.IPV6.has(address);
  return { ipv4: !addresses.every(isIpv6), ipv6: addresses.some(isIpv6) };
}

const both = (a: Families, b: Families): Families => ({ ipv4: a.ipv4 && b.ipv4, ipv6: a.ipv6 && b.ipv6 });
