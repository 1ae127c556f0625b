import { readDocuments } from '../../lib/yaml/documents';
import { parse } from '../../lib/yaml/parser';
import { textOfKey } from '../../lib/yaml/scalars';

jest.mock('../../lib/yaml/parser', () => {
  const actual = jest.requireActual<typeof import('../../lib/yaml/parser')>('../../lib/yaml/parser');
  return { ...actual, parse: jest.fn(actual.parse) };
});
jest.mock('../../lib/yaml/scalars', () => {
  const actual = jest.requireActual<typeof import('../../lib/yaml/scalars')>('../../lib/yaml/scalars');
  return { ...actual, textOfKey: jest.fn(actual.textOfKey) };
});

const repeated = (n: number, entry: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => entry(i)).join('');

test.each([
  {
    why: 'entries of a list that have a problem each',
    text: (n: number) => repeated(n, () => '- a: 1\n'),
    at: (i: number) => [i, 'a'],
  },
  {
    why: 'keys of an object that have a problem each',
    text: (n: number) => repeated(n, (i) => `a${i}: 1\n`),
    at: (i: number) => [`a${i}`],
  },
  {
    why: 'keys of an object that many take over',
    text: (n: number) => `x: &x {${repeated(n, (i) => `a${i}: 1,`)}}\ny: {<<: *x}\n`,
    at: (i: number) => ['y', `a${i}`],
  },
])('twice as many take twice the steps: $why', ({ text, at }) => {
  const steps = (n: number) => {
    const [document] = readDocuments(text(n));
    jest.mocked(textOfKey).mockClear();
    for (let i = 0; i < n; i++) {
      document?.locate({ code: 'type-mismatch', at: at(i) });
    }
    return jest.mocked(textOfKey).mock.calls.length;
  };
  const [few, many] = [steps(200), steps(400)];
  expect(few).toBeGreaterThan(0);
  expect(many).toBeLessThan(2.1 * few);
});

test('many problems with a document are one more parse', () => {
  const [document] = readDocuments('"a": [1, 2]');
  const parsed = jest.mocked(parse).mockClear();
  const places = [0, 1, 2].map(() => document?.locate({ code: 'type-mismatch', at: ['a', 0] }));
  const place = { offset: 6, written: '1' };
  expect(places).toEqual([place, place, place]);
  expect(parsed).toHaveBeenCalledTimes(1);
});

test('a document that nobody asks about is parsed once', () => {
  const parsed = jest.mocked(parse).mockClear();
  expect([...readDocuments('a: 1\n---\nb: 1\n')]).toHaveLength(2);
  expect(parsed).toHaveBeenCalledTimes(2);
});

test('JSON without a key twice is not read as YAML', () => {
  const parsed = jest.mocked(parse).mockClear();
  expect([...readDocuments('{"a": [{"b": ":"}, {"b": {"c": "\\":"}}]}')]).toHaveLength(1);
  expect(parsed).not.toHaveBeenCalled();
});

test.each([
  { why: 'an integer', text: 'a: 1\n010: [2]\n', at: ['8', 0], offset: 11 },
  { why: 'a boolean', text: 'a: 1\nyes: [2]\n', at: ['true', 0], offset: 11 },
  { why: 'an alias', text: 'a: &k b\n*k : [2]\n', at: ['b', 0], offset: 14 },
])('a field is found whose key is $why', ({ text, at, offset }) => {
  const [document] = readDocuments(text);
  expect(document?.locate({ code: 'type-mismatch', at })).toEqual({ offset, written: '2' });
});

test('what stands in an alias is found where it is written', () => {
  const text = 'a: &a\n  b: 010\nc: *a\n';
  const [document] = readDocuments(text);
  expect(document?.locate({ code: 'type-mismatch', at: ['c', 'b'] })).toEqual({
    offset: text.indexOf('010'),
    written: '010',
  });
});
