import fc from 'fast-check';
import type { FieldPath } from '../../lib/model/field-path';
import { readDocuments } from '../../lib/yaml/documents';
import { JsonTree } from '../../lib/yaml/json-tree';
import { locate } from '../../lib/yaml/locate';
import type { Node } from '../../lib/yaml/node';
import { NodeTree } from '../../lib/yaml/node-tree';
import { parse } from '../../lib/yaml/parser';

/** Every way into a value, those to nothing among them. */
function* waysIn(value: unknown, at: FieldPath = []): Generator<FieldPath> {
  yield at;
  yield [...at, 'none'];
  yield [...at, 99];
  if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      yield* waysIn(entry, [...at, Array.isArray(value) ? Number(key) : key]);
    }
  }
}

const VALUE = { a: [1, { b: '}"', 'c,:': null }], '': {}, d: [], e: [[true], -1.5e3, 'x'] };

const placesAgree = (value: object, indent: number) => {
  const text = `\n${JSON.stringify(value, undefined, indent)} \n`;
  const root = parse(text, true).root as Node;
  const fields = new NodeTree();
  const tree = new JsonTree(text);
  for (const at of waysIn(value)) {
    for (const code of ['type-mismatch', 'field-unknown'] as const) {
      expect(locate(tree, 1, { code, at })).toEqual(locate(fields, root, { code, at }));
    }
  }
};

test('a place in JSON is that which YAML has', () => {
  placesAgree(VALUE, 0);
  placesAgree(VALUE, 2);
  // YAML reads 1e400 and its like otherwise, and no names of a prototype.
  const key = fc.string({ unit: 'grapheme-ascii', maxLength: 6 }).filter((name) => name !== '__proto__');
  const scalar = fc.oneof(key, fc.integer(), fc.boolean(), fc.constant(null));
  const { any } = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(fc.property(fc.dictionary(key, any, { noNullPrototype: true }), fc.nat({ max: 2 }), placesAgree));
});

test('JSON that is no YAML has its places, too', () => {
  // A key of YAML has its colon in its line.
  const text = '\n {\n"a"\n: [1,\n{ "b": 2 }]\n}';
  expect(() => parse(text)).toThrow();
  const [document] = readDocuments(text);
  expect(document?.locate({ code: 'type-mismatch', at: ['a', 1, 'b'] })).toEqual({
    offset: text.indexOf('2'),
    written: '2',
  });
});

test('of a large text only what lies on the way to a field is taken apart', () => {
  const items = Array.from({ length: 2000 }, (_, i) => ({ i, inner: { a: [i] } }));
  const text = JSON.stringify({ items });
  const parsed = jest.spyOn(JSON, 'parse');
  const tree = new JsonTree(text);
  for (const i of [5, 1999, 5]) {
    const { offset } = locate(tree, 0, { code: 'type-mismatch', at: ['items', i, 'inner', 'a', 0] });
    expect(text.slice(offset)).toMatch(new RegExp(`^${i}\\]`));
  }
  // The names of the fields on the way: that of the list, and three of each entry.
  expect(parsed).toHaveBeenCalledTimes(1 + 2 * 3);
  parsed.mockRestore();
});
