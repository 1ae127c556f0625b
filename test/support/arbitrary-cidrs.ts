import fc from 'fast-check';

const octet = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('0', '1', '10', '127', '172', '192', '255') },
  { weight: 3, arbitrary: fc.nat(255).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('00', '010', '08', '256', '999', '', '-1', '+1', ' 1', '1 ', '0x1'),
  },
);

const listOf = (part: fc.Arbitrary<string>, separator: string, usual: number) =>
  fc
    .oneof(
      { weight: 12, arbitrary: fc.array(part, { minLength: usual, maxLength: usual }) },
      { weight: 1, arbitrary: fc.array(part, { maxLength: usual + 1 }) },
    )
    .map((parts) => parts.join(separator));

/** IPv4 addresses, most of them legal, some with leading zeros or too many octets. */
export const ipv4Text = listOf(octet, '.', 4);

const group = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('0', '1', 'ffff', 'FFFF', '2001', 'db8', 'DB8', 'fc00', 'fe80') },
  { weight: 3, arbitrary: fc.nat(0xffff).map((group) => group.toString(16)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('00', '0db8', '00000', '0ffff', '10000', 'g', '', '٣', '1%eth0', ' 1'),
  },
);

const groups = (maxLength: number) =>
  fc.array(group, { maxLength, size: 'max' }).map((groups) => groups.join(':'));

/** IPv6 addresses in every form: whole, with `::`, with an IPv4 tail, mapped, and near misses of each. */
export const ipv6Text = fc.oneof(
  { weight: 3, arbitrary: listOf(group, ':', 8) },
  { weight: 4, arbitrary: fc.tuple(groups(4), groups(4)).map(([head, tail]) => `${head}::${tail}`) },
  { weight: 2, arbitrary: fc.tuple(groups(3), ipv4Text).map(([head, tail]) => `${head}::${tail}`) },
  { weight: 1, arbitrary: fc.tuple(listOf(group, ':', 6), ipv4Text).map((parts) => parts.join(':')) },
  { weight: 2, arbitrary: ipv4Text.map((tail) => `::ffff:${tail}`) },
  { weight: 1, arbitrary: fc.constantFrom('::', '::1', ':', ':::', '1::2::3', '::ffff:0:0', '2001:db8::') },
);

const prefix = (bits: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.nat(bits).map(String) },
    { weight: 3, arbitrary: fc.constantFrom('0', '8', '16', '24', String(bits), '64', '96') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '00', '08', '33', '129', '-1', '+8', '8 ', '8/8', '1e1', '٨'),
    },
  );

/** CIDRs without address bits beyond the prefix, and so mostly accepted. */
export const canonicalCidr = fc.oneof(
  fc.tuple(fc.nat(0xffffffff), fc.nat(32)).map(([address, length]) => {
    const bits = length === 0 ? 0 : (address >>> (32 - length)) * 2 ** (32 - length);
    return `${[24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.')}/${length}`;
  }),
  fc.tuple(fc.nat(7), fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })).map(([whole, values]) => {
    const head = values.slice(0, whole).map((value) => value.toString(16));
    return `${head.join(':')}::/${16 * whole}`;
  }),
);

/** CIDRs as people, programs and attackers write them: about half are ones that the API server accepts. */
export const cidrText = fc.oneof(
  { weight: 5, arbitrary: canonicalCidr },
  { weight: 4, arbitrary: fc.tuple(ipv4Text, prefix(32)).map((parts) => parts.join('/')) },
  { weight: 4, arbitrary: fc.tuple(ipv6Text, prefix(128)).map((parts) => parts.join('/')) },
  {
    weight: 1,
    arbitrary: fc.oneof(ipv4Text, ipv6Text, fc.constantFrom('', '/', '/8', 'any', '10.0.0.0\\8')),
  },
);

/** A CIDR and exceptions of which many lie inside it: the same address with another prefix length. */
export const ipBlockText = fc
  .tuple(
    fc.oneof({ weight: 2, arbitrary: fc.constantFrom('10.0.0.0/8', '0.0.0.0/0', '::/0') }, cidrText),
    fc.array(fc.tuple(cidrText, fc.nat(128), fc.nat(3)), { maxLength: 3 }),
  )
  .map(([cidr, others]) => ({
    cidr,
    except: others.map(([other, length, form]) =>
      form === 0 ? `${cidr.slice(0, cidr.indexOf('/'))}/${length}` : other,
    ),
  }));
