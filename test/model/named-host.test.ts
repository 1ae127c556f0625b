import fc from 'fast-check';
import { namesHosts, readHostName } from '../../lib/model/named-host';
import { runs } from '../support/runs';

test.each([
  ['login.microsoftonline.com', 'login.microsoftonline.com'],
  ['Login.MicrosoftOnline.com.', 'login.microsoftonline.com'],
  ['_dmarc.example.com', '_dmarc.example.com'],
  ['web', undefined],
  ['shop/web.v1', undefined],
  ['10.0.0.300', undefined],
  ['1.2.3.4', undefined],
  ['10.0.0.0/33', undefined],
  ['fd00::1', undefined],
  ['node:a.b', undefined],
  ['*.example.com', '*.example.com'],
  ['*/app=a.b', undefined],
  ['*', undefined],
  ['a..b', undefined],
  ['-a.example.com', undefined],
  ['a.example.com..', undefined],
  [`${'a'.repeat(64)}.com`, undefined],
  ['', undefined],
  ['.', undefined],
])('%s as a host: %s', (text, host) => {
  expect(readHostName(text)).toBe(host);
});

test.each([
  ['a.example.com', 'a.example.com', 'yes'],
  ['A.Example.com.', 'a.example.com', 'yes'],
  ['a.example.com', 'b.example.com', 'no'],
  ['*.example.com', 'a.example.com', 'yes'],
  ['*.example.com', 'a.b.example.com', 'no'],
  ['*.example.com', 'example.com', 'no'],
  ['api*.example.com', 'api.example.com', 'yes'],
  ['api*.example.com', 'api-2.example.com', 'yes'],
  ['api*.example.com', 'my-api.example.com', 'no'],
  ['*.*.example.com', 'a.b.example.com', 'yes'],
  ['*', 'a.b.example.com', 'yes'],
  ['a.example.com', '*.example.com', 'unknown'],
  ['*.example.com', 'a*.example.com', 'yes'],
  ['a*.example.com', '*.example.com', 'unknown'],
  ['a*.example.com', 'b*.example.com', 'no'],
  ['a*.example.com', '*b.example.com', 'unknown'],
  ['*', '*.example.com', 'yes'],
  ['*.example.com', '*', 'unknown'],
  ['*.example.com', '*.example.org', 'no'],
] as const)('%s names %s: %s', (pattern, hosts, named) => {
  for (const manyLabels of ['yes', 'no', 'unknown'] as const) {
    expect([manyLabels, namesHosts(pattern, hosts, manyLabels)]).toEqual([manyLabels, named]);
  }
});

test.each([
  ['**.example.com', 'a.example.com', 'yes', 'yes', 'yes'],
  ['**.example.com', 'a.b.example.com', 'yes', 'no', 'unknown'],
  ['**.example.com', 'example.com', 'no', 'no', 'no'],
  ['***.example.com', 'a.b.example.com', 'yes', 'no', 'unknown'],
  ['a.**.example.com', 'a.b.c.example.com', 'no', 'no', 'no'],
  ['a**.example.com', 'ab.example.com', 'yes', 'yes', 'yes'],
  ['**', 'a.b', 'yes', 'no', 'unknown'],
  ['**.example.com', '*.example.com', 'yes', 'yes', 'yes'],
  ['*.example.com', '**.example.com', 'unknown', 'yes', 'unknown'],
  ['**.example.com', '**.b.example.com', 'yes', 'no', 'unknown'],
] as const)(
  '%s names %s: %s from Cilium 1.19 on, %s before, else %s',
  (pattern, hosts, from, before, else_) => {
    expect((['yes', 'no', 'unknown'] as const).map((each) => namesHosts(pattern, hosts, each))).toEqual([
      from,
      before,
      else_,
    ]);
  },
);

const piece = fc.constantFrom('*', '**', 'a', 'b', '-');
const label = fc.array(piece, { minLength: 1, maxLength: 3 }).map((each) => each.join(''));
const pattern = fc.array(label, { minLength: 1, maxLength: 3 }).map((each) => each.join('.'));
const host = fc
  .array(fc.stringMatching(/^[ab-]{1,3}$/), { minLength: 1, maxLength: 4 })
  .map((each) => each.join('.'));

/** As Cilium makes a regular expression of a pattern. */
function expression(text: string, manyLabels: boolean): RegExp {
  if (manyLabels ? /^\*+$/.test(text) : text === '*') {
    return /^[-a-z0-9_]+(\.[-a-z0-9_]+)*$/;
  }
  const dots = text.replaceAll('.', '[.]');
  const start = manyLabels ? dots.replace(/^\*{2,}\[\.\]/, '([-a-z0-9_]+([.][-a-z0-9_]+)<>)[.]') : dots;
  return new RegExp(`^${start.replaceAll(/\*+/g, '[-a-z0-9_]*').replace('<>', '*')}$`);
}

test('a pattern has the hosts that it has in Cilium, and what is said of two patterns holds for each host', () => {
  fc.assert(
    fc.property(pattern, pattern, host, fc.boolean(), (one, other, name, manyLabels) => {
      const reading = manyLabels ? 'yes' : 'no';
      const [isOfOne, isOfOther] = [one, other].map((each) => expression(each, manyLabels).test(name));
      expect(namesHosts(one, name, reading)).toBe(isOfOne ? 'yes' : 'no');
      const shared = namesHosts(one, other, reading);
      expect(isOfOther && !isOfOne && shared === 'yes').toBe(false);
      expect(isOfOther && isOfOne && shared === 'no').toBe(false);
    }),
    { numRuns: runs(1500, 50_000) },
  );
});
