import { readDocuments } from '../../lib/yaml/documents';

const read = (text: string) => [...readDocuments(text)];

test.each([
  { why: 'octal numbers of both kinds', text: 'a: [0400, 0o17, 08, 80]', value: { a: [256, 15, 8, 80] } },
  { why: 'words for true and false', text: 'a: [y, no, on, "y"]', value: { a: [true, false, true, 'y'] } },
  {
    why: 'what looks like times',
    text: 'a: [2026-01-01, 1:30]',
    value: { a: ['2026-01-01', '1:30'] },
  },
  {
    why: 'keys',
    text: '010: a\nyes: b\n1.5: c\n1e6: d\n0.1e-5: e',
    value: { 8: 'a', true: 'b', '1.5': 'c', '1e+06': 'd', '1e-06': 'e' },
  },
  {
    why: 'tags',
    text: 'a: [!!int "8", !!str 8, !!float 1, !x 8, ! 8, !!binary YQ==, !!timestamp 2001-01-01]\nb: !y {}',
    value: { a: [8, '8', 1, '8', '8', 'a', '2001-01-01'], b: {} },
  },
  {
    why: 'merges',
    text: 'a: &a {b: 1, c: 2}\nd: {<<: *a, b: 3}',
    value: { a: { b: 1, c: 2 }, d: { b: 3, c: 2 } },
  },
])('$why are read as kubectl reads them', ({ text, value }) => {
  expect(read(text)).toMatchObject([{ value, problems: [] }]);
});

test.each([
  { why: 'twice there', text: 'a: 1\nb: 2\na: 3', code: 'key-duplicate', got: 'a twice' },
  { why: 'there in two spellings', text: '8: a\n010: b', code: 'key-duplicate', got: '8 twice' },
  {
    why: 'twice there, once as an alias',
    text: 'a: &k b\nb: 1\n*k : 2',
    code: 'key-duplicate',
    got: 'b twice',
  },
  {
    why: 'twice there in quotes, and no merge',
    text: 'x: 1\n"<<": 1\n\'<<\': 2',
    code: 'key-duplicate',
    got: '<< twice',
  },
  { why: 'more than 63 bits', text: '9223372036854775808: b', code: 'key-not-text' },
  { why: 'null', text: '~: b', code: 'key-not-text', got: '"~: b"' },
  { why: 'an object', text: '"[object Object]": 1\n? {a: b}\n: c', code: 'key-not-text' },
])('a key that is $why is refused', ({ why: _, text, ...problem }) => {
  expect(read(text).map(({ problems }) => problems)).toMatchObject([[problem]]);
});

test.each([
  {
    why: 'merges, as often as they are',
    text: 'a: &a {b: 1}\nc: {<<: *a, <<: {d: 2}}',
    value: { a: { b: 1 }, c: { b: 1, d: 2 } },
  },
  {
    why: 'a merge and a key that is called so',
    text: 'a: {<<: {b: 1}, "<<": 2}',
    value: { a: { b: 1, '<<': 2 } },
  },
])('$why are no key twice', ({ text, value }) => {
  expect(read(text)).toMatchObject([{ value, problems: [] }]);
});

test.each([
  { why: 'a list', text: 'a: 1\nb:\n  - c: 1\n    ? [x, y]\n    : 2\n', at: '[x, y]' },
  { why: 'a list in braces', text: 'a: 1\nb: {c: 1, [x]: 2}\n', at: '[x]' },
  { why: 'a list in lines', text: 'a: 1\nb:\n  ? - x\n  : 2\n', at: '- x' },
  { why: 'an object', text: 'a: 1\nb:\n  ? {x: y}\n  : 2\n', at: '{x: y}' },
  { why: 'nothing', text: 'a: 1\nb:\n  ? \n  : 2\n', at: '? \n' },
  { why: 'null', text: 'a: 1\nb:\n  ~: 2\n', at: '~' },
  {
    why: 'a template',
    text: 'a: 1\nb: [c]\nd: {{ x }}\n',
    at: '{{ x }}',
    fix: 'correct it; a template must be rendered first',
  },
  { why: 'a list before a template', text: 'a: 1\nb: {[x]: 2}\nd: {{ x }}\n', at: '[x]' },
])('a key that is $why is told at its own place', ({ text, at, fix = 'quote it' }) => {
  expect(read(`e: 1\n---\n${text}`)).toMatchObject([
    { problems: [] },
    {
      offset: `e: 1\n---\n${text.slice(0, text.indexOf(at))}`.length,
      problems: [{ code: 'key-not-text', fix }],
    },
  ]);
});

test.each([
  { why: 'after its separator', text: 'a: 1\n---\nb: [2]\n---\nc: 3\n' },
  { why: 'after a separator with a comment', text: '--- # a\na: 1\n--- # b\nb: [2]\n---#c\nc: 3\n' },
  { why: 'that is indented', text: '  a: 1\n---\n  b: 1\n  c: 2\n---\n  d: 1\n' },
  { why: 'with an empty one behind it', text: 'a: 1\n---\nb: 1\n---\n---\nc: 1\n' },
  { why: 'with anchors', text: 'a: &x 1\n---\nb: &x {c: 1}\nd: *x\n---\n!!map\ne: 1\n' },
  { why: 'with the line ends of Windows', text: 'a: 1\r\n---\r\nb: 1\r\n---\r\nc: 1\r\n' },
  { why: 'after a directive', text: 'a: 1\n...\n%YAML 1.1\n---\nb: 1\n---\nc: 1\n' },
])('a document $why is the same when it is read once more', ({ text }) => {
  const documents = read(text).filter(({ value }) => value !== null);
  expect(documents.length).toBeGreaterThan(1);
  expect(documents.some(({ again }) => again !== undefined)).toBe(true);
  for (const { value, offset, again, locate } of documents) {
    const once = again?.();
    if (once !== undefined) {
      expect({ value: once.value, offset: once.offset }).toEqual({ value, offset });
      for (const key of Object.keys(value as object)) {
        const sought = { code: 'type-mismatch', at: [key] } as const;
        expect(once.locate(sought)).toEqual(locate(sought));
      }
    }
  }
});

test('a document with a key twice, and JSON, are read once more with their places', () => {
  for (const text of ['b: 1\n---\na: 1\na: [2]\n', '\n{ "b": 1, "a": [2] }']) {
    const again = read(text).at(-1)?.again?.();
    expect(again?.value).toMatchObject({ a: [2] });
    expect(again?.locate({ code: 'type-mismatch', at: ['a', 0] }).offset).toBe(text.indexOf('2'));
  }
});

/** What kubectl 1.32 made of each with `kubectl annotate --local`, where a document is a policy of that name. */
test.each([
  { why: 'a version before everything', text: '%YAML 1.1\n---\na: 1\n', values: [undefined], at: 0 },
  { why: 'a version after a comment', text: '# c\n\n%YAML 1.2\n---\na: 1\n', values: [undefined], at: 5 },
  { why: 'a version and no document', text: '# c\n%YAML 1.1\n', values: [undefined], at: 4 },
  { why: 'tags before everything', text: '%TAG ! tag:x,2000:\n---\na: 1\n', values: [undefined], at: 0 },
  {
    why: 'an unknown directive',
    text: '%FOO 1\n---\na: 1\n---\nb: 1\n',
    values: [undefined, { b: 1 }],
    at: 0,
  },
  {
    why: 'an unknown directive behind a value, which takes no other document along',
    text: 'a: 1\n%FOO\n---\nb: 1\n',
    values: [undefined, { b: 1 }],
    at: 5,
  },
  { why: 'a version after an end', text: 'a: 1\n...\n%YAML 1.2\n---\nb: 1\n', values: [{ a: 1 }, { b: 1 }] },
  {
    why: 'tags after an end, which would mean nothing to it',
    text: 'a: 1\n...\n%TAG !e! tag:yaml.org,2002:\n---\nb: !e!int "1"\n',
    values: [{ a: 1 }, undefined],
    at: 44,
  },
  { why: 'a percent sign in a document', text: 'a: "\n  %YAML 1.1"\n', values: [{ a: ' %YAML 1.1' }] },
  { why: 'a tag behind the separator', text: '--- !!map\na: 1\n', values: [undefined], at: 0 },
  {
    why: 'a tag behind a later one, which takes the document before along',
    text: 'a: 1\n---\nb: 1\n--- !!map\nc: 1\n---\nd: 1\n',
    values: [{ a: 1 }, undefined, { d: 1 }],
    at: 14,
  },
  { why: 'an object behind the separator', text: '--- {a: 1}\n', values: [undefined], at: 0 },
  { why: 'a block behind the separator', text: 'a: 1\n--- |\n b\n', values: [undefined], at: 5 },
  { why: 'an anchor behind the separator', text: '--- &x\na: 1\n', values: [undefined], at: 0 },
  { why: 'a key that begins so', text: 'a: 1\n---b: 1\n', values: [undefined], at: 5 },
  { why: 'four dashes', text: 'a: 1\n----\nb: 1\n', values: [undefined], at: 5 },
  { why: 'a text that goes on so', text: 'a: "b\n--- c"\n', values: [undefined], at: 6 },
  { why: 'dashes that are indented', text: 'a: "b\n ---c"\n', values: [{ a: 'b ---c' }] },
  { why: 'blanks behind the separator', text: 'a: 1\n--- \t\r\nb: 1\n', values: [{ a: 1 }, { b: 1 }] },
  { why: 'two in one document', text: '---x\n---y\n---\na: 1\n', values: [undefined, { a: 1 }], at: 0 },
  { why: 'dashes at the very end', text: 'a: 1\n---', values: [{ a: 1 }] },
  { why: 'JSON with such a line in it', text: '{"a":\n1}', values: [{ a: 1 }] },
])('$why is read as kubectl reads it', ({ text, values, at }) => {
  const documents = read(text).filter(({ value }) => value !== null);
  expect(documents.map(({ value }) => value)).toEqual(values);
  const refused = documents.filter(({ value }) => value === undefined);
  expect(refused.map(({ offset }) => offset)).toEqual(at === undefined ? [] : [at]);
  for (const { problems } of refused) {
    expect(problems).toMatchObject([
      { code: expect.stringMatching(/^(separator-invalid|directive-refused|syntax-invalid)$/) },
    ]);
  }
});

test('a document in the middle of many that is refused leaves the others', () => {
  const many = (from: number) =>
    Array.from({ length: 2000 }, (_, i) => `a: ${from + i}\n# ${'-'.repeat(40)}\n`);
  const documents = read([...many(0), '--- !!map\nx: 1\n', ...many(2000)].join('---\n'));
  expect(documents.filter(({ value }) => value === undefined)).toHaveLength(1);
  expect(documents.filter(({ value }) => value !== undefined)).toHaveLength(4000);
});

test.each([
  {
    why: 'for what they are part of',
    text: 'a: &a [1, *a]\n',
    got: 'an alias for something that contains it',
  },
  {
    why: 'for nearly all of a document',
    text: `a: &a [${'x,'.repeat(300)}]\nb: [${'*a,'.repeat(300)}]\n`,
    got: '45150 of 45606 nodes',
  },
])('aliases that stand $why are refused', ({ text, got }) => {
  expect(read(`e: 1\n---\n${text}`)).toMatchObject([
    { value: { e: 1 } },
    { value: undefined, problems: [{ code: 'aliases-excessive', got }], offset: 9 },
  ]);
});

test('what could not be read has one place for all of it', () => {
  const [document] = read('a: b: c');
  expect(document?.locate({ code: 'type-mismatch', at: ['a'] })).toEqual({ offset: document?.offset });
  expect(document?.comments([])).toEqual([]);
});

describe('levels', () => {
  const lists = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  test.each([
    { why: 'JSON with a hundred', text: `{"a": ${lists(99)}}` },
    { why: 'JSON with a hundred, the last a number', text: `{"a": ${'['.repeat(98)}1${']'.repeat(98)}}` },
    { why: 'YAML with a hundred', text: `a: ${lists(99)}` },
    { why: 'brackets in a text of JSON', text: `{"a": "${'['.repeat(200)}"}` },
  ])('$why are read', ({ text }) => {
    expect(read(text)).toMatchObject([{ value: { a: expect.anything() }, problems: [] }]);
  });

  test.each([
    { why: 'JSON with one more', text: `{"a": ${lists(100)}}`, offset: 105 },
    { why: 'JSON with one more, a number', text: `{"a": ${'['.repeat(99)}1${']'.repeat(99)}}`, offset: 105 },
    { why: 'JSON with 20,000', text: `{"a": ${lists(20_000)}}`, offset: 105 },
    { why: 'YAML with one more', text: `a: ${lists(100)}`, offset: 102 },
    { why: 'YAML with 20,000', text: `a: ${lists(20_000)}`, offset: 102 },
  ])('$why are a problem at their place', ({ text, offset }) => {
    expect(read(text)).toMatchObject([
      { value: undefined, problems: [{ code: 'nesting-excessive' }], offset },
    ]);
  });
});

test('many comments behind the last field are the document’s', () => {
  const count = 20_000;
  const [document] = read(`a: 1\n${'# more\n'.repeat(count)}`);
  expect(document?.comments([])).toEqual(Array(count).fill({ text: 'more', path: [] }));
});

test.each([
  { why: 'entries in a line with letters of two halves', text: `["😀", ${'{a: 1}, '.repeat(100_000)}]` },
  { why: 'lines with them', text: `a:\n${'- 😀: [b]\n'.repeat(100_000)}` },
  { why: 'digits', text: `a: ${'9'.repeat(1_000_000)}` },
  { why: 'brackets in a line', text: `a: [${'[[[b]]], '.repeat(100_000)}]` },
  { why: 'objects in JSON', text: '{"a":[1]}'.repeat(100_000) },
  { why: 'documents', text: 'a: 1\n---\n'.repeat(100_000) },
  { why: 'letters of a text in JSON', text: `{"a":1}"${'x'.repeat(10_000_000)}"` },
  { why: 'letters of a tag', text: `a: !${'x'.repeat(10_000_000)} b` },
  { why: 'digits in Base64', text: `a: !!binary ${'abcd'.repeat(2_500_000)}` },
  { why: 'underscores', text: `a: .1${'_1'.repeat(5_000_000)}` },
  { why: 'aliases', text: `a: &a {b: 1}\nc:\n${'- {<<: *a, c: 2, d: 3}\n'.repeat(50_000)}` },
])(
  'very many $why take no time that grows faster than they do',
  ({ text }) => {
    const before = performance.now();
    expect(read(text).flatMap(({ problems }) => problems)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(10_000);
  },
  60_000,
);
