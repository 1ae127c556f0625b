import { baselineOf } from '../../lib/lint/baseline';
import type { Acknowledgement, LintFinding } from '../../lib/model/finding';
import { isReasonToWrite, REASON_TO_WRITE } from '../../lib/model/finding';
import { finding } from '../render/lint-answer';

const about = (name: string, more: Partial<LintFinding> = {}) =>
  finding({ object: { kind: 'NetworkPolicy', namespace: 'shop', name }, ...more });
const accepts = (object: string, more: Partial<Acknowledgement> = {}): Acknowledgement => ({
  rule: 'selects-no-workload',
  object,
  atMost: 1,
  reason: REASON_TO_WRITE,
  until: '2027-01-01',
  ...more,
});
const DAYS = { today: '2026-11-30', until: '2027-01-01' };
const baseline = (shown: readonly LintFinding[], before: readonly Acknowledgement[] = [], open = shown) =>
  baselineOf({ shown, open, before, ...DAYS });

test.each([
  { why: 'nothing', shown: [], wanted: [] },
  {
    why: 'one for each rule and object, for as many as there are',
    shown: [about('b'), about('a', { rule: 'redundant-rule' }), about('a'), about('b', { field: 'spec' })],
    wanted: [
      accepts('shop/a', { rule: 'redundant-rule' }),
      accepts('shop/a'),
      accepts('shop/b', { atMost: 2 }),
    ],
  },
  {
    why: 'an object that stands in no namespace',
    shown: [finding({ object: { kind: 'Namespace', name: 'shop' } })],
    wanted: [accepts('shop')],
  },
])('a baseline accepts $why', ({ shown, wanted }) => {
  expect(baseline(shown)).toEqual({ acknowledgements: wanted, refused: [] });
});

test.each([
  'acknowledgement-unused',
  'acknowledgement-expired',
  'must-reach',
  'must-not-reach',
  'only-from',
] as const)('no baseline accepts %s', (rule) => {
  const found = about('a', { rule });
  expect(baseline([found])).toEqual({ acknowledgements: [], refused: [found] });
});

describe('what an earlier baseline has', () => {
  const written = accepts('shop/a', { reason: 'a partner', until: '2026-12-24' });

  test.each([
    { why: 'keeps its reason and its day', shown: [about('a')], wanted: [written] },
    { why: 'goes when nothing is left of it', shown: [], wanted: [] },
    {
      why: 'accepts what has come to it since',
      shown: [about('a'), about('a')],
      wanted: [{ ...written, atMost: 2 }],
    },
    {
      why: 'has a new day when its own is over',
      before: [{ ...written, until: '2026-11-29' }],
      shown: [about('a')],
      wanted: [{ ...written, until: '2027-01-01' }],
    },
    {
      why: 'stays as wide as somebody has made it',
      before: [{ rule: written.rule, object: 'shop/*', reason: 'moving' }],
      shown: [about('a'), about('b')],
      wanted: [{ rule: written.rule, object: 'shop/*', reason: 'moving' }],
    },
    {
      why: 'stays when what it accepts is not shown',
      shown: [],
      open: [about('a'), about('a')],
      wanted: [written],
    },
    {
      why: 'is none of what is found beside it',
      shown: [about('a'), about('b')],
      wanted: [written, accepts('shop/b')],
    },
  ])('$why', ({ before = [written], shown, open = shown, wanted }) => {
    expect(baseline(shown, before, open).acknowledgements).toEqual(wanted);
  });
});

test('a reason that is to be written is known wherever it is read', () => {
  expect([REASON_TO_WRITE, 'todo', 'TODO(ana): ask'].every(isReasonToWrite)).toBe(true);
  expect(['todos are kept elsewhere', 'a TODO of theirs', 'waits'].some(isReasonToWrite)).toBe(false);
});
