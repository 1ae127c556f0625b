/**
 * A set of small numbers, 32 to a word; a value that never changes.
 * Sets that meet in an operation have the same size.
 */
export class Bits {
  /** The empty set of numbers below `size`. */
  public static none(size: number): Bits {
    return new Bits(new Uint32Array((size + 31) >>> 5));
  }

  /** The set of the `numbers` given, each below `size`. */
  public static of(size: number, numbers: Iterable<number>): Bits {
    const words = new Uint32Array((size + 31) >>> 5);
    for (const number of numbers) {
      words[number >>> 5] = (words[number >>> 5] as number) | (1 << (number & 31));
    }
    return new Bits(words);
  }

  private constructor(private readonly words: Uint32Array) {}

  public get isEmpty(): boolean {
    const { words } = this;
    for (let i = 0; i < words.length; i += 1) {
      if (words[i] !== 0) {
        return false;
      }
    }
    return true;
  }

  public get count(): number {
    let count = 0;
    this.forEach(() => {
      count += 1;
    });
    return count;
  }

  public has(number: number): boolean {
    return (((this.words[number >>> 5] as number) >>> (number & 31)) & 1) === 1;
  }

  public and({ words: other }: Bits): Bits {
    const words = new Uint32Array(other.length);
    for (let i = 0; i < words.length; i += 1) {
      words[i] = (this.words[i] as number) & (other[i] as number);
    }
    return new Bits(words);
  }

  public or({ words: other }: Bits): Bits {
    const words = new Uint32Array(other.length);
    for (let i = 0; i < words.length; i += 1) {
      words[i] = (this.words[i] as number) | (other[i] as number);
    }
    return new Bits(words);
  }

  public without({ words: other }: Bits): Bits {
    const words = new Uint32Array(other.length);
    for (let i = 0; i < words.length; i += 1) {
      words[i] = (this.words[i] as number) & ~(other[i] as number);
    }
    return new Bits(words);
  }

  public equals({ words: other }: Bits): boolean {
    return this.words.every((word, i) => word === other[i]);
  }

  /** The numbers of the set, ascending. */
  public forEach(visit: (number: number) => void): void {
    const { words } = this;
    for (let i = 0; i < words.length; i += 1) {
      let word = words[i] as number;
      while (word !== 0) {
        const lowest = 31 - Math.clz32(word & -word);
        visit((i << 5) + lowest);
        word &= word - 1;
      }
    }
  }
}
