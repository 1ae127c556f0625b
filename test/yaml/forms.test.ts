import { readDocuments } from '../../lib/yaml/documents';

const values = (text: string) => [...readDocuments(text)].map(({ value }) => value);
const problems = (text: string) =>
  [...readDocuments(text)].flatMap((document) => document.problems.map(({ problem }) => problem));

/** What kubectl's decoder makes of each. */
test.each([
  {
    why: 'brackets that close at their key’s column',
    text: 'a:\n  b: [\n    1,\n    2\n  ]\n',
    value: { a: { b: [1, 2] } },
  },
  {
    why: 'braces that close there',
    text: 'a: {\n  b: 1\n}\nc: {d: {\n} }\n',
    value: { a: { b: 1 }, c: { d: {} } },
  },
  {
    why: 'brackets of an entry at its dash',
    text: 'a:\n- b: [\n  1\n  ]\n- c: {\n}\n',
    value: { a: [{ b: [1] }, { c: {} }] },
  },
  {
    why: 'brackets with everything in the first column',
    text: 'a:\n  b: [\n1,\n# c\n2]\n',
    value: { a: { b: [1, 2] } },
  },
  { why: 'braces in tabs', text: 'a: {\n\t"b":\t1\n}\n', value: { a: { b: 1 } } },
  {
    why: 'text in quotes that goes on at its key’s column',
    text: 'a:\n  b: "c\n  d"\n',
    value: { a: { b: 'c d' } },
  },
  {
    why: 'text in quotes that goes on before it',
    text: "a:\n  b: 'c\n\nd\n e'\n",
    value: { a: { b: 'c\nd e' } },
  },
  { why: 'JSON in quotes over lines', text: 'a: \'{\n  "b": 1\n}\'\n', value: { a: '{ "b": 1 }' } },
  { why: 'an escaped line break', text: 'a: "b\\\n  c\\\n\n  d"\n', value: { a: 'bc\nd' } },
  {
    why: 'integers, fractions and booleans as keys',
    text: '1: a\n0x10: b\n1.50: c\nno: d\n',
    value: { 1: 'a', 16: 'b', '1.5': 'c', false: 'd' },
  },
  { why: 'a comment without a blank before it', text: 'a: "b"# c\n', value: { a: 'b' } },
  {
    why: 'a colon in a value in braces',
    text: 'a: {b: http://c:1/d}\n',
    value: { a: { b: 'http://c:1/d' } },
  },
  {
    why: 'a value right behind its key in quotes',
    text: 'a: {"b":1,"c":[2]}\n',
    value: { a: { b: 1, c: [2] } },
  },
  { why: 'a trailing comma', text: 'a: [1, 2,]\nb: {c: 3,}\n', value: { a: [1, 2], b: { c: 3 } } },
  { why: 'an entry that is a field', text: 'a: [b: 1, c]\n', value: { a: [{ b: 1 }, 'c'] } },
  { why: 'keys with question marks', text: '? a\n: 1\n? b\n', value: { a: 1, b: null } },
  {
    why: 'entries in the column of their key',
    text: 'a:\n- 1\n-\n- b: 2\n',
    value: { a: [1, null, { b: 2 }] },
  },
  { why: 'lists in a line', text: 'a:\n- - 1\n  - 2\n', value: { a: [[1, 2]] } },
  { why: 'text over lines', text: 'a: b\n c\n\n d\n', value: { a: 'b c\nd' } },
  {
    why: 'blocks of text',
    text: 'a: |\n  b\n\n   c\n\nd: >-\n  e\n  f\n\n  g\n',
    value: { a: 'b\n\n c\n', d: 'e f\ng' },
  },
  { why: 'blocks that keep their end', text: 'a: |+\n  b\n\nc: |2-\n   d\n', value: { a: 'b\n\n', c: ' d' } },
  { why: 'a block at the very end', text: 'a: |\n  b', value: { a: 'b\n' } },
  {
    why: 'a tag that nobody knows',
    text: 'a: !GetAtt b\nc: !x {d: !y 1}\n',
    value: { a: 'b', c: { d: '1' } },
  },
  { why: 'line ends of Windows', text: 'a: "b\r\n  c"\r\nd: |\r\n  e\r\n', value: { a: 'b c', d: 'e\n' } },
  { why: 'a line that only Unicode ends', text: 'a: b # c\u2028d: 1\n', value: { a: 'b', d: 1 } },
  {
    why: 'integers of 64 bits and more',
    text: 'a: [9223372036854775807, 99999999999999999999, 0x1ffffffffffffffff]\n',
    value: { a: [2 ** 63, 1e20, '0x1ffffffffffffffff'] },
  },
  {
    why: 'words for true, false and nothing',
    text: 'a: [true, True, FALSE, Off, ON, N, null, Null, ~]\n',
    value: { a: [true, true, false, false, true, false, null, null, null] },
  },
  {
    why: 'numbers with signs, points, exponents and underscores',
    text: 'a: [+1, -1.5, .5, .2_5e0_1, -.5e1, 1_000, 0b101, 0x1F, -0o7, 1e3, 1., 0x000b1, 0b0001, 0007, +1.5E+2]\n',
    value: { a: [1, -1.5, 0.5, 2.5, -5, 1000, 5, 31, -7, 1000, 1, 177, 1, 7, 150] },
  },
  {
    why: 'what only looks like a number',
    text: 'a: [1e, +x, x1, 0b2, ._5, .5_, .5__0, .5e_1, 1e999, -00x1F, 00b1, 00o7, -., 1.e]\n',
    value: {
      a: [
        '1e',
        '+x',
        'x1',
        '0b2',
        '._5',
        '.5_',
        '.5__0',
        '.5e_1',
        '1e999',
        '-00x1F',
        '00b1',
        '00o7',
        '-.',
        '1.e',
      ],
    },
  },
  {
    why: 'numbers with tags, and without a finite value, as keys',
    text: '!!float 1000000: a\n1000000: b\n-.INF: c\n.inf: d\n.nan: e\n',
    value: { '1e+06': 'a', 1000000: 'b', '-.inf': 'c', '.inf': 'd', '.nan': 'e' },
  },
  { why: 'an anchor behind a tag', text: 'a: !!str &x 1\nb: *x\n', value: { a: '1', b: '1' } },
  { why: 'an anchor before a tag', text: 'a: &x !!str 1\nb: *x\n', value: { a: '1', b: '1' } },
  { why: 'a tag with escapes', text: 'a: !!%73tr 1\n', value: { a: '1' } },
  { why: 'a tag in full', text: 'a: !<tag:yaml.org,2002:str> 1\n', value: { a: '1' } },
  {
    why: 'texts that begin with a colon or a question mark',
    text: 'a: :b\nc: ?d\n',
    value: { a: ':b', c: '?d' },
  },
  {
    why: 'escapes',
    text: 'a: "\\x41\\u00e9\\U0001f600\\N\\L\\P\\_\\e\\0\\t"\n',
    value: { a: 'Aé😀\x85\u2028\u2029\xa0\x1b\0\t' },
  },
  { why: 'a block after empty lines', text: 'a: | # b\n\n\n  c\n', value: { a: '\n\nc\n' } },
  {
    why: 'a key that is called __proto__',
    text: '__proto__: {a: 1}\n',
    value: JSON.parse('{"__proto__": {"a": 1}}'),
  },
])('$why: read as kubectl reads it', ({ text, value }) => {
  expect(values(text)).toEqual([value]);
  expect(problems(text)).toEqual([]);
});

test.each([
  {
    why: 'a field that is indented less than its neighbour',
    text: 'a:\n    b: 1\n  c: 2\n',
    says: 'did not find expected key',
  },
  {
    why: 'a field in the line of a value',
    text: 'a: b: c\n',
    says: 'mapping values are not allowed in this context',
  },
  { why: 'a key over lines', text: 'a\nb: 1\n', says: 'mapping values are not allowed' },
  { why: 'a word without a colon', text: 'a: 1\nb\nc: 2\n', says: "could not find expected ':'" },
  { why: 'a key that is too long', text: `${'k'.repeat(1025)}: 1\n`, says: 'mapping values are not allowed' },
  { why: 'brackets without an end', text: 'a: [b\nc: d\n', says: "did not find expected ',' or ']'" },
  { why: 'braces without a comma', text: 'a: {b: 1 c: 2}\n', says: "did not find expected ',' or '}'" },
  { why: 'a tab that indents', text: 'a:\n\tb: 1\n', says: 'found character that cannot start any token' },
  { why: 'a text that begins with @', text: 'a: @b\n', says: 'found character that cannot start any token' },
  { why: 'an escape that is none', text: 'a: "\\d"\n', says: 'found unknown escape character' },
  { why: 'quotes without an end', text: 'a: "b\nc: d\n', says: 'found unexpected end of stream' },
  { why: 'a control character', text: 'a: "\x07"\n', says: 'control characters are not allowed' },
  { why: 'a number that JSON does not have', text: 'a: .inf\n', says: 'JSON has no such number' },
  { why: 'a tag that does not fit', text: 'a: !!int b\n', says: 'cannot decode "b" as a !!int' },
  { why: 'a tag of a directive', text: 'a: !e!b c\n', says: 'found undefined tag handle' },
  { why: 'an anchor that is nowhere', text: 'a: *b\n', says: 'unknown anchor "b" referenced' },
  { why: 'a question mark alone in brackets', text: 'a: [? ]\n', says: "did not find expected ',' or ']'" },
  {
    why: 'a word behind the sign of a block',
    text: 'a: | b\n',
    says: 'did not find expected comment or line break',
  },
  { why: 'a block without indentation', text: 'a: |0\n b\n', says: 'indentation indicator equal to 0' },
  {
    why: 'dots that end a text in quotes',
    text: 'a: "b\n...\n',
    says: 'found unexpected document indicator',
  },
  { why: 'an unknown directive behind a value', text: 'a: 1\n%FOO\n', says: 'found unknown directive' },
  { why: 'bytes that are none', text: 'a: !!binary "*"\n', says: 'invalid base64 data' },
  { why: 'bytes that break off', text: 'a: !!binary YWI\n', says: 'invalid base64 data' },
  {
    why: 'an escape in a tag that is none',
    text: 'a: !x%zz b\n',
    says: 'found an incorrect escape in a tag',
  },
])('$why: refused as kubectl refuses it', ({ text, says }) => {
  expect(problems(text)).toEqual([expect.stringContaining(says)]);
  expect(values(text)).toEqual([undefined]);
});

test('dashes and dots with nothing between them are no document', () => {
  expect([...readDocuments('---\n...\n')]).toEqual([]);
  expect([...readDocuments('---\n# c\n')]).toEqual([]);
});

test('a key may have 1,024 characters, of which one with two halves is one', () => {
  expect(values(`${'k'.repeat(1024)}: 1\n${'😀'.repeat(1024)}: 2\n`)).toEqual([
    { ['k'.repeat(1024)]: 1, ['😀'.repeat(1024)]: 2 },
  ]);
});

test.each([
  { why: 'behind a line of dashes', text: 'a: 1\n---\n\ufeffb: 1\n', read: [{ a: 1 }, { b: 1 }] },
  { why: 'at the start', text: '\ufeffa: 1\n', read: [{ a: 1 }] },
  { why: 'in front of dashes', text: 'a: 1\n---\n\ufeff---\nb: 1\n', read: [{ a: 1 }, { b: 1 }] },
  { why: 'in the middle, where it is a letter', text: 'a: 1\n\ufeffb: 2\n', read: [{ a: 1, '\ufeffb': 2 }] },
])('a mark of byte order $why', ({ text, read }) => {
  expect(values(text)).toEqual(read);
});

test.each([
  { why: 'after a line of three dots', text: 'a: 1\n...\nb: 2\n', at: 'b: 2' },
  { why: 'that is indented less', text: '  a: 1\nb: 2\n', at: 'b: 2' },
  { why: 'behind a brace', text: 'x: 1\n---\n{a: 1}\n}\n', at: '}\n' },
])('what stands $why is passed over by kubectl, and told', ({ text, at }) => {
  const documents = [...readDocuments(text)];
  expect(documents.at(-2)).toMatchObject({ value: { a: 1 }, problems: [] });
  expect(documents.at(-1)).toMatchObject({
    value: undefined,
    problems: [{ code: 'document-without-separator' }],
    offset: text.lastIndexOf(at),
  });
});

test('of a first line of dashes with a comment right behind it kubectl makes text, and of a later one nothing', () => {
  expect(values('a: 1\n---# x\nb: 1\n')).toEqual([{ a: 1 }, { b: 1 }]);
  expect(problems('---# x\na: 1\n')).toEqual([expect.stringContaining('mapping values are not allowed')]);
});
