import type { LabelSelector, LabelSelectorRequirement } from '../../lib/model/label-selector';
import { impliesSelector } from '../../lib/model/selector-match';

const app = (operator: string, ...values: string[]): LabelSelectorRequirement =>
  values.length === 0 ? { key: 'app', operator } : { key: 'app', operator, values };
const of = (...matchExpressions: LabelSelectorRequirement[]): LabelSelector => ({ matchExpressions });

test.each([
  { narrow: { matchLabels: { app: 'a' } }, wide: {}, is: true },
  { narrow: { matchLabels: { app: 'a', tier: 'b' } }, wide: { matchLabels: { app: 'a' } }, is: true },
  { narrow: { matchLabels: { app: 'a' } }, wide: of(app('In', 'b', 'a')), is: true },
  { narrow: of(app('In', 'a', 'b')), wide: of(app('NotIn', 'c')), is: true },
  { narrow: of(app('In', 'a')), wide: of(app('Exists')), is: true },
  { narrow: of(app('NotIn', 'a', 'b')), wide: of(app('NotIn', 'b')), is: true },
  { narrow: of(app('DoesNotExist')), wide: of(app('NotIn', 'b')), is: true },
  { narrow: {}, wide: { matchLabels: { app: 'a' } }, is: false },
  { narrow: { matchLabels: { app: 'a' } }, wide: { matchLabels: { app: 'a', tier: 'b' } }, is: false },
  { narrow: { matchLabels: { tier: 'a' } }, wide: { matchLabels: { app: 'a' } }, is: false },
  { narrow: of(app('In', 'a', 'c')), wide: of(app('In', 'b', 'a')), is: false },
  { narrow: of(app('In', 'a')), wide: of(app('NotIn', 'a')), is: false },
  { narrow: of(app('NotIn', 'b')), wide: of(app('NotIn', 'a', 'b')), is: false },
  { narrow: of(app('NotIn', 'b')), wide: of(app('Exists')), is: false },
  { narrow: of(app('Exists')), wide: of(app('NotIn', 'b')), is: false },
  { narrow: of(app('DoesNotExist')), wide: of(app('Exists')), is: false },
])('whether $narrow implies $wide: $is', ({ narrow, wide, is }) => {
  expect(impliesSelector(narrow, wide)).toBe(is);
});
