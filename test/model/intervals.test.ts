import fc from 'fast-check';
import { type Intervals, intersect, overlap, rank, subtract, union } from '../../lib/model/intervals';

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

test('sets overlap when they have a number in common', () => {
  fc.assert(
    fc.property(intervals, intervals, (a, b) => {
      expect(overlap(a, b)).toBe(intersect(a, b).length > 0);
    }),
  );
});
