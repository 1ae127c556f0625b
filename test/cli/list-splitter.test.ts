import fc from 'fast-check';
import { ListSplitter } from '../../lib/cli/list-splitter';

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
        expect({ ...splitter.end(), items }).toEqual(whole);
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

test.each(['', '{"items":[{"a":1}', '<html>'])('what is no list is not taken for one: %j', (text) => {
  const splitter = new ListSplitter();
  splitter.add(text);
  expect(() => splitter.end()).toThrow(SyntaxError);
});
