import fc from 'fast-check';
import { asOneLine, githubCommand, harmless, inOneLine } from '../../lib/model/harmless';
import { azureCommands, githubCommands } from '../support/pipelines';

test.each([
  { why: 'a word stays', text: 'shop/web-1 [::1]/128 ü 漢 😀', read: 'shop/web-1 [::1]/128 ü 漢 😀' },
  {
    why: 'ends of lines',
    text: 'a\nb\rc\u2028d\u2029e\u0085f',
    read: 'a\\u000ab\\u000dc\\u2028d\\u2029e\\u0085f',
  },
  { why: 'a sequence for a terminal', text: '\u001b[2J\u009b1m', read: '\\u001b[2J\\u009b1m' },
  { why: 'even a colour', text: '\u001b[31mred', read: '\\u001b[31mred' },
  { why: 'the title of a window', text: '\u001b]0;x\u0007', read: '\\u001b]0;x\\u0007' },
  { why: 'what turns the direction', text: 'a\u202eb\u2066c', read: 'a\\u202eb\\u2066c' },
  { why: 'what has no width', text: 'a\u200bb\ufeffc\u00add', read: 'a\\u200bb\\ufeffc\\u00add' },
  { why: 'what looks like nothing', text: 'a\u3164b\u115fc', read: 'a\\u3164b\\u115fc' },
  { why: 'half a character, and none', text: 'a\ud800b\uffff', read: 'a\\ud800b\\uffff' },
  { why: 'tags, which have two halves', text: 'a\u{e0041}', read: 'a\\udb40\\udc41' },
])('in a line: $why', ({ text, read }) => {
  expect(inOneLine(text)).toBe(read);
});

test.each([
  { text: 'a\n  b\r\n\r\nc', read: 'a b c' },
  { text: ' a\n', read: 'a' },
  { text: 'a  \n\t b\rc', read: 'a b c' },
  { text: `a${' '.repeat(200_000)}b`, read: `a${' '.repeat(200_000)}b` },
  { text: 'a\u2028b\tc', read: 'a\\u2028b\\u0009c' },
])('sentences in lines go on in one, row %#', ({ text, read }) => {
  expect(asOneLine(text)).toBe(read);
});

test.each([
  { why: 'lines, tabs and colours are ours', text: '\u001b[31merror\u001b[39m\ta\r\nb\n' },
  { why: 'an address at the start', text: '::/0  shop/web\n  ::1/128, ::2\n::a-::ffff\n::ffff:1.2.3.4/96\n' },
  { why: 'a name with colons inside', text: 'x::error::y\n' },
  { why: 'signs of numbers', text: '## a heading, #12 and a#[b]\n' },
])('of whole lines stays: $why', ({ text }) => {
  expect(harmless(text)).toBe(text);
});

test.each([
  { why: 'GitHub, at the start', text: '::error::x', read: '\\u003a:error::x' },
  {
    why: 'GitHub, behind blanks',
    text: 'a\n \u00a0::set-env name=a::b',
    read: 'a\n \u00a0\\u003a:set-env name=a::b',
  },
  { why: 'GitHub, letters of an address', text: '::add-mask::x', read: '\\u003a:add-mask::x' },
  { why: 'GitHub, anywhere', text: 'a ##[group]b', read: 'a #\\u0023[group]b' },
  { why: 'Azure, anywhere', text: 'a ##vso[task.complete]b', read: 'a #\\u0023vso[task.complete]b' },
  { why: 'Azure, in capitals', text: '###VSO[x]', read: '##\\u0023VSO[x]' },
  { why: 'hidden between', text: '#\u200b#v\u200dso[x]', read: '#\\u200b#v\\u200dso[x]' },
  { why: 'hidden before', text: '\ufeff::error::x', read: '\\ufeff::error::x' },
  { why: 'a return of the carriage', text: 'a\r::error::x\n', read: 'a\\u000d::error::x\n' },
  { why: 'any sequence but colours', text: '\u001b[1A\u001b[39m', read: '\\u001b[1A\u001b[39m' },
])('of whole lines is shown: $why', ({ text, read }) => {
  expect(harmless(text)).toBe(read);
});

/** Pieces of which commands are made, in any order. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...[
        '::',
        '::error',
        '::add-mask',
        ':',
        '##',
        '#',
        '[',
        'vso[',
        'VSO[',
        ']',
        'error',
        'add-mask',
        'echo',
        ' ',
        '\n',
        '\r',
        '\t',
      ],
      ...[
        '\u200b',
        '\u202e',
        '\u001b[31m',
        '\u001b]0;',
        '\u0007',
        '\u2028',
        '\u00a0',
        '\ufeff',
        '\ud800',
        'a',
        '0',
        '\\',
        '"',
      ],
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

test('whatever is put together, no pipeline takes it for a command, and it is shown once', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = harmless(text);
      expect([...azureCommands(shown), ...githubCommands(shown)]).toEqual([]);
      expect(harmless(shown)).toBe(shown);
      expect(inOneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
    { numRuns: 5000 },
  );
});

test('JSON says the same', () => {
  fc.assert(
    fc.property(hostile, hostile, (key, value) => {
      const shown = harmless(JSON.stringify({ [key]: value }));
      expect(JSON.parse(shown)).toEqual({ [key]: value });
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##(vso)?\[/iu);
    }),
    { numRuns: 5000 },
  );
});

test('what is meant to be a command is one, and says nothing to another pipeline', () => {
  fc.assert(
    fc.property(hostile, hostile, (file, text) => {
      const command = githubCommand('error', { file, title: 'a' }, text);
      expect(command).toMatch(/^::error file=[^\n\r:,]*,title=a::[^\n\r]*\n$/);
      expect(githubCommands(command)).toHaveLength(1);
      expect(azureCommands(command)).toEqual([]);
    }),
  );
});
