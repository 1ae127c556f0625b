import { describeSelector } from '../../lib/model/policy-text';
import { readSelector } from '../../lib/model/selector-text';

test.each([
  { text: '', selector: [] },
  { text: 'app=web', selector: [{ key: 'app', operator: 'In', values: ['web'] }] },
  { text: 'app==web', selector: [{ key: 'app', operator: 'In', values: ['web'] }] },
  { text: 'app=', selector: [{ key: 'app', operator: 'In', values: [''] }] },
  { text: 'app != web', selector: [{ key: 'app', operator: 'NotIn', values: ['web'] }] },
  { text: 'example.com/app', selector: [{ key: 'example.com/app', operator: 'Exists' }] },
  { text: '!app', selector: [{ key: 'app', operator: 'DoesNotExist' }] },
  { text: 'app in (web, db)', selector: [{ key: 'app', operator: 'In', values: ['web', 'db'] }] },
  { text: 'app notin (web)', selector: [{ key: 'app', operator: 'NotIn', values: ['web'] }] },
  { text: 'in in (in)', selector: [{ key: 'in', operator: 'In', values: ['in'] }] },
  {
    text: 'app in (web,db), tier=front,!old',
    selector: [
      { key: 'app', operator: 'In', values: ['web', 'db'] },
      { key: 'tier', operator: 'In', values: ['front'] },
      { key: 'old', operator: 'DoesNotExist' },
    ],
  },
])('"$text" is read as kubectl reads it', ({ text, selector }) => {
  expect(readSelector(text, '--selector')).toEqual(selector);
});

test.each([
  { text: 'app=web,' },
  { text: 'app=web db' },
  { text: 'app=a=b' },
  { text: 'app>1' },
  { text: 'app in web' },
  { text: 'appin (web)' },
  { text: 'app in (web' },
  { text: '!app=web' },
  { text: '-app=web' },
  { text: 'app=-web' },
])('"$text" is refused', ({ text }) => {
  const refusal = expect.objectContaining({ code: 'selector-unreadable', at: '--selector' });
  expect(() => readSelector(text, '--selector')).toThrow(refusal);
});

test('many terms are as many requirements', () => {
  const keys = Array.from({ length: 200_000 }, (_, i) => `k${i}`);
  expect(readSelector(keys.join(','), '--selector')).toEqual(
    keys.map((key) => ({ key, operator: 'Exists' })),
  );
});

test('a column of list can be asked for', () => {
  const text = 'app=web, tier in (a, b), kind notin (c, d), zone!=e, !old, new';
  const selector = readSelector(text, '--selector');
  expect(describeSelector({ matchExpressions: selector })).toBe(text);
});
