import { readDocuments } from '../../lib/yaml/documents';

const read = (text: string) => [...readDocuments(text)];

/** What kubectl's decoder makes of each. */
test.each([
  { why: 'one after the other', text: '{\n  "a": 1\n}\n{\n  "b": 2\n}\n', values: [{ a: 1 }, { b: 2 }] },
  { why: 'in lines', text: '{"a":1}\n{"b":2}\n{"c":3}\n', values: [{ a: 1 }, { b: 2 }, { c: 3 }] },
  { why: 'without anything between them', text: '{"a":1}{"b":2}', values: [{ a: 1 }, { b: 2 }] },
  {
    why: 'with other values between them',
    text: '{"a":1} [2] "b" 3 null {}',
    values: [{ a: 1 }, [2], 'b', 3, null, {}],
  },
  { why: 'with dashes between two of them', text: '{"a":1}\n---\n{"b":2}\n', values: [{ a: 1 }, { b: 2 }] },
  { why: 'with YAML behind the first', text: '{"a":1}\nb: 2\n', values: [{ a: 1 }, { b: 2 }] },
  { why: 'after blank lines', text: '\n \t{"a":1}\n{"b":2}\n', values: [{ a: 1 }, { b: 2 }] },
  { why: 'that are no JSON', text: '{a: 1}\n---\n{b: 2}\n', values: [{ a: 1 }, { b: 2 }] },
  { why: 'with braces in texts', text: '{"a":"}{"}{"b":"\\"{"}', values: [{ a: '}{' }, { b: '"{' }] },
])('objects in JSON $why', ({ text, values }) => {
  expect(read(text).map(({ value }) => value)).toEqual(values);
  expect(read(text).flatMap(({ problems }) => problems)).toEqual([]);
});

test('after two objects in JSON kubectl reads no YAML', () => {
  const text = '{"a":1}\n{"b":2}\nc: 3\n---\nd: 4\n';
  expect(read(text)).toMatchObject([
    { value: { a: 1 } },
    { value: { b: 2 } },
    { value: undefined, problems: [{ code: 'syntax-invalid', got: '"c: 3"' }], offset: text.indexOf('c: 3') },
  ]);
});

test('of less than four bytes behind an object kubectl makes nothing', () => {
  expect(read('{"a":1}\nbb\n')).toMatchObject([{ value: { a: 1 } }, { value: 'bb' }]);
  expect(read('{"a":1}\nb\n')).toMatchObject([
    { value: { a: 1 } },
    { problems: [{ code: 'syntax-invalid' }] },
  ]);
});

test('each object has its own place', () => {
  const text = '{"a": 1}\n{"b": {"c": 2}}\n';
  expect(read(text)[1]).toMatchObject({ offset: 9 });
  expect(read(text)[1]?.locate({ code: 'type-mismatch', at: ['b', 'c'] })).toEqual({
    offset: text.indexOf('2'),
    written: '2',
  });
});

test('a key twice is told of the object that has it, and the last counts', () => {
  const text = '{"a": 1}\n{"b": {"c": 1, "c": 2}}\n';
  const [first, second] = read(text);
  expect(first?.problems).toEqual([]);
  expect(second).toMatchObject({
    value: { b: { c: 2 } },
    problems: [{ code: 'key-duplicate', got: 'c twice' }],
  });
  const [problem] = second?.problems ?? [];
  expect(problem && second?.locate(problem).offset).toBe(text.lastIndexOf('"c"'));
});

test('a key twice is told where YAML does not know the place', () => {
  expect(read('{"a"\n: 1, "a": 2}')).toMatchObject([
    { value: { a: 2 }, problems: [{ code: 'key-duplicate', at: 'the document' }] },
  ]);
});

test('places are found in JSON with escapes that YAML does not have', () => {
  const text = '{"a\\/b": "\\ud83d\\ude00", "c": 1}';
  const [document] = read(text);
  expect(document?.value).toEqual({ 'a/b': '😀', c: 1 });
  expect(document?.locate({ code: 'type-mismatch', at: ['a/b'] }).offset).toBe(text.indexOf('"\\ud83d'));
});
