import fc from 'fast-check';

/** Pieces of which texts are put together that are YAML by chance, and now and then JSON. */
const PIECES = [
  ...[
    'a',
    'b',
    'c d',
    'é',
    '😀',
    'a: ',
    'b: ',
    '"k": ',
    "'k': ",
    '? ',
    ': ',
    '- ',
    '-',
    '=',
    'a,b',
    'x?y',
    'a:b',
  ],
  ...['\n', '\n', '\n', '\n ', '\n  ', '\n  ', '\n    ', '\r\n', '\r', '\u2028', '\u0085', '\t', ' ', '  '],
  ...['\n---\n', '--- ', '---# x\n', '\n...\n', '%', '%YAML 1.1\n', '%TAG ! x\n', '\ufeff', '\x07'],
  ...['{', '}', '[', ']', ',', ', ', '{a:b}', '{"a":1}', '{a}', '[a,]', '[a: b]', '[? a : b]', '{? a}'],
  ...['"', "'", '"a"', "'b'", '"a\n b"', '"\\\n  x"', '\\', '\\n', '\\u0041', '\\ud800', '\\/'],
  ...['|\n  x', '|-\n', '>\n', '>+\n', '|2\n', '|1-\n', '  x\n', '#', '# c', ' # c\n', '@', '`'],
  ...['&a ', '&b', '*a', '*a ', '<<: ', '<<: *a', '{<<: *a}', '<<', '<<: [*a, {b: 1}]'],
  ...[
    '!!str ',
    '!!int ',
    '!!float ',
    '!!bool ',
    '!!null ',
    '!!timestamp ',
    '!!binary ',
    '!!merge ',
    '!x ',
    '! ',
  ],
  ...[
    '!<tag:yaml.org,2002:str> ',
    '!e!x ',
    '~',
    'null',
    'yes',
    'true',
    '0x1F',
    '010',
    '08',
    '0b1',
    '0o7',
    '+1',
  ],
  ...[
    '1e3',
    '1_000',
    '1.5',
    '-0',
    '.5',
    '._5',
    '.5_0',
    '.inf',
    '.nan',
    '1:30',
    '2001-01-01',
    '1e999',
    '1e308',
  ],
  ...['99999999999999999999', '9223372036854775808', '-9223372036854775808', '0xFFFFFFFFFFFFFFFF'],
];

const JSON_PIECES = [
  ...[
    '{"a":1}',
    '{"b":[1,"x"]}',
    '{}',
    '[1]',
    '{"a":1,"a":2}',
    '{"é":"\\u00e9\\ud83d\\ude00\\/"}',
    'null',
    '5',
  ],
  ...[
    '"s"',
    'true',
    '-1.5e3',
    '1.',
    '\n',
    '\n',
    ' ',
    '\t',
    '\r\n',
    '\u00a0',
    '---\n',
    'x: 1',
    '{a: 1}',
    '# c',
    '{',
  ],
];

const soup = (pieces: readonly string[], most: number) =>
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: most }).map((some) => some.join(''));

/** Texts of such pieces. */
export const soups: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: soup(PIECES, 14) },
  { weight: 1, arbitrary: soup(JSON_PIECES, 8).map((text) => `{"a":0}${text}`) },
);

/** Documents with so many aliases, merges among them, that kubectl refuses some of them. */
export const manyAliases: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer({ min: 1, max: 30 }),
    fc.integer({ min: 0, max: 30 }),
    fc.integer({ min: 0, max: 30 }),
    fc.nat(20),
  )
  .map(([words, lists, more, merges]) =>
    [
      `a: &a [${'x,'.repeat(words)}]`,
      `b: &b {c: [${'*a,'.repeat(lists)}], ${'<<: {d: *a},'.repeat(merges)}}`,
      `e: [${'*b,'.repeat(more)}]`,
      `f: {${'<<: *b, '.repeat(merges)}<<: [*b, {g: *b}]}`,
      `h: [${'y,'.repeat(words)}]\n`,
    ].join('\n'),
  );

const word = fc.constantFrom(
  'app',
  'web',
  'shop',
  'role',
  'y',
  '1',
  '010',
  '1e3',
  '~',
  '<<',
  'a: b',
  'it\'s "q"',
  '',
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4, withCrossShrink: true }, word, tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 3 }),
  object: fc.dictionary(word, tie('any'), { maxKeys: 3, noNullPrototype: true }),
}));

/** What of several ways a writer takes, again and again. */
type Choose = (ways: number) => number;

/**
 * Objects in any way in which people and programs write them: with brackets that close at their key's column or before, texts
 * that go on there, merges, comments and blank lines.
 */
export const writtenForms: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(value.object, { minLength: 1, maxLength: 3 }),
    fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }),
  )
  .map(([objects, dice]) => {
    let thrown = 0;
    const choose: Choose = (ways) => (dice[thrown++ % dice.length] as number) % ways;
    return objects.map((object) => writeFields(object as object, 0, choose)).join('---\n');
  });

const COMMENTS = ['', '', '', ' # c', '\n'];

function writeFields(object: object, column: number, choose: Choose): string {
  const margin = ' '.repeat(column);
  const fields = Object.entries(object).map(
    ([key, inner]) => `${margin}${writeKey(key, choose)}:${writeValue(inner, column, choose)}`,
  );
  const merges = [`${margin}<<: {app: merged}`, `${margin}<<: [{app: m}, {role: n}]`];
  if (choose(6) === 0) {
    fields.splice(choose(fields.length + 1), 0, merges[choose(2)] as string);
  }
  return fields.length === 0 ? `${margin}{}\n` : fields.map((field) => `${field.trimEnd()}\n`).join('');
}

function writeKey(key: string, choose: Choose): string {
  return /^\w+$/.test(key) && choose(3) > 0 ? key : JSON.stringify(key);
}

function writeValue(inner: unknown, column: number, choose: Choose): string {
  const comment = COMMENTS[choose(COMMENTS.length)] as string;
  if (typeof inner === 'string') {
    return ` ${writeText(inner, column, choose)}${comment}`;
  }
  if (choose(3) === 0) {
    return ` ${writeFlow(inner, column, choose)}${comment}`;
  }
  if (!Array.isArray(inner)) {
    return `${comment}\n${writeFields(inner as object, column + 1 + choose(4), choose)}`;
  }
  const indent = column + choose(3);
  const entries = inner.map(
    (entry) => `${' '.repeat(indent)}-${writeValue(entry, indent, choose).replace(/^\n */, ' ')}`,
  );
  return inner.length === 0 ? ' []' : `${comment}\n${entries.join('\n')}`;
}

function writeText(text: string, column: number, choose: Choose): string {
  const margin = ' '.repeat(Math.max(column + choose(4) - 1, 0));
  const ways = [
    JSON.stringify(text),
    `'${text.replaceAll("'", "''")}'`,
    text,
    `"first\n${margin}second"`,
    `'{\n${margin}"a": 1\n${margin}}'`,
    `first\n${margin} second`,
    `|\n${margin}  ${text}`,
    `>-\n${margin}  ${text}\n\n${margin}  more`,
  ];
  return ways[choose(ways.length)] as string;
}

/** In brackets over some lines, of which the last may stand anywhere. */
function writeFlow(inner: unknown, column: number, choose: Choose): string {
  const line = `\n${' '.repeat(Math.max(column + choose(5) - 1, 0))}`;
  const gap = choose(2) === 0 ? line : ' ';
  const comma = choose(4) === 0 ? ',' : '';
  if (Array.isArray(inner)) {
    return `[${gap}${inner.map((entry) => writeFlow(entry, column, choose)).join(`,${gap}`)}${comma}${line}]`;
  }
  if (typeof inner === 'object' && inner !== null) {
    const fields = Object.entries(inner).map(
      ([key, entry]) => `${JSON.stringify(key)}: ${writeFlow(entry, column, choose)}`,
    );
    return `{${gap}${fields.join(`,${gap}`)}${comma}${line}}`;
  }
  return writeText(String(inner), column, choose);
}
