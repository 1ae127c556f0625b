import { editDistance, nearestWord } from '../../lib/model/edit-distance';

test.each([
  { a: '', b: '', distance: 0 },
  { a: 'web', b: '', distance: 3 },
  { a: 'order', b: 'orders', distance: 1 },
  { a: 'kitten', b: 'sitting', distance: 3 },
  { a: 'wbe', b: 'web', distance: 1 },
  { a: 'ab', b: 'ba', distance: 1 },
])('from "$a" to "$b" it is $distance letters', ({ a, b, distance }) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test.each([
  { word: 'slects-workload', nearest: 'selects-workload' },
  { word: 'blank', nearest: 'blank' },
  { word: 'something-else', nearest: undefined },
  { word: 'wbe', nearest: 'web' },
  { word: 'db', nearest: undefined },
])('"$word" is probably $nearest', ({ word, nearest }) => {
  expect(nearestWord(word, ['blank', 'selects-workload', 'selects-workloads', 'web'])).toBe(nearest);
});
