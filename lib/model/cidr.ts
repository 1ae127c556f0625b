import { isFrom } from './kubernetes-version';

/** The first version of Kubernetes whose API server refuses the flaws of {@link CidrFlaw}. */
export const REFUSES_CIDR_FLAWS = '1.36';

/** What the API server has refused in CIDRs since Kubernetes 1.36, and accepted before. */
export type CidrFlaw = 'leading-zeros' | 'ipv4-mapped' | 'host-bits';

/** A CIDR as a range of addresses. Invariant: `first <= last`, both of `family`. */
export interface Cidr {
  readonly family: 4 | 6;
  /** The lowest address, as a number of 32 or 128 bits. */
  readonly first: bigint;
  readonly last: bigint;
  /** 0 to 32, or 0 to 128. */
  readonly prefixLength: number;
  /** Set if the text is valid only before Kubernetes 1.36; the range is then the one that such a server reads. */
  readonly flaw?: CidrFlaw;
}

/**
 * Whether the API server of a version refuses the flaws of {@link CidrFlaw}; an unknown version counts as new.
 *
 * @param kubernetesVersion `1.35` or `1.35.2`
 * @see kubernetes pkg/features, StrictIPCIDRValidation: off to 1.35, on from 1.36 (read 2026-11-22)
 */
export function refusesCidrFlaws(kubernetesVersion: string | undefined): boolean {
  return isFrom(kubernetesVersion, REFUSES_CIDR_FLAWS) !== false;
}

interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
  readonly leadingZeros: boolean;
}

const IPV4_MAPPED = 0xffffn;

/**
 * Reads a CIDR as the API server does, including leading zeros and host bits; `undefined` if it is not a CIDR.
 *
 * @see k8s.io/utils/net ParseCIDRSloppy and apimachinery pkg/util/validation/ip.go parseCIDR
 */
export function readCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const digits = text.slice(slash + 1);
  const address = slash < 0 ? undefined : readAddress(text.slice(0, slash));
  if (address === undefined || !/^\d+$/.test(digits)) {
    return undefined;
  }
  const bits = address.family === 4 ? 32 : 128;
  const prefixLength = Number(digits);
  if (prefixLength > bits) {
    return undefined;
  }
  const hostMask = (1n << BigInt(bits - prefixLength)) - 1n;
  const last = address.value | hostMask;
  const first = last ^ hostMask;
  const flaw =
    address.leadingZeros || (digits.length > 1 && digits.startsWith('0'))
      ? 'leading-zeros'
      : address.family === 6 && address.value >> 32n === IPV4_MAPPED
        ? 'ipv4-mapped'
        : first !== address.value
          ? 'host-bits'
          : undefined;
  return flaw === undefined
    ? { family: address.family, first, last, prefixLength }
    : { family: address.family, first, last, prefixLength, flaw };
}

/** Reads an IPv4 or IPv6 address; `undefined` if it is not one. */
export function readAddress(text: string): Address | undefined {
  return readIpv4(text) ?? readIpv6(text);
}

/** `10.0.0.0/8`, `2001:db8::/32`: a CIDR in its canonical form (RFC 5952). */
export function formatCidr(cidr: Pick<Cidr, 'family' | 'first' | 'prefixLength'>): string {
  return `${formatAddress(cidr.family, cidr.first)}/${cidr.prefixLength}`;
}

/** An address in its canonical form (RFC 5952 for IPv6). */
export function formatAddress(family: 4 | 6, value: bigint): string {
  if (family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  );
  const text = groups.join(':');
  // RFC 5952: the longest run of two or more zero groups, the first of equals, becomes '::'.
  let longest: RegExpMatchArray | undefined;
  for (const run of text.matchAll(/(?<![0-9a-f])0(?::0(?![0-9a-f]))+/g)) {
    if (longest === undefined || run[0].length > longest[0].length) {
      longest = run;
    }
  }
  if (longest === undefined) {
    return text;
  }
  const end = (longest.index as number) + longest[0].length;
  return `${text.slice(0, longest.index).replace(/:$/, '')}::${text.slice(end).replace(/^:/, '')}`;
}

/** Whether `inner` lies within `outer` and is smaller. Families never mix. */
export function isStrictSubset(inner: Cidr, outer: Cidr): boolean {
  return (
    inner.family === outer.family &&
    inner.first >= outer.first &&
    inner.last <= outer.last &&
    inner.prefixLength > outer.prefixLength
  );
}

/** RFC 1918, and RFC 6598 for carrier-grade NAT. */
export const PRIVATE_IPV4: readonly string[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
];
const PRIVATE = [...PRIVATE_IPV4, 'fc00::/7'];
let privateRanges: readonly Cidr[] | undefined;

/** Whether a CIDR lies in a private range: RFC 1918, RFC 6598 (carrier-grade NAT) or RFC 4193 (IPv6). */
export function isPrivate(cidr: Cidr): boolean {
  privateRanges ??= PRIVATE.map((text) => readCidr(text) as Cidr);
  return privateRanges.some(
    (range) => cidr.family === range.family && cidr.first >= range.first && cidr.last <= range.last,
  );
}

function readIpv4(text: string): Address | undefined {
  const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (octets === null) {
    return undefined;
  }
  let value = 0;
  let leadingZeros = false;
  for (let i = 1; i <= 4; i++) {
    const octet = octets[i] as string;
    if (Number(octet) > 0xff) {
      return undefined;
    }
    leadingZeros ||= octet.length > 1 && octet.startsWith('0');
    value = value * 256 + Number(octet);
  }
  return { family: 4, value: BigInt(value), leadingZeros };
}

function readIpv6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const head = readGroups(halves[0] as string, halves.length === 1);
  const tail =
    halves.length === 1 ? { groups: [], leadingZeros: false } : readGroups(halves[1] as string, true);
  if (head === undefined || tail === undefined) {
    return undefined;
  }
  const missing = 8 - head.groups.length - tail.groups.length;
  // '::' stands for one group or more.
  if (halves.length === 1 ? missing !== 0 : missing < 1) {
    return undefined;
  }
  const groups = [...head.groups, ...Array<bigint>(missing).fill(0n), ...tail.groups];
  return {
    family: 6,
    value: groups.reduce((value, group) => (value << 16n) | group, 0n),
    leadingZeros: head.leadingZeros || tail.leadingZeros,
  };
}

/** Reads colon-separated groups of hexadecimal digits; with `atEnd` the last may be an IPv4 address. */
function readGroups(text: string, atEnd: boolean): { groups: bigint[]; leadingZeros: boolean } | undefined {
  const groups: bigint[] = [];
  let leadingZeros = false;
  if (text === '') {
    return { groups, leadingZeros };
  }
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const ipv4 = atEnd && i === parts.length - 1 ? readIpv4(part) : undefined;
    if (ipv4 !== undefined) {
      leadingZeros ||= ipv4.leadingZeros;
      groups.push(ipv4.value >> 16n, ipv4.value & 0xffffn);
    } else if (/^0*[0-9a-f]{1,4}$/i.test(part)) {
      leadingZeros ||= part.length > 4;
      groups.push(BigInt(`0x${part}`));
    } else {
      return undefined;
    }
  }
  return { groups, leadingZeros };
}
