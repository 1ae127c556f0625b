import { type Cidr, formatAddress, formatCidr, readAddress, readCidr } from './cidr';
import { type Intervals, intersect, overlap, pairs, rank, subtract, union, unionOf } from './intervals';
import type { IpBlock } from './network-policy';

/** IPv6 addresses lie above IPv4 addresses on one number line, with a gap between them. */
const IPV6_BASE = 1n << 33n;

const base = (family: 4 | 6) => (family === 4 ? 0n : IPV6_BASE);

/** Addresses from `first` to `last`; `prefixLength` if they form a CIDR. */
export interface AddressRange extends Pick<Cidr, 'family' | 'first' | 'last'> {
  readonly prefixLength?: number;
}

/**
 * Any set of IPv4 and IPv6 addresses; immutable. Its JSON is {@link ranges}. The families never mix: `0.0.0.0/0`
 * contains no IPv6 address.
 */
export class IpSet {
  public static readonly NONE = new IpSet([]);
  public static readonly IPV4 = IpSet.of({ family: 4, first: 0n, last: (1n << 32n) - 1n });
  public static readonly IPV6 = IpSet.of({ family: 6, first: 0n, last: (1n << 128n) - 1n });
  public static readonly ALL = IpSet.IPV4.or(IpSet.IPV6);

  public static of({ family, first, last }: Pick<Cidr, 'family' | 'first' | 'last'>): IpSet {
    return new IpSet([base(family) + first, base(family) + last + 1n]);
  }

  /** One address, or `undefined` if the text is not one. */
  public static ofAddress(text: string): IpSet | undefined {
    const at = positionOf(text);
    return at === undefined ? undefined : new IpSet([at, at + 1n]);
  }

  public static union(sets: readonly IpSet[]): IpSet {
    return sets.length === 1 ? (sets[0] as IpSet) : new IpSet(unionOf(sets.map(({ line }) => line)));
  }

  /** The addresses of all CIDRs together; other texts are ignored. */
  public static ofCidrs(texts: readonly string[]): IpSet {
    return IpSet.union(
      texts.flatMap((text) => {
        const cidr = readCidr(text);
        return cidr === undefined ? [] : [IpSet.of(cidr)];
      }),
    );
  }

  /** The addresses of an IP block: `cidr` without `except`. */
  public static ofBlock({ cidr, except }: IpBlock): IpSet {
    return IpSet.ofCidrs([cidr]).without(IpSet.ofCidrs(except ?? []));
  }

  // A private field, so that a comparison field by field finds equal sets equal.
  #texts: readonly string[] | undefined;

  private constructor(private readonly line: Intervals<bigint>) {}

  public get isEmpty(): boolean {
    return this.line.length === 0;
  }

  /** The union of both sets. */
  public or(other: IpSet): IpSet {
    return other.isEmpty ? this : this.isEmpty ? other : new IpSet(union(this.line, other.line));
  }

  /** The intersection of both sets. */
  public and(other: IpSet): IpSet {
    return new IpSet(intersect(this.line, other.line));
  }

  /** The addresses of this set that are not in the other. */
  public without(other: IpSet): IpSet {
    return new IpSet(subtract(this.line, other.line));
  }

  /** Whether it contains all addresses of the other. */
  public covers(other: IpSet): boolean {
    return other === this || other.without(this).isEmpty;
  }

  /** Whether the two have an address in common. */
  public overlaps(other: IpSet): boolean {
    return overlap(this.line, other.line);
  }

  public has(position: AddressPosition): boolean {
    return rank(this.line, position) % 2 === 1;
  }

  public get key(): string {
    return this.line.join();
  }

  /** The first position of each interval and the one after its last. */
  public get boundaries(): Intervals<AddressPosition> {
    return this.line;
  }

  /** Its ranges from the lowest to the highest, each as a CIDR if possible, else as `first-last`. */
  public ranges(): readonly string[] {
    this.#texts ??= this.intervals().map(describeRange);
    return this.#texts;
  }

  /** The same ranges as numbers. */
  public intervals(): AddressRange[] {
    return [...pairs(this.line)].map(([from, to]) => {
      const family = from < IPV6_BASE ? 4 : 6;
      const first = from - base(family);
      const last = to - 1n - base(family);
      const hostBits = bitLength(last ^ first);
      const isCidr = (last ^ first) === (1n << BigInt(hostBits)) - 1n && (first & (last ^ first)) === 0n;
      const range = { family, first, last } as const;
      return isCidr ? { ...range, prefixLength: (family === 4 ? 32 : 128) - hostBits } : range;
    });
  }

  /** Its ranges in one line; `none` for the empty set. */
  public toString(): string {
    return this.isEmpty ? 'none' : this.ranges().join(', ');
  }

  public toJSON(): readonly string[] {
    return this.ranges();
  }
}

/** An address as a point on the number line of {@link IpSet}. */
export type AddressPosition = bigint;

/** The position of an address on the number line, or `undefined` if the text is not an address. */
export function positionOf(text: string): AddressPosition | undefined {
  const address = readAddress(text);
  return address === undefined ? undefined : base(address.family) + address.value;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function describeRange({ family, first, last, prefixLength }: AddressRange): string {
  return prefixLength === undefined
    ? `${formatAddress(family, first)}-${formatAddress(family, last)}`
    : formatCidr({ family, first, prefixLength });
}
