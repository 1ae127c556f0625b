/**
 * A set of small numbers, 32 to a word; a value that never changes.
 * Sets that meet in an operation have the same size.
 */
export class Bits {
  /** The set of the `numbers` given, each below `size`. */
  public static of(size: number, numbers: readonly number[]): Bits {
    const words = new Uint32Array((size + 31) >>> 5);
    for (let i = 0; i < numbers.length; i += 1) {
      const number = numbers[i] as number;
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

  public has(number: number): boolean {
    return (((this.words[number >>> 5] as number) >>> (number & 31)) & 1) === 1;
  }

  /** Whether the two have a number in common. */
  public overlaps({ words: other }: Bits): boolean {
    const { words } = this;
    for (let i = 0; i < words.length; i += 1) {
      if (((words[i] as number) & (other[i] as number)) !== 0) {
        return true;
      }
    }
    return false;
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

  /** The numbers of the set, ascending. */
  public toArray(): number[] {
    const { words } = this;
    const numbers: number[] = [];
    for (let i = 0; i < words.length; i += 1) {
      let word = words[i] as number;
      while (word !== 0) {
        numbers.push((i << 5) + 31 - Math.clz32(word & -word));
        word &= word - 1;
      }
    }
    return numbers;
  }

  /** Visits the numbers of the set, ascending. */
  public forEach(visit: (number: number) => void): void {
    for (const number of this.toArray()) {
      visit(number);
    }
  }
}
