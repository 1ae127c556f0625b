import { PortSet } from '../../lib/model/port-set';

const WEB_AND_DNS = PortSet.range('UDP', 53)
  .or(PortSet.range('TCP', 80))
  .or(PortSet.range('TCP', 81, 90));

test.each([
  {
    why: 'by protocol, ranges that touch merged',
    set: WEB_AND_DNS,
    text: '80-90/TCP, 53/UDP',
    ranges: [
      { protocol: 'TCP', first: 80, last: 90 },
      { protocol: 'UDP', first: 53, last: 53 },
    ],
  },
  {
    why: 'without a protocol',
    set: WEB_AND_DNS.without(PortSet.ofProtocol('UDP')),
    text: '80-90/TCP',
    ranges: [{ protocol: 'TCP', first: 80, last: 90 }],
  },
  {
    why: 'every port of a protocol',
    set: PortSet.ofProtocol('SCTP'),
    text: '*/SCTP',
    ranges: [{ protocol: 'SCTP', first: 1, last: 65535 }],
  },
  {
    why: 'every port',
    set: PortSet.ALL,
    text: '*',
    ranges: ['TCP', 'UDP', 'SCTP'].map((protocol) => ({ protocol, first: 1, last: 65535 })),
  },
  { why: 'none', set: PortSet.NONE, text: 'none', ranges: [] },
])('$why: $text', ({ set, text, ranges }) => {
  expect([String(set), JSON.stringify({ set })]).toEqual([text, `{"set":"${text}"}`]);
  expect(set.ranges()).toEqual(ranges);
});

test.each([
  { part: PortSet.range('TCP', 80, 85).or(PortSet.range('UDP', 53)), covers: true },
  { part: WEB_AND_DNS, covers: true },
  { part: PortSet.NONE, covers: true },
  { part: PortSet.range('TCP', 90, 91), covers: false },
  { part: PortSet.range('SCTP', 80), covers: false },
])(`${WEB_AND_DNS} has all of $part: $covers`, ({ part, covers }) => {
  expect(WEB_AND_DNS.covers(part)).toBe(covers);
});

test('only the set of every port of every protocol is all', () => {
  expect([PortSet.ALL, PortSet.ofProtocol('TCP'), PortSet.NONE].map(({ isAll }) => isAll)).toEqual([
    true,
    false,
    false,
  ]);
});

test('sets are equal by what they hold, whether or not they have been written', () => {
  const written = PortSet.range('TCP', 80, 81);
  expect(String(written)).toBe('80-81/TCP');
  expect(PortSet.range('TCP', 80).or(PortSet.range('TCP', 81))).toEqual(written);
  expect(PortSet.range('TCP', 80)).not.toEqual(written);
});

test.each([
  { other: PortSet.range('TCP', 90, 99), overlaps: true },
  { other: PortSet.range('UDP', 53), overlaps: true },
  { other: PortSet.range('TCP', 91, 99), overlaps: false },
  { other: PortSet.range('UDP', 80), overlaps: false },
  { other: PortSet.ofProtocol('SCTP'), overlaps: false },
  { other: PortSet.NONE, overlaps: false },
])(`${WEB_AND_DNS} has a port in common with $other: $overlaps`, ({ other, overlaps }) => {
  expect(WEB_AND_DNS.overlaps(other)).toBe(overlaps);
  expect(WEB_AND_DNS.and(other).isEmpty).toBe(!overlaps);
});

test.each([
  { why: 'none', sets: [], text: 'none' },
  { why: 'one', sets: [WEB_AND_DNS], text: '80-90/TCP, 53/UDP' },
  {
    why: 'several, some of which touch',
    sets: [WEB_AND_DNS, PortSet.range('TCP', 91), PortSet.range('SCTP', 1), PortSet.range('UDP', 50, 60)],
    text: '80-91/TCP, 50-60/UDP, 1/SCTP',
  },
])('the union of $why', ({ sets, text }) => {
  expect(String(PortSet.union(sets))).toBe(text);
});
