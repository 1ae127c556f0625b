import fc from 'fast-check';
import {
  type Cidr,
  formatAddress,
  formatCidr,
  isPrivate,
  isStrictSubset,
  readCidr,
} from '../../lib/model/cidr';
import { cidrText } from '../support/arbitrary-cidrs';

const cidr = (text: string) => readCidr(text) as Cidr;

describe('readCidr', () => {
  test.each([
    { why: 'an IPv4 range', text: '10.0.0.0/8', canonical: '10.0.0.0/8' },
    { why: 'an IPv6 range in capitals', text: '2001:DB8::/32', canonical: '2001:db8::/32' },
    {
      why: 'an IPv6 range with an IPv4 tail',
      text: '64:ff9b::192.0.2.0/120',
      canonical: '64:ff9b::c000:200/120',
    },
    { why: 'every address', text: '::/0', canonical: '::/0' },
    { why: 'one zero group as "::"', text: '1:2:3:4:5:6:7::/128', canonical: '1:2:3:4:5:6:7:0/128' },
  ])('reads $why', ({ text, canonical }) => {
    expect(cidr(text).flaw).toBeUndefined();
    expect(formatCidr(cidr(text))).toBe(canonical);
  });

  test.each([
    {
      why: 'leading zeros as decimal, not octal',
      text: '010.0.0.0/8',
      flaw: 'leading-zeros',
      is: '10.0.0.0/8',
    },
    {
      why: 'a leading zero in the prefix length',
      text: '10.0.0.0/08',
      flaw: 'leading-zeros',
      is: '10.0.0.0/8',
    },
    { why: 'a group of five digits', text: '00001::/16', flaw: 'leading-zeros', is: '1::/16' },
    { why: 'bits beyond the prefix length', text: '10.1.2.3/8', flaw: 'host-bits', is: '10.0.0.0/8' },
    {
      why: 'an IPv4 address as IPv6',
      text: '::ffff:10.0.0.0/104',
      flaw: 'ipv4-mapped',
      is: '::ffff:a00:0/104',
    },
  ])('reads $why and says that Kubernetes 1.36 refuses it', ({ text, flaw, is }) => {
    expect(cidr(text).flaw).toBe(flaw);
    expect(formatCidr(cidr(text))).toBe(is);
  });

  test.each([
    { why: 'an address alone', text: '10.0.0.1' },
    { why: 'an octet of 256', text: '256.0.0.0/8' },
    { why: 'three octets', text: '10.0.0/8' },
    { why: 'an IPv4 prefix length over 32', text: '10.0.0.0/33' },
    { why: 'an IPv6 prefix length over 128', text: '::/129' },
    { why: 'a signed prefix length', text: '10.0.0.0/+8' },
    { why: 'no prefix length', text: '10.0.0.0/' },
    { why: 'digits of another script', text: '١٠.0.0.0/8' },
    { why: 'nine groups', text: '1:2:3:4:5:6:7:8:9/64' },
    { why: '"::" that stands for no group', text: '1:2:3:4::5:6:7:8/64' },
    { why: 'two "::"', text: '1::2::3/64' },
    { why: 'an IPv4 part in the middle', text: '::1.2.3.4:5/64' },
    { why: 'a zone', text: 'fe80::1%eth0/64' },
  ])('refuses $why', ({ text }) => {
    expect(readCidr(text)).toBeUndefined();
  });
});

describe('formatCidr', () => {
  test('writes what readCidr reads as the same range, without a flaw unless it is mapped', () => {
    fc.assert(
      fc.property(cidrText, (text) => {
        const read = readCidr(text);
        fc.pre(read !== undefined);
        const again = cidr(formatCidr(read));
        expect({ ...again, flaw: undefined }).toEqual({ ...read, flaw: undefined });
        expect([undefined, 'ipv4-mapped']).toContain(again.flaw);
        expect(formatCidr(again)).toBe(formatCidr(read));
      }),
      { numRuns: 1000 },
    );
  });

  test('writes IPv6 addresses as the URL standard does', () => {
    const zeroOften = fc.oneof(fc.constant(0n), fc.bigInt(0n, 0xffffn));
    fc.assert(
      fc.property(fc.array(zeroOften, { minLength: 8, maxLength: 8 }), (groups) => {
        const value = groups.reduce((sum, group) => (sum << 16n) | group, 0n);
        const whole = groups.map((group) => group.toString(16)).join(':');
        expect(`[${formatAddress(6, value)}]`).toBe(new URL(`http://[${whole}]`).hostname);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isStrictSubset', () => {
  test.each([
    { inner: '10.1.0.0/16', outer: '10.0.0.0/8', expected: true },
    { inner: '10.0.0.0/8', outer: '10.0.0.0/8', expected: false },
    { inner: '10.0.0.0/7', outer: '10.0.0.0/8', expected: false },
    { inner: '11.0.0.0/16', outer: '10.0.0.0/8', expected: false },
    { inner: '::/128', outer: '0.0.0.0/0', expected: false },
    { inner: '2001:db8:1::/48', outer: '2001:db8::/32', expected: true },
  ])('$inner inside $outer: $expected', ({ inner, outer, expected }) => {
    expect(isStrictSubset(cidr(inner), cidr(outer))).toBe(expected);
  });
});

describe('isPrivate', () => {
  test.each([
    { text: '10.0.0.0/8', expected: true },
    { text: '10.0.0.0/7', expected: false },
    { text: '172.31.255.0/24', expected: true },
    { text: '172.32.0.0/16', expected: false },
    { text: '192.168.0.0/15', expected: false },
    { text: '100.64.0.0/10', expected: true },
    { text: 'fc00::/7', expected: true },
    { text: 'fc00::/6', expected: false },
    { text: '::a00:0/104', expected: false },
    { text: '0.0.0.0/0', expected: false },
  ])('$text: $expected', ({ text, expected }) => {
    expect(isPrivate(cidr(text))).toBe(expected);
  });
});
