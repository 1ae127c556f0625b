/**
 * An immutable set of numbers from 0. It holds the words of 32 bits from its lowest number to its highest: units of one
 * namespace have consecutive numbers, and most selectors mean pods of one namespace. Invariant: neither the first word
 * nor the last is zero, and an empty set has no words, so equal sets have equal words.
 */
export class Bits {
  public static readonly NONE = new Bits(0, new Int32Array(0));

  /** The set of some numbers, in any order, perhaps with duplicates. */
  public static of(numbers: readonly number[]): Bits {
    if (numbers.length === 0) {
      return Bits.NONE;
    }
    let lowest = numbers[0] as number;
    let highest = lowest;
    for (let i = 1; i < numbers.length; i += 1) {
      const number = numbers[i] as number;
      lowest = number < lowest ? number : lowest;
      highest = number > highest ? number : highest;
    }
    const first = lowest >>> 5;
    const words = new Int32Array((highest >>> 5) - first + 1);
    for (let i = 0; i < numbers.length; i += 1) {
      const number = numbers[i] as number;
      const place = (number >>> 5) - first;
      words[place] = (words[place] as number) | (1 << (number & 31));
    }
    return new Bits(first, words);
  }

  /** The numbers of all sets together. */
  public static union(sets: readonly Bits[]): Bits {
    return [...new Set(sets)].reduce((sum, set) => sum.or(set), Bits.NONE);
  }

  /** The set without the words of zeros at its ends. */
  private static trimmed(first: number, words: Int32Array): Bits {
    let start = 0;
    while (start < words.length && words[start] === 0) {
      start += 1;
    }
    let end = words.length;
    while (end > start && words[end - 1] === 0) {
      end -= 1;
    }
    return start === end
      ? Bits.NONE
      : new Bits(first + start, end - start === words.length ? words : words.slice(start, end));
  }

  /** @param first how many words of zeros precede `words` */
  private constructor(
    private readonly first: number,
    private readonly words: Int32Array,
  ) {}

  public get isEmpty(): boolean {
    return this.words.length === 0;
  }

  /** The number of a set that has one number. */
  public get only(): number | undefined {
    const word = this.words.length === 1 ? (this.words[0] as number) : 0;
    return word === 0 || (word & (word - 1)) !== 0 ? undefined : lowest(this.first, word);
  }

  public has(number: number): boolean {
    const place = (number >>> 5) - this.first;
    const word = place >= 0 && place < this.words.length ? (this.words[place] as number) : 0;
    return ((word >>> (number & 31)) & 1) === 1;
  }

  /** Whether both have a number in common. */
  public overlaps(other: Bits): boolean {
    return this.firstShared(other) < Math.min(this.end, other.end);
  }

  /** Whether it has every number of the other. */
  public covers(other: Bits): boolean {
    if (other.isEmpty) {
      return true;
    }
    if (other.first < this.first || other.end > this.end) {
      return false;
    }
    const start = other.first - this.first;
    for (let i = 0; i < other.words.length; i += 1) {
      if (((other.words[i] as number) & ~(this.words[start + i] as number)) !== 0) {
        return false;
      }
    }
    return true;
  }

  public and(other: Bits): Bits {
    const start = this.firstShared(other);
    const end = Math.min(this.end, other.end);
    if (start >= end) {
      return Bits.NONE;
    }
    const words = new Int32Array(end - start);
    const [a, b] = [start - this.first, start - other.first];
    for (let i = 0; i < words.length; i += 1) {
      words[i] = (this.words[a + i] as number) & (other.words[b + i] as number);
    }
    return Bits.trimmed(start, words);
  }

  public without(other: Bits): Bits {
    const start = this.firstShared(other);
    const end = Math.min(this.end, other.end);
    if (start >= end) {
      return this;
    }
    const words = this.words.slice();
    for (let i = start; i < end; i += 1) {
      const place = i - this.first;
      words[place] = (words[place] as number) & ~(other.words[i - other.first] as number);
    }
    return Bits.trimmed(this.first, words);
  }

  public or(other: Bits): Bits {
    if (this.isEmpty || other.isEmpty) {
      return this.isEmpty ? other : this;
    }
    const first = Math.min(this.first, other.first);
    const words = new Int32Array(Math.max(this.end, other.end) - first);
    words.set(this.words, this.first - first);
    const start = other.first - first;
    for (let i = 0; i < other.words.length; i += 1) {
      words[start + i] = (words[start + i] as number) | (other.words[i] as number);
    }
    return new Bits(first, words);
  }

  public get size(): number {
    const { words } = this;
    let size = 0;
    for (let i = 0; i < words.length; i += 1) {
      for (let word = words[i] as number; word !== 0; word &= word - 1) {
        size += 1;
      }
    }
    return size;
  }

  /** The numbers, ascending. */
  public toArray(): number[] {
    return this.map((number) => number);
  }

  /** One value for each number, ascending. */
  public map<T>(toValue: (number: number) => T): T[] {
    // A growing list would be copied again and again.
    const values = new Array<T>(this.size);
    let next = 0;
    this.forEach((number) => {
      values[next] = toValue(number);
      next += 1;
    });
    return values;
  }

  /** Whether a condition holds for every number; stops at the first for which it does not. */
  public every(holds: (number: number) => boolean): boolean {
    const { first, words } = this;
    for (let i = 0; i < words.length; i += 1) {
      for (let word = words[i] as number; word !== 0; word &= word - 1) {
        if (!holds(lowest(first + i, word))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Visits the numbers, ascending. */
  public forEach(visit: (number: number) => void): void {
    const { first, words } = this;
    for (let i = 0; i < words.length; i += 1) {
      for (let word = words[i] as number; word !== 0; word &= word - 1) {
        visit(lowest(first + i, word));
      }
    }
  }

  /** Equal for equal sets, and rarely for others. */
  public get hash(): number {
    const { words } = this;
    let sum = this.first;
    for (let i = 0; i < words.length; i += 1) {
      sum = (Math.imul(sum, 31) + (words[i] as number)) | 0;
    }
    return sum;
  }

  public equals({ first, words }: Bits): boolean {
    if (first !== this.first || words.length !== this.words.length) {
      return false;
    }
    for (let i = 0; i < words.length; i += 1) {
      if (words[i] !== this.words[i]) {
        return false;
      }
    }
    return true;
  }

  /** Orders sets like lists of their numbers: `{1, 5}`, `{1, 5, 7}`, `{1, 6}`, `{2}`. */
  public compare(other: Bits): number {
    const end = Math.max(this.end, other.end);
    for (let i = Math.min(this.first, other.first); i < end; i += 1) {
      const differing = this.word(i) ^ other.word(i);
      if (differing !== 0) {
        // The set that lacks the lowest differing number comes last, unless it has no number after that one.
        const bit = differing & -differing;
        const isMine = (this.word(i) & bit) !== 0;
        const without = isMine ? other : this;
        const goesOn = (without.word(i) & -bit) !== 0 || i + 1 < without.end;
        return isMine === goesOn ? -1 : 1;
      }
    }
    return 0;
  }

  private word(i: number): number {
    return this.words[i - this.first] ?? 0;
  }

  private get end(): number {
    return this.first + this.words.length;
  }

  /** The first word with a common number; where the shorter set ends if there is none. */
  private firstShared(other: Bits): number {
    const end = Math.min(this.end, other.end);
    let i = Math.max(this.first, other.first);
    while (
      i < end &&
      ((this.words[i - this.first] as number) & (other.words[i - other.first] as number)) === 0
    ) {
      i += 1;
    }
    return i;
  }
}

/** The lowest number in a word that is not zero. */
function lowest(index: number, word: number): number {
  return (index << 5) + 31 - Math.clz32(word & -word);
}
