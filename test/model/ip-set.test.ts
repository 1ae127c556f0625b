import { type AddressRange, IpSet, positionOf } from '../../lib/model/ip-set';

test.each([
  { why: 'a CIDR', set: IpSet.ofCidrs(['10.0.0.0/8']), ranges: ['10.0.0.0/8'] },
  { why: 'one address', set: IpSet.ofAddress('10.0.0.7'), ranges: ['10.0.0.7/32'] },
  {
    why: 'ranges that touch become one',
    set: IpSet.ofCidrs(['10.0.1.0/24', '10.0.0.0/24']),
    ranges: ['10.0.0.0/23'],
  },
  {
    why: 'what is no CIDR is written as first and last',
    set: IpSet.ofBlock({ cidr: '10.0.0.0/29', except: ['10.0.0.0/31'] }),
    ranges: ['10.0.0.2-10.0.0.7'],
  },
  {
    why: 'an exception cuts a block in two',
    set: IpSet.ofBlock({ cidr: '10.0.0.0/30', except: ['10.0.0.2/32'] }),
    ranges: ['10.0.0.0/31', '10.0.0.3/32'],
  },
  { why: 'host bits are masked', set: IpSet.ofCidrs(['10.0.0.9/24']), ranges: ['10.0.0.0/24'] },
  {
    why: 'the families stand side by side',
    set: IpSet.ofCidrs(['::/0', '0.0.0.0/0']),
    ranges: ['0.0.0.0/0', '::/0'],
  },
  {
    why: 'IPv6',
    set: IpSet.ofBlock({ cidr: '2001:db8::/126', except: ['2001:db8::1/128'] }),
    ranges: ['2001:db8::/128', '2001:db8::2/127'],
  },
  { why: 'nothing', set: IpSet.ofCidrs([]), ranges: [] },
])('ranges: $why', ({ set, ranges }) => {
  expect(set?.ranges()).toEqual(ranges);
});

test('a set is its ranges in one line and in JSON, and is equal by what it holds', () => {
  const set = IpSet.ofCidrs(['10.0.0.0/8', '12.0.0.0/31', '12.0.0.2/32']);
  expect(String(set)).toBe('10.0.0.0/8, 12.0.0.0-12.0.0.2');
  expect(String(IpSet.NONE)).toBe('none');
  expect(JSON.stringify({ set })).toBe('{"set":["10.0.0.0/8","12.0.0.0-12.0.0.2"]}');
  expect(IpSet.ofCidrs(['10.0.0.0/9', '10.128.0.0/9', '12.0.0.0/31', '12.0.0.2/32'])).toEqual(set);
  expect(IpSet.ofCidrs(['10.0.0.0/8'])).not.toEqual(set);
});

test('an interval has the length of its prefix where it is a CIDR', () => {
  const set = IpSet.ofCidrs(['0.0.0.0/31', '0.0.0.2/32', '::/0']);
  expect(set.intervals()).toEqual<AddressRange[]>([
    { family: 4, first: 0n, last: 2n },
    { family: 6, first: 0n, last: 2n ** 128n - 1n, prefixLength: 0 },
  ]);
});

test('the last IPv4 address and the first IPv6 address do not touch', () => {
  const set = IpSet.ofCidrs(['255.255.255.255/32', '::/128']);
  expect(set.ranges()).toEqual(['255.255.255.255/32', '::/128']);
});

test.each([
  ['10.0.0.1', true],
  ['11.0.0.1', false],
  ['::a00:1', false],
])('10.0.0.0/8 holds %s: %s', (address, expected) => {
  expect(IpSet.ofCidrs(['10.0.0.0/8']).has(positionOf(address) as bigint)).toBe(expected);
});

test.each([
  { wide: ['10.0.0.0/8'], narrow: ['10.1.0.0/16'], covers: true },
  { wide: ['10.0.0.0/8'], narrow: ['10.0.0.0/8'], covers: true },
  { wide: ['10.0.0.0/8'], narrow: ['10.1.0.0/16', '11.0.0.0/16'], covers: false },
  { wide: ['10.0.0.0/8'], narrow: ['::/0'], covers: false },
  { wide: [], narrow: [], covers: true },
  { wide: [], narrow: ['10.0.0.0/8'], covers: false },
])('whether $wide covers $narrow: $covers', ({ wide, narrow, covers }) => {
  expect(IpSet.ofCidrs(wide).covers(IpSet.ofCidrs(narrow))).toBe(covers);
});

test('a set covers itself', () => {
  const set = IpSet.ofCidrs(['10.0.0.0/8']);
  expect(set.covers(set)).toBe(true);
});
