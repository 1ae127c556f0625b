import { isDay, today } from '../../lib/model/day';

test.each<{ text: unknown; is: boolean }>([
  { text: '2026-11-30', is: true },
  { text: '2024-02-29', is: true },
  { text: '2026-02-29', is: false },
  { text: '2026-11-31', is: false },
  { text: '2026-13-01', is: false },
  { text: '2026-1-1', is: false },
  { text: '2026-11-30T00:00:00Z', is: false },
  { text: '12026-11-30', is: false },
  { text: '', is: false },
  { text: 20261130, is: false },
])('$text is a day: $is', ({ text, is }) => {
  expect(isDay(text)).toBe(is);
});

test('today is a day', () => {
  expect(isDay(today())).toBe(true);
});
