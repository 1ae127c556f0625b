/** Up to so many numbers are kept as a list, because most selectors match a few pods of many. */
const FEW = 24;

/**
 * A set of numbers below a size; a value that never changes. A small one is kept as a list, a large one as
 * words of 32 bits. Sets that meet in an operation have the same size.
 */
export class Bits {
  /** The set of the `numbers` given, each below `size`, in any order and perhaps more than once. */
  public static of(size: number, numbers: readonly number[]): Bits {
    if (numbers.length <= FEW) {
      return Bits.few(
        size,
        isAscending(numbers) ? numbers.slice() : [...new Set(numbers)].sort((a, b) => a - b),
      );
    }
    const words = new Uint32Array((size + 31) >>> 5);
    for (let i = 0; i < numbers.length; i += 1) {
      add(words, numbers[i] as number);
    }
    return new Bits(size, undefined, words);
  }

  private static few(size: number, list: readonly number[]): Bits {
    return new Bits(size, list, undefined);
  }

  /** @param list ascending, without repetition; exactly one of `list` and `words` is given */
  private constructor(
    private readonly size: number,
    private readonly list: readonly number[] | undefined,
    private readonly words: Uint32Array | undefined,
  ) {}

  public get isEmpty(): boolean {
    return this.list === undefined ? isZero(this.words as Uint32Array) : this.list.length === 0;
  }

  public has(number: number): boolean {
    return this.list === undefined ? holds(this.words as Uint32Array, number) : this.list.includes(number);
  }

  /** Whether the two have a number in common. */
  public overlaps(other: Bits): boolean {
    if (this.list !== undefined) {
      return this.list.some((number) => other.has(number));
    }
    if (other.list !== undefined) {
      return other.overlaps(this);
    }
    const a = this.words as Uint32Array;
    const b = other.words as Uint32Array;
    for (let i = 0; i < a.length; i += 1) {
      if (((a[i] as number) & (b[i] as number)) !== 0) {
        return true;
      }
    }
    return false;
  }

  public and(other: Bits): Bits {
    if (this.list !== undefined) {
      return Bits.few(
        this.size,
        this.list.filter((number) => other.has(number)),
      );
    }
    if (other.list !== undefined) {
      return other.and(this);
    }
    const words = this.copy();
    const more = other.words as Uint32Array;
    for (let i = 0; i < words.length; i += 1) {
      words[i] = (words[i] as number) & (more[i] as number);
    }
    return new Bits(this.size, undefined, words);
  }

  public or(other: Bits): Bits {
    if (this.list !== undefined && other.list !== undefined) {
      return other.list.length === 0 ? this : Bits.of(this.size, [...this.list, ...other.list]);
    }
    if (this.list !== undefined) {
      return this.list.length === 0 ? other : other.or(this);
    }
    const words = this.copy();
    if (other.list !== undefined) {
      for (const number of other.list) {
        add(words, number);
      }
    } else {
      const more = other.words as Uint32Array;
      for (let i = 0; i < words.length; i += 1) {
        words[i] = (words[i] as number) | (more[i] as number);
      }
    }
    return new Bits(this.size, undefined, words);
  }

  public without(other: Bits): Bits {
    if (this.list !== undefined) {
      return Bits.few(
        this.size,
        this.list.filter((number) => !other.has(number)),
      );
    }
    const words = this.copy();
    if (other.list !== undefined) {
      for (const number of other.list) {
        words[number >>> 5] = (words[number >>> 5] as number) & ~(1 << (number & 31));
      }
    } else {
      const less = other.words as Uint32Array;
      for (let i = 0; i < words.length; i += 1) {
        words[i] = (words[i] as number) & ~(less[i] as number);
      }
    }
    return new Bits(this.size, undefined, words);
  }

  /** The numbers of the set, ascending. */
  public toArray(): readonly number[] {
    if (this.list !== undefined) {
      return this.list;
    }
    const words = this.words as Uint32Array;
    const numbers: number[] = [];
    for (let i = 0; i < words.length; i += 1) {
      for (let word = words[i] as number; word !== 0; word &= word - 1) {
        numbers.push(lowest(i, word));
      }
    }
    return numbers;
  }

  /** Whether a condition holds for each number of the set; asks until one fails. */
  public every(holds: (number: number) => boolean): boolean {
    if (this.list !== undefined) {
      return this.list.every(holds);
    }
    const words = this.words as Uint32Array;
    for (let i = 0; i < words.length; i += 1) {
      for (let word = words[i] as number; word !== 0; word &= word - 1) {
        if (!holds(lowest(i, word))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Visits the numbers of the set, ascending. */
  public forEach(visit: (number: number) => void): void {
    if (this.list !== undefined) {
      this.list.forEach(visit);
      return;
    }
    const words = this.words as Uint32Array;
    for (let i = 0; i < words.length; i += 1) {
      for (let word = words[i] as number; word !== 0; word &= word - 1) {
        visit(lowest(i, word));
      }
    }
  }

  /** The same for two sets that are kept alike and are equal; mostly another for others. */
  public get hash(): number {
    let sum = this.size;
    for (const number of this.list ?? (this.words as Uint32Array)) {
      sum = (Math.imul(sum, 31) + number) | 0;
    }
    return sum;
  }

  /** Whether two sets are equal and kept alike: a small one that came of large ones is still kept as words. */
  public isLike(other: Bits): boolean {
    const [a, b] = [this.list ?? this.words, other.list ?? other.words] as [
      ArrayLike<number>,
      ArrayLike<number>,
    ];
    if ((this.list === undefined) !== (other.list === undefined) || a.length !== b.length) {
      return false;
    }
    for (let i = 0; i < a.length; i += 1) {
      if (a[i] !== b[i]) {
        return false;
      }
    }
    return true;
  }

  private copy(): Uint32Array {
    return (this.words as Uint32Array).slice();
  }
}

function isAscending(numbers: readonly number[]): boolean {
  for (let i = 1; i < numbers.length; i += 1) {
    if ((numbers[i - 1] as number) >= (numbers[i] as number)) {
      return false;
    }
  }
  return true;
}

function isZero(words: Uint32Array): boolean {
  for (let i = 0; i < words.length; i += 1) {
    if (words[i] !== 0) {
      return false;
    }
  }
  return true;
}

function holds(words: Uint32Array, number: number): boolean {
  return (((words[number >>> 5] as number) >>> (number & 31)) & 1) === 1;
}

/** The lowest number in a word that is not zero. */
function lowest(index: number, word: number): number {
  return (index << 5) + 31 - Math.clz32(word & -word);
}

function add(words: Uint32Array, number: number): void {
  words[number >>> 5] = (words[number >>> 5] as number) | (1 << (number & 31));
}
