import { readCodePosition } from '../../lib/model/finding';

test.each([
  { text: 'main.ts:12:5', position: { file: 'main.ts', line: 12, column: 5 } },
  { text: 'a:b.ts:1:1', position: { file: 'a:b.ts', line: 1, column: 1 } },
  { text: 'main.ts:0:5', position: undefined },
  { text: 'main.ts:12:0', position: undefined },
  { text: 'main.ts:99999999999999999999:1', position: undefined },
  { text: 'main.ts\n:1:1', position: undefined },
  { text: 'main.ts:1', position: undefined },
  { text: 7, position: undefined },
])('$text is the line $position', ({ text, position }) => {
  expect(readCodePosition(text)).toEqual(position);
});
