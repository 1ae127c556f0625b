import fc from 'fast-check';
import {
  type Intervals,
  intersect,
  overlap,
  rank,
  subtract,
  union,
  unionOf,
} from '../../lib/model/intervals';

const SPACE = Array.from({ length: 24 }, (_, i) => i);

/** Any set of the numbers of the space, as its boundaries. */
const intervals: fc.Arbitrary<Intervals<number>> = fc
  .uniqueArray(fc.nat({ max: SPACE.length }), { maxLength: 10 })
  .map((some) => some.sort((a, b) => a - b).slice(some.length % 2));

const numbersOf = (set: Intervals<number>) => SPACE.filter((number) => rank(set, number) % 2 === 1);

test.each([
  { name: 'union', combine: union, keep: (a: boolean, b: boolean) => a || b },
  { name: 'intersect', combine: intersect, keep: (a: boolean, b: boolean) => a && b },
  { name: 'subtract', combine: subtract, keep: (a: boolean, b: boolean) => a && !b },
])('$name holds the numbers it should, sorted and merged', ({ combine, keep }) => {
  fc.assert(
    fc.property(intervals, intervals, (a, b) => {
      const [inA, inB] = [new Set(numbersOf(a)), new Set(numbersOf(b))];
      const combined = combine(a, b);
      expect(numbersOf(combined)).toEqual(SPACE.filter((each) => keep(inA.has(each), inB.has(each))));
      expect(combined).toEqual([...new Set(combined)].sort((x, y) => x - y));
      expect(combined.length % 2).toBe(0);
    }),
  );
});

test('the union of many is that of one after the other', () => {
  fc.assert(
    fc.property(fc.array(intervals, { maxLength: 6 }), (sets) => {
      expect(unionOf(sets)).toEqual(sets.reduce<Intervals<number>>(union, []));
    }),
  );
});

test('the union of twice as many sets takes little more than twice the comparisons', () => {
  let comparisons = 0;
  const counted = (value: number) => ({
    valueOf: () => {
      comparisons++;
      return value;
    },
  });
  const [few, many] = [1000, 2000].map((n) => {
    comparisons = 0;
    unionOf(Array.from({ length: n }, (_, i) => [2 * i, 2 * i + 1].map(counted) as unknown as number[]));
    return comparisons;
  }) as [number, number];
  expect(many).toBeLessThan(2.3 * few);
  expect(few).toBeGreaterThan(1000);
});

test('sets overlap when they have a number in common', () => {
  fc.assert(
    fc.property(intervals, intervals, (a, b) => {
      expect(overlap(a, b)).toBe(intersect(a, b).length > 0);
    }),
  );
});
