import fc from 'fast-check';
import { ListSplitter } from '../../../lib/cli/live/list-splitter';

/** Objects whose texts and names are what a splitter could stumble over. */
const word = fc.constantFrom(
  'items',
  'x"items',
  '"items":[',
  '[',
  '}',
  '\\',
  '\\"',
  ',',
  'shop',
  'grün',
  '😀',
  '',
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(word, tie('value'), { maxKeys: 3 }),
}));
const object = fc.dictionary(word, value, { maxKeys: 3 });

const list = fc
  .record({
    before: fc.dictionary(word, value, { maxKeys: 2 }),
    items: fc.array(object, { maxLength: 5 }),
    after: fc.dictionary(word, value, { maxKeys: 2 }),
  })
  .map(({ before, items, after }) => {
    const { items: _, ...rest } = { ...before, ...after };
    return Object.fromEntries([...Object.entries(before), ['items', items], ...Object.entries(rest)]);
  });

test('a list comes apart into what its text says, wherever the text is cut', () => {
  fc.assert(
    fc.property(
      list,
      fc.constantFrom(undefined, 1, '\t'),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
      (whole, indent, lengths) => {
        const splitter = new ListSplitter();
        const items: object[] = [];
        const text = JSON.stringify(whole, undefined, indent);
        for (let at = 0, i = 0; at < text.length; i++) {
          const length = lengths[i % lengths.length] as number;
          items.push(...splitter.add(text.slice(at, at + length)));
          at += length;
        }
        expect({ ...(splitter.end() as object), items }).toEqual(whole);
      },
    ),
    { numRuns: 2000 },
  );
});

test('an item is there as soon as it has come', () => {
  const splitter = new ListSplitter();
  expect(splitter.add('{"items":[{"a":1},{"b"')).toEqual([{ a: 1 }]);
  expect(splitter.add(':2}')).toEqual([{ b: 2 }]);
  expect(splitter.add('],"metadata":{"continue":"x"}}')).toEqual([]);
  expect(splitter.end()).toEqual({ items: [], metadata: { continue: 'x' } });
});

test.each([
  '',
  '<html>',
  '{"items":[{"a":1}',
  '{"items":[{"a":1}]',
  '{"items":[{"a":1}}',
  '{"items":[{"a":1},]}',
  '{"items":[,{"a":1}]}',
  '{"items":[{"a":1},,{"a":2}]}',
  '{"items":[{"a":1}{"a":2}]}',
  '{"items":[{"a":1}"b"]}',
  '{"items":[{"a":1},"{"]}',
  '{"items":[{"a":1],{"a":2}]}',
  '{"items":[[{"a":1}]]}',
  '{"items":[true]}',
  '{"items":{"a":{"b":1}}}',
  '{"items":[],"items":[]}',
  '{"items":[]}{"items":[]}',
  '{"items":[]} x',
])('what is no list of objects is not taken for one, wherever it is cut: %s', (text) => {
  for (const length of [1, 3, Math.max(text.length, 1)]) {
    const splitter = new ListSplitter();
    expect(() => {
      for (let at = 0; at < text.length; at += length) {
        splitter.add(text.slice(at, at + length));
      }
      splitter.end();
    }).toThrow(SyntaxError);
  }
});

test('only what is named so beside other fields of the list are its items', () => {
  const text = '{"a":"items","b":[1],"c":{"items":[{"d":1}]},"items":[{"e":1}],"f":["items",[2]]}';
  const splitter = new ListSplitter();
  expect(splitter.add(text)).toEqual([{ e: 1 }]);
  expect(splitter.end()).toEqual({ ...JSON.parse(text), items: [] });
});

test.each([
  { why: 'an object', text: '{"items":[{"a":"' },
  { why: 'the rest of a list', text: '{"a":"' },
])('$why without an end is not waited for', ({ text }) => {
  const splitter = new ListSplitter();
  splitter.add(text);
  const more = 'x'.repeat(1 << 20);
  expect(() => {
    for (let i = 0; i < 20; i++) {
      splitter.add(more);
    }
  }).toThrow('it is longer than any answer of the API server');
});
