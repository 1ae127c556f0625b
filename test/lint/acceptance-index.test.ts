import fc from 'fast-check';
import { type Acceptance, AcceptanceIndex, means } from '../../lib/lint/acceptances';
import type { Acknowledgement, FindingCode, LintFinding } from '../../lib/model/finding';

const RULES: readonly FindingCode[] = ['no-default-deny', 'blank-selector'];
const maybe = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const PROGRAM = { name: 'main.ts' };

const acceptance: fc.Arbitrary<Acceptance> = fc
  .record({
    rule: fc.constantFrom(...RULES),
    object: maybe('shop/db', 'shop/*', 'shop', 'db'),
    construct: maybe('', 'app', 'app/shop', 'app/shop/db', 'application'),
    isOperator: fc.boolean(),
  })
  .map(({ isOperator, ...fields }) => ({
    acknowledgement: { reason: 'known', ...given(fields) } as Acknowledgement,
    acceptedBy: isOperator ? { voice: 'operator' } : { voice: 'program', program: PROGRAM },
  }));

const finding = fc
  .record({
    rule: fc.constantFrom(...RULES),
    object: fc.constantFrom(
      { kind: 'Namespace', name: 'shop' },
      { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
      { kind: 'NetworkPolicy', namespace: 'other', name: 'db' },
    ),
    construct: maybe('app', 'app/shop', 'app/shop/db', 'app/shop/db/policy', 'app2'),
  })
  .map(
    ({ rule, object, construct }) =>
      ({
        rule,
        object,
        severity: 'info',
        message: '',
        fix: '',
        source: { program: PROGRAM, ...given({ construct }) },
      }) as LintFinding,
  );

test('all that mean a finding are near it, in their order', () => {
  fc.assert(
    fc.property(fc.array(acceptance, { maxLength: 8 }), finding, (all, each) => {
      const near = new AcceptanceIndex(all).near(each);
      expect(near.filter((one) => means(one, each))).toEqual(all.filter((one) => means(one, each)));
    }),
  );
});

test.each([
  { why: 'of other rules', others: (i: number) => ({ rule: 'blank-selector', object: `shop/db-${i}` }) },
  { why: 'of other objects', others: (i: number) => ({ rule: 'no-default-deny', object: `shop/db-${i}` }) },
  { why: 'of other constructs', others: (i: number) => ({ rule: 'no-default-deny', construct: `app/${i}` }) },
])('many acknowledgements $why are not asked', ({ others }) => {
  const byOperator = (fields: object) =>
    ({
      acknowledgement: { ...fields, reason: 'known' },
      acceptedBy: { voice: 'operator' },
    }) as Acceptance;
  const one = byOperator({ rule: 'no-default-deny', object: 'shop/*' });
  const many = Array.from({ length: 100 }, (_, i) => byOperator(others(i)));
  const near = new AcceptanceIndex([...many, one]).near({
    rule: 'no-default-deny',
    object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
    source: { construct: 'app/db' },
    severity: 'info',
    message: '',
    fix: '',
  });
  expect(near).toEqual([one]);
});
