import { IpSet, positionOf } from '../../lib/model/ip-set';

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
  expect(IpSet.ofRanges(ranges).key).toBe(set?.key);
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
