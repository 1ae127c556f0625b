import { Lines } from '../../lib/yaml/lines';

test.each([
  { why: 'has it in it', text: 'kind: CiliumNetworkPolicy' },
  { why: 'writes it with an escape', text: 'kind: "Cilium\\x4eetworkPolicy"' },
  { why: 'writes it over two lines', text: 'kind: "Cilium\\\n  NetworkPolicy"' },
  { why: 'writes it over two lines of Unicode', text: 'kind: "Cilium\\\u2028NetworkPolicy"' },
  { why: 'writes it in Base64', text: 'kind: !!binary Q2lsaXVtTmV0d29ya1BvbGljeQ==' },
  {
    why: 'writes it in Base64, the tag with an escape',
    text: 'kind: !!%62inary Q2lsaXVtTmV0d29ya1BvbGljeQ==',
  },
])('a text that $why may hold the word', ({ text }) => {
  expect(new Lines(text).mayContain('CiliumNetworkPolicy')).toBe(true);
});

test('a text does not hold a word that is written nowhere, however often one asks', () => {
  const lines = new Lines('kind: NetworkPolicy # 50% done');
  for (const _ of [1, 2]) {
    expect(lines.mayContain('CiliumNetworkPolicy')).toBe(false);
    expect(lines.mayContain('NetworkPolicy')).toBe(true);
  }
});

test('lines and columns count from 1, and a place behind the end is in the last line', () => {
  const lines = new Lines('a\nbc\n\nd');
  const places = [5, 0, 1, 2, 3, 4, 6, 99].map((offset) => lines.placeOf(offset));
  expect(places.map(({ line, column }) => [line, column])).toEqual([
    [3, 1],
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
    [2, 3],
    [4, 1],
    [4, 94],
  ]);
});

test('the end of a long last line is sought once', () => {
  const lines = new Lines('a\nb c d');
  const sought = jest.spyOn(String.prototype, 'indexOf');
  const columns = [2, 4, 6].map((offset) => lines.placeOf(offset).column);
  const count = sought.mock.calls.length;
  sought.mockRestore();
  expect(columns).toEqual([1, 3, 5]);
  expect(count).toBe(2);
});
