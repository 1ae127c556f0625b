import {
  describeProgram,
  type Expectation,
  expectationsIn,
  isBy,
  isCounted,
  joinIntents,
  NO_INTENT,
} from '../../lib/model/finding';

test.each([
  { failOn: 'error', counted: ['error'] },
  { failOn: 'warning', counted: ['error', 'warning'] },
  { failOn: 'info', counted: ['error', 'warning', 'info'] },
  { failOn: 'never', counted: [] },
] as const)('from $failOn on $counted make a run fail', ({ failOn, counted }) => {
  const severities = ['error', 'warning', 'info'] as const;
  expect(severities.filter((severity) => isCounted(severity, failOn))).toEqual(counted);
});

test('who intends nothing says nothing', () => {
  expect(NO_INTENT).toEqual({ acknowledgements: [], expectations: [], programs: [] });
  expect(joinIntents(NO_INTENT, NO_INTENT)).toEqual(NO_INTENT);
});

test('what is said in several places stays with who says it', () => {
  const expectation = (to: string): Expectation => ({ kind: 'must-reach', from: 'shop/web', to });
  const operator = { ...NO_INTENT, expectations: [expectation('shop/a')] };
  const program = (name: string) => ({
    program: { name },
    findings: [],
    acknowledgements: [],
    expectations: [expectation(`shop/${name}`)],
  });
  const joined = joinIntents({ ...NO_INTENT, programs: [program('b')] }, operator, {
    ...NO_INTENT,
    programs: [program('c')],
  });
  expect(joined).toEqual({ ...operator, programs: [program('b'), program('c')] });
  expect(expectationsIn(joined).map(({ to }) => to)).toEqual(['shop/a', 'shop/b', 'shop/c']);
});

test.each([
  { why: 'the same', source: { program: { name: 'main.ts', file: 'dist/x' } }, is: true },
  { why: 'another name', source: { program: { name: 'other.ts', file: 'dist/x' } }, is: false },
  { why: 'another file', source: { program: { name: 'main.ts', file: 'b/x' } }, is: false },
  { why: 'no file', source: { program: { name: 'main.ts' } }, is: false },
  { why: 'a construct alone', source: { construct: 'main.ts' }, is: false },
  { why: 'nothing', source: undefined, is: false },
])('a program wrote what has $why: $is', ({ source, is }) => {
  expect(isBy(source, { name: 'main.ts', file: 'dist/x' })).toBe(is);
});

test.each([
  { program: { name: 'main.ts', file: 'dist/x' }, text: 'program main.ts (dist/x)' },
  { program: { name: '', file: 'dist/x' }, text: 'a program (dist/x)' },
  { program: { name: 'app 1 in memory' }, text: 'app 1 in memory' },
])('a program is called $text', ({ program, text }) => {
  expect(describeProgram(program)).toBe(text);
});
