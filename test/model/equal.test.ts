import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { areEqual } from '../../lib/model/equal';

/** Values that meet often: few keys and few leaves. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, 0, -0, 1, '1', '', true, Number.NaN),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('0', '1', 'a', 'toString'), tie('value'), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
}));

/** The same value with its fields in the opposite order. */
function turned(from: unknown): unknown {
  if (Array.isArray(from)) {
    return from.map(turned);
  }
  return typeof from === 'object' && from !== null
    ? Object.fromEntries(
        Object.entries(from)
          .reverse()
          .map(([key, inner]) => [key, turned(inner)]),
      )
    : from;
}

test('values are equal where Node says so, whatever the order of their fields', () => {
  let equal = 0;
  fc.assert(
    fc.property(value, value, (a, b) => {
      equal += isDeepStrictEqual(a, b) ? 1 : 0;
      expect(areEqual(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(areEqual(a, turned(a))).toBe(true);
    }),
    { numRuns: 3000 },
  );
  expect(equal).toBeGreaterThan(50);
});
