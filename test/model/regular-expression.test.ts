import fc from 'fast-check';
import { fitsWhole } from '../../lib/model/regular-expression';

test.each([
  ['/orders', '/orders', true],
  ['/orders', '/orders/1', false],
  ['/orders', '/my/orders', false],
  ['/orders/.*', '/orders/1', true],
  ['/orders/[0-9]+', '/orders/12', true],
  ['/orders/[0-9]+', '/orders/x', false],
  ['^/orders$', '/orders', true],
  ['/orders^', '/orders', false],
  ['GET|POST', 'POST', true],
  ['GET|POST', 'POSTS', false],
  ['/(a|b)?', '/', true],
  ['/(a|b)?', '/ab', false],
  ['(/[a-z]+)+', '/a/bc', true],
  ['/v\\d\\.\\d', '/v1.2', true],
  ['/v\\d\\.\\d', '/v1x2', false],
  ['a.c', 'abc', true],
  ['', '', true],
  ['', 'a', false],
  ['a*?b', 'aab', true],
  ['(?i)get', 'GET', undefined],
  ['a{2}', 'aa', undefined],
  ['(a', 'a', undefined],
  ['a)', 'a', undefined],
  ['a**', 'a', undefined],
  ['[^a]', 'b', true],
  ['[^/]+', 'a/b', false],
  ['(?:a|b)c', 'bc', true],
  ['\\D\\W\\S', 'a-b', true],
  ['\\D', '1', false],
  ['a\\+b', 'a+b', true],
  ['[\\]a]', ']', true],
  ['/~u%20:@!', '/~u%20:@!', true],
  ['a\\b', 'a', undefined],
  ['\\pL', 'b', undefined],
  ['('.repeat(100_000), 'b', undefined],
] as const)('%s fits %s: %s', (expression, text, fits) => {
  expect(fitsWhole(expression, text)).toBe(fits);
});

test('it takes no time that grows out of bounds', () => {
  expect(fitsWhole('(a*)*(a*)*(a|aa)*b', 'a'.repeat(2000))).toBe(false);
});

const expression = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('a', 'b', '/', '.', '[ab]', '[^a-c/]', '\\w', '\\W', '\\.', '^', '$', '-'),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => one + other),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => `(${one}|${other})`),
    fc.tuple(tie('any'), fc.constantFrom('*', '+', '?', '*?')).map(([one, sign]) => `(${one})${sign}`),
  ),
})).any;

test('it says what the expression says', () => {
  fc.assert(
    fc.property(expression, fc.stringMatching(/^[abc/.-]{0,5}$/), (written, text) => {
      expect(fitsWhole(written, text)).toBe(new RegExp(`^(?:${written})$`).test(text));
    }),
    { numRuns: 5000 },
  );
});
