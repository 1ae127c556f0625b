import { Bits } from '../../../lib/reachability/sets/bits';
import { Bounds } from '../../../lib/reachability/sets/bounds';

const of = (...numbers: number[]) => Bits.of(numbers);
const exactly = (...numbers: number[]) => Bounds.exactly(of(...numbers));
const inDoubt = (sure: readonly number[], perhaps: readonly number[]) =>
  new Bounds(of(...sure), of(...sure, ...perhaps));

test.each([
  { why: 'both sides know all', bounds: exactly(1, 2).and(exactly(2, 3)), exact: true },
  { why: 'who is in doubt is not in the other', bounds: inDoubt([1], [9]).and(exactly(1, 2)), exact: true },
  { why: 'who is in doubt is in the other', bounds: inDoubt([1], [9]).and(exactly(1, 9)), exact: false },
  { why: 'each side is in doubt of others', bounds: inDoubt([1], [8]).and(inDoubt([1], [9])), exact: true },
  { why: 'nobody is in both', bounds: inDoubt([1], [9]).and(exactly(5)), exact: true },
  { why: 'who is in doubt is surely in the other', bounds: inDoubt([1], [9]).or(exactly(9)), exact: true },
  { why: 'who is in doubt is in neither', bounds: inDoubt([1], [9]).or(exactly(2)), exact: false },
])('nothing is in doubt, or something is: $why', ({ bounds, exact }) => {
  expect(bounds.isExact).toBe(exact);
  expect(bounds.sure.equals(bounds.possible)).toBe(exact);
});
