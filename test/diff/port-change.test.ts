import { type PortChange, PortChanges } from '../../lib/diff/port-change';
import { PortSet } from '../../lib/model/port-set';
import { type PortBounds, PortPool } from '../../lib/reachability/sets/port-bounds';

const NONE = PortSet.NONE;
const P80 = PortSet.range('TCP', 80);
const P81 = PortSet.range('TCP', 81);
const BOTH = P80.or(P81);

/** What is sure, and what is possible, of one version or of the other. */
type Bounds = readonly [sure: PortSet, possible: PortSet];

const open: Bounds = [P80, P80];
const shut: Bounds = [NONE, NONE];
const inDoubt: Bounds = [NONE, P80];

/** Changes between two pools, as between two judged clusters. */
function changes() {
  const [before, after] = [new PortPool(), new PortPool()];
  const made = new PortChanges(before, after);
  const between = (pool: PortPool, bounds: Bounds): PortBounds => pool.between(...bounds);
  const of = (was: Bounds, is: Bounds, doubts?: PortSet): PortChange =>
    made.of(between(before, was), between(after, is), doubts);
  return {
    of,
    and: (a: PortChange, b: PortChange) => made.and(a, b),
    through: (a: PortChange, b: PortChange) => made.through(a, b),
  };
}

const told = ({ opened, closed, unknown, isChange }: PortChange) => ({
  opened: String(opened),
  closed: String(closed),
  unknown: String(unknown),
  isChange,
});

const change = (parts: Partial<ReturnType<typeof told>>) => ({
  opened: 'none',
  closed: 'none',
  unknown: 'none',
  isChange: true,
  ...parts,
});

const nothing = change({ isChange: false });

test.each([
  { why: 'what was shut is open', was: shut, is: open, says: change({ opened: '80/TCP' }) },
  { why: 'what was open is shut', was: open, is: shut, says: change({ closed: '80/TCP' }) },
  { why: 'nothing changes', was: open, is: open, says: nothing },
  { why: 'what was shut may be open', was: shut, is: inDoubt, says: change({ unknown: '80/TCP' }) },
  { why: 'what may have been open is shut', was: inDoubt, is: shut, says: change({ unknown: '80/TCP' }) },
  { why: 'what may have been open is open', was: inDoubt, is: open, says: change({ unknown: '80/TCP' }) },
  { why: 'what was open may be shut', was: open, is: inDoubt, says: change({ unknown: '80/TCP' }) },
  { why: 'what is in doubt stays so for the same reason', was: inDoubt, is: inDoubt, says: nothing },
  {
    why: 'what is in doubt stays so for another reason',
    was: inDoubt,
    is: inDoubt,
    doubts: BOTH,
    says: change({ unknown: '80/TCP' }),
  },
  { why: 'another reason is for what is in no doubt', was: open, is: open, doubts: BOTH, says: nothing },
  {
    why: 'another reason is for what is in doubt in one version only',
    was: shut,
    is: inDoubt,
    doubts: BOTH,
    says: change({ unknown: '80/TCP' }),
  },
  {
    why: 'each port is looked at by itself',
    was: [P80, BOTH] as const,
    is: [P81, P81] as const,
    says: change({ closed: '80/TCP', unknown: '81/TCP' }),
  },
])('of(): $why', ({ was, is, doubts, says }) => {
  expect(told(changes().of(was, is, doubts))).toEqual(says);
});

test('equal changes are one, and other doubts make another', () => {
  const { of } = changes();
  const numbers = [of(open, shut), of(open, shut), of(shut, open), of(inDoubt, inDoubt)].map(({ id }) => id);
  expect(numbers).toEqual([0, 0, 1, 2]);
  expect(of(inDoubt, inDoubt, P80)).not.toBe(of(inDoubt, inDoubt));
  expect(of(inDoubt, inDoubt, P80)).toBe(of(inDoubt, inDoubt, BOTH));
});

test.each([
  { why: 'both open', a: [shut, open], b: [shut, open], says: change({ opened: '80/TCP' }) },
  {
    why: 'one opens and the other is open',
    a: [shut, open],
    b: [open, open],
    says: change({ opened: '80/TCP' }),
  },
  { why: 'one opens and the other is shut', a: [shut, open], b: [shut, shut], says: nothing },
  {
    why: 'one closes what the other may let through',
    a: [open, shut],
    b: [inDoubt, inDoubt],
    says: change({ unknown: '80/TCP' }),
  },
  { why: 'one keeps the other in the same doubt', a: [open, open], b: [inDoubt, inDoubt], says: nothing },
  { why: 'both are in the same doubts', a: [inDoubt, inDoubt], b: [inDoubt, inDoubt], says: nothing },
  // Open wherever the other's doubt allows, then where both do: not the same condition.
  {
    why: 'one is settled before, and both in doubt after',
    a: [open, inDoubt],
    b: [inDoubt, inDoubt],
    says: change({ unknown: '80/TCP' }),
  },
  {
    why: 'one is settled after, and both in doubt before',
    a: [inDoubt, open],
    b: [inDoubt, inDoubt],
    says: change({ unknown: '80/TCP' }),
  },
  {
    why: 'each is settled in the version where the other is not',
    a: [open, inDoubt],
    b: [inDoubt, open],
    says: change({ unknown: '80/TCP' }),
  },
  { why: 'one is settled, and the other is shut', a: [open, inDoubt], b: [shut, shut], says: nothing },
] as { why: string; a: [Bounds, Bounds]; b: [Bounds, Bounds]; says: object }[])(
  'and(): $why',
  ({ a, b, says }) => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const { of, and } = changes();
      const both = and(of(...one), of(...other));
      expect(told(both)).toEqual(says);
      expect(and(of(...other), of(...one))).toBe(both);
    }
  },
);

test('and(): doubts for other reasons stay so, whatever else is in doubt', () => {
  const { of, and } = changes();
  const differs = of(inDoubt, inDoubt, P80);
  expect(told(and(differs, of(inDoubt, inDoubt)))).toEqual(change({ unknown: '80/TCP' }));
  expect(told(and(differs, of(open, open)))).toEqual(change({ unknown: '80/TCP' }));
  expect(told(and(differs, of(shut, shut)))).toEqual(nothing);
});

test.each([
  {
    why: 'what opens is open there after',
    own: [shut, open],
    other: [shut, open],
    says: { opened: '80/TCP' },
  },
  { why: 'what opens is shut there after', own: [shut, open], other: [open, shut], says: {} },
  {
    why: 'what closes was open there before',
    own: [open, shut],
    other: [open, shut],
    says: { closed: '80/TCP' },
  },
  { why: 'what closes was shut there before', own: [open, shut], other: [shut, open], says: {} },
  { why: 'the other alone opens', own: [open, open], other: [shut, open], says: {} },
  { why: 'the other alone closes', own: [open, open], other: [open, shut], says: {} },
  {
    why: 'what opens may be open there after',
    own: [shut, open],
    other: [shut, inDoubt],
    says: { unknown: '80/TCP' },
  },
  { why: 'both come into doubt', own: [shut, inDoubt], other: [shut, inDoubt], says: { unknown: '80/TCP' } },
  {
    why: 'both are no longer in doubt',
    own: [inDoubt, shut],
    other: [inDoubt, shut],
    says: { unknown: '80/TCP' },
  },
  { why: 'what comes into doubt is shut there by then', own: [shut, inDoubt], other: [open, shut], says: {} },
  {
    why: 'what was in doubt is open there by then alone',
    own: [inDoubt, shut],
    other: [shut, open],
    says: {},
  },
  { why: 'what is settled is open there by then alone', own: [inDoubt, open], other: [shut, open], says: {} },
  {
    why: 'what comes into doubt was open there before alone',
    own: [open, inDoubt],
    other: [open, shut],
    says: {},
  },
  {
    why: 'one port opens and another closes, and the other side has the first before and both after',
    own: [
      [P80, P80],
      [P81, P81],
    ],
    other: [
      [P81, P81],
      [BOTH, BOTH],
    ],
    says: { opened: '81/TCP' },
  },
  {
    why: 'one port opens and another closes, and the other side has both before and the first after',
    own: [
      [P80, P80],
      [P81, P81],
    ],
    other: [
      [BOTH, BOTH],
      [P80, P80],
    ],
    says: { closed: '80/TCP' },
  },
] as { why: string; own: [Bounds, Bounds]; other: [Bounds, Bounds]; says: object }[])(
  'through(): $why',
  ({ own, other, says }) => {
    const { of, through } = changes();
    const isChange = Object.keys(says).length > 0;
    expect(told(through(of(...own), of(...other)))).toEqual(change({ isChange, ...says }));
  },
);

test('through(): what comes into doubt was as open as both sides were', () => {
  const { of, through } = changes();
  const { before, after } = through(of(open, inDoubt), of(open, open));
  expect([before, after].map(({ sure, possible }) => [String(sure), String(possible)])).toEqual([
    ['80/TCP', '80/TCP'],
    ['none', '80/TCP'],
  ]);
});
