import { isCounted, joinIntents, NO_INTENT } from '../../lib/model/finding';

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
  expect(NO_INTENT).toEqual({ findings: [], acknowledgements: [], expectations: [] });
  expect(joinIntents(NO_INTENT, NO_INTENT)).toEqual(NO_INTENT);
});
