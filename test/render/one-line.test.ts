import { onOneLine } from '../../lib/render/one-line';

test.each([
  { why: 'one line as it is', text: ' a  b ', line: ' a  b ' },
  { why: 'lines of every kind', text: 'a\nb\r\nc\rd', line: 'a b c d' },
  { why: 'blanks around the ends of lines', text: 'a  \n\t b', line: 'a b' },
  { why: 'lines without a word', text: '\n a\n \n\nb\n', line: 'a b' },
  {
    why: 'many blanks and no end of a line',
    text: `a${' '.repeat(200_000)}b`,
    line: `a${' '.repeat(200_000)}b`,
  },
])('$why', ({ text, line }) => {
  expect(onOneLine(text)).toBe(line);
});
