import { readDocuments } from '../../lib/yaml/documents';

test.each([
  {
    why: 'before the first dashes belongs to the document behind them',
    text: '# c\n---\na: 1\n',
    of: [[['a']]],
  },
  {
    why: 'between dashes does so too',
    text: 'a: 1\n---\n# c\n---\n# d\n---\nb: 1\n',
    of: [[], [['b'], ['b']]],
  },
  { why: 'behind dashes does so too', text: 'a: 1\n--- # c\nb: 1\n', of: [[], [['b']]] },
  { why: 'at the end belongs to its document', text: 'a: 1\n# c\n---\nb: 1\n# d\n', of: [[[]], [[]]] },
  { why: 'beside a field belongs to it', text: 'a:\n  b: 1 # c\n', of: [[['a', 'b']]] },
  { why: 'above an entry belongs to it', text: 'a:\n  # c\n  - b: 1\n', of: [[['a', 0]]] },
  { why: 'in brackets belongs to what follows', text: 'a: [\n  # c\n  1 ]\n', of: [[['a', 0]]] },
  { why: 'in a text is none', text: 'a: |\n  # c\nb: "# d"\n', of: [[]] },
  { why: 'in JSON is none', text: '{"a": "# c"}', of: [[]] },
])('a comment $why', ({ text, of }) => {
  const documents = [...readDocuments(text)];
  expect(documents.map(({ comments }) => comments([]).map(({ path }) => path))).toEqual(of);
});

test('a text with one comment at its end is searched for it once', () => {
  const text = `${'- a\n'.repeat(20)}# c\n`;
  const sought = jest.spyOn(String.prototype, 'indexOf');
  const found = [...readDocuments(text)].map(({ comments }) => comments([]));
  const count = sought.mock.calls.filter(([what]) => what === '#').length;
  sought.mockRestore();
  expect(found).toEqual([[{ text: 'c', path: [] }]]);
  expect(count).toBeLessThan(5);
});
