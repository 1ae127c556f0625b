import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Bits } from '../../../lib/reachability/sets/bits';

const SIZE = 200;

/** Small and large sets. */
const numbers = fc.oneof(
  fc.array(fc.nat({ max: SIZE - 1 }), { maxLength: 8 }),
  fc.array(fc.nat({ max: SIZE - 1 }), { minLength: 20, maxLength: 120, size: 'max' }),
);

test('operations on sets hold the numbers they should', () => {
  fc.assert(
    fc.property(numbers, numbers, (left, right) => {
      const [a, b] = [Bits.of(left), Bits.of(right)];
      const all = Array.from({ length: SIZE }, (_, i) => i);
      const [inA, inB] = [new Set(left), new Set(right)];
      expect(a.and(b).toArray()).toEqual(all.filter((i) => inA.has(i) && inB.has(i)));
      expect(a.or(b).toArray()).toEqual(all.filter((i) => inA.has(i) || inB.has(i)));
      expect(a.without(b).toArray()).toEqual(all.filter((i) => inA.has(i) && !inB.has(i)));
      expect(a.overlaps(b)).toBe(left.some((i) => inB.has(i)));
      expect(a.covers(b)).toBe(right.every((i) => inA.has(i)));
      expect([a.covers(a.and(b)), a.or(b).covers(b)]).toEqual([true, true]);
      expect(a.and(b).equals(b.and(a))).toBe(true);
      expect(a.or(b).without(a).equals(b.without(a))).toBe(true);
      expect(a.without(b).isEmpty).toBe(left.every((i) => inB.has(i)));
      expect(all.filter((i) => a.has(i))).toEqual(a.toArray());
    }),
  );
});

test('a condition is asked of the numbers in their order, until it fails', () => {
  fc.assert(
    fc.property(numbers, fc.nat({ max: SIZE }), (some, limit) => {
      const set = Bits.of(some);
      const asked: number[] = [];
      const holds = set.every((number) => {
        asked.push(number);
        return number < limit;
      });
      const list = set.toArray();
      const end = list.findIndex((number) => number >= limit);
      expect(holds).toBe(end === -1);
      expect(asked).toEqual(end === -1 ? list : list.slice(0, end + 1));
    }),
  );
});

test('equal sets have the same hash and numbers', () => {
  fc.assert(
    fc.property(numbers, numbers, (left, right) => {
      const [a, b] = [Bits.of(left), Bits.of(right)];
      const again = Bits.of([...left].reverse());
      expect([a.equals(again), a.hash]).toEqual([true, again.hash]);
      expect(a.equals(b)).toBe(isDeepStrictEqual(a.toArray(), b.toArray()));
    }),
  );
});

test('every number is visited, in its order', () => {
  fc.assert(
    fc.property(numbers, (some) => {
      const visited: number[] = [];
      Bits.of(some).forEach((number) => {
        visited.push(number);
      });
      expect(visited).toEqual([...new Set(some)].sort((a, b) => a - b));
    }),
  );
});

test('sets are ordered as their numbers one after the other', () => {
  const order = (a: readonly number[], b: readonly number[]): number => {
    const i = a.findIndex((number, place) => number !== b[place]);
    return i === -1 ? Math.sign(a.length - b.length) : i >= b.length || (a[i] ?? 0) > (b[i] ?? 0) ? 1 : -1;
  };
  fc.assert(
    fc.property(numbers, numbers, numbers, (start, left, right) => {
      for (const [some, others] of [
        [left, right],
        [
          [...start, ...left],
          [...start, ...right],
        ],
        [start, [...start, ...left]],
      ] as const) {
        const [a, b] = [Bits.of(some), Bits.of(others)];
        expect(a.compare(b)).toBe(order(a.toArray(), b.toArray()));
        expect(b.compare(a) + a.compare(b)).toBe(0);
      }
    }),
  );
});

test('each number has its value, and is counted once', () => {
  fc.assert(
    fc.property(numbers, (some) => {
      const set = Bits.of(some);
      const distinct = [...new Set(some)].sort((a, b) => a - b);
      expect(set.size).toBe(distinct.length);
      expect(set.map((number) => `${number}`)).toEqual(distinct.map((number) => `${number}`));
    }),
  );
});

test('a set of one number tells it', () => {
  fc.assert(
    fc.property(numbers, (some) => {
      const list = Bits.of(some).toArray();
      expect(Bits.of(some).only).toBe(list.length === 1 ? list[0] : undefined);
    }),
  );
});

test('sets are equal by their numbers, not by how these lie in a word', () => {
  const of = (...numbers: number[]) => Bits.of(numbers);
  expect([of(3, 40).equals(of(40, 3)), of().equals(of())]).toEqual([true, true]);
  expect([of(0).equals(of(32)), of(0).equals(of(0, 32)), of(1).equals(of(2))]).toEqual([false, false, false]);
});
