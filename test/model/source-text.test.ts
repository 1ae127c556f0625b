import { qualifiedName } from '../../lib/model/cluster';
import { describeSource, type SourcePosition } from '../../lib/model/source-position';

test.each<{ source: SourcePosition; text: string }>([
  { source: { file: 'a.yaml', line: 3, column: 5 }, text: 'a.yaml:3:5' },
  { source: { file: 'a.yaml', line: 3 }, text: 'a.yaml:3' },
  { source: { construct: 'app/shop' }, text: 'app/shop' },
  { source: { construct: 'app/shop', file: 'a.yaml', line: 3 }, text: 'app/shop, a.yaml:3' },
  {
    source: {
      construct: 'app/shop',
      file: 'a.yaml',
      line: 3,
      code: { file: 'main.ts', line: 12, column: 5 },
    },
    text: 'app/shop, main.ts:12:5',
  },
  { source: {}, text: '' },
])('$source reads as $text', ({ source, text }) => {
  expect(describeSource(source)).toBe(text);
});

test('an object is named with its namespace, and one that stands in none by its name alone', () => {
  expect([qualifiedName({ namespace: 'shop', name: 'db' }), qualifiedName({ name: 'shop' })]).toEqual([
    'shop/db',
    'shop',
  ]);
});
