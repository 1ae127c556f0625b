import { type Intervals, intersect, overlap, pairs, rank, subtract, union, unionOf } from './intervals';
import type { Protocol } from './network-policy';
import { PROTOCOLS } from './ports';

type Combine = (a: Intervals<number>, b: Intervals<number>) => Intervals<number>;

const EVERY_NUMBER: Intervals<number> = [1, 65536];

/** Ports of one protocol from `first` to `last`. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly first: number;
  readonly last: number;
}

/** Any set of ports of TCP, UDP and SCTP; immutable. Its text and JSON are what kubectl writes: `80/TCP, 8000-8100/TCP`. */
export class PortSet {
  public static readonly NONE = new PortSet([[], [], []]);
  public static readonly ALL = new PortSet([EVERY_NUMBER, EVERY_NUMBER, EVERY_NUMBER]);

  public static ofProtocol(protocol: Protocol): PortSet {
    return PortSet.range(protocol, 1, 65535);
  }

  /** The ports of one protocol from `first` to `last`, both included; 1 to 65535. */
  public static range(protocol: Protocol, first: number, last = first): PortSet {
    return new PortSet(PROTOCOLS.map((each) => (each === protocol ? [first, last + 1] : [])));
  }

  public static union(sets: readonly PortSet[]): PortSet {
    return sets.length === 1
      ? (sets[0] as PortSet)
      : new PortSet(
          PROTOCOLS.map((_, i) => unionOf(sets.map(({ numbers }) => numbers[i] as Intervals<number>))),
        );
  }

  // Private fields, so that a comparison field by field finds equal sets equal.
  #key: string | undefined;
  #text: string | undefined;

  /** @param numbers a set for each protocol, in the order of {@link PROTOCOLS} */
  private constructor(private readonly numbers: readonly Intervals<number>[]) {}

  public get key(): string {
    this.#key ??= this.numbers.join(';');
    return this.#key;
  }

  public get isEmpty(): boolean {
    return this.numbers.every(({ length }) => length === 0);
  }

  /** Whether it holds every port of every protocol. */
  public get isAll(): boolean {
    return this.key === PortSet.ALL.key;
  }

  /** The union of both sets. */
  public or(other: PortSet): PortSet {
    return other.isEmpty ? this : this.isEmpty ? other : this.combine(other, union);
  }

  /** The intersection of both sets. */
  public and(other: PortSet): PortSet {
    return this.combine(other, intersect);
  }

  /** The ports of this set that are not in the other. */
  public without(other: PortSet): PortSet {
    return this.combine(other, subtract);
  }

  /** Whether it contains all ports of the other. */
  public covers(other: PortSet): boolean {
    return other === this || other.without(this).isEmpty;
  }

  /** Whether the two have a port in common. */
  public overlaps(other: PortSet): boolean {
    for (let i = 0; i < PROTOCOLS.length; i++) {
      if (overlap(this.numbers[i] as Intervals<number>, other.numbers[i] as Intervals<number>)) {
        return true;
      }
    }
    return false;
  }

  public has(protocol: Protocol, port: number): boolean {
    return rank(this.numbers[PROTOCOLS.indexOf(protocol)] as Intervals<number>, port) % 2 === 1;
  }

  /** Its ranges, TCP before UDP before SCTP, from the lowest to the highest. */
  public ranges(): PortRange[] {
    return PROTOCOLS.flatMap((protocol, i) =>
      [...pairs(this.numbers[i] as Intervals<number>)].map(([first, end]) => ({
        protocol,
        first,
        last: end - 1,
      })),
    );
  }

  /** `80/TCP, 8000-8100/TCP, *\/UDP`; `*` for every port of every protocol, `none` for the empty set. */
  public toString(): string {
    this.#text ??= this.isEmpty ? 'none' : this.isAll ? '*' : this.rangeTexts().join(', ');
    return this.#text;
  }

  /** Each of its ranges: `80/TCP`, `8000-8100/TCP`. */
  public rangeTexts(): readonly string[] {
    return this.ranges().map(describeRange);
  }

  public toJSON(): string {
    return this.toString();
  }

  private combine(other: PortSet, combine: Combine): PortSet {
    return new PortSet(this.numbers.map((set, i) => combine(set, other.numbers[i] as Intervals<number>)));
  }
}

function describeRange({ protocol, first, last }: PortRange): string {
  const numbers = first === 1 && last === 65535 ? '*' : first === last ? `${first}` : `${first}-${last}`;
  return `${numbers}/${protocol}`;
}
