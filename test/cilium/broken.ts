import fc from 'fast-check';
import { policies } from './arbitrary';

/** Policies of Cilium's own kinds that somebody has broken in one or more places, or in none. */

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

const LONG = 'a'.repeat(60);
const MANY = Array.from({ length: 41 }, (_, i) => ({ port: `${i + 1}`, protocol: 'TCP' }));

/** What may stand in the place of anything. */
const VALUES: readonly Json[] = [
  '',
  'a',
  '0',
  '8_0',
  '080',
  '010',
  '65536',
  '70000/tcp',
  '80/tcp',
  'my_http',
  '0x50',
  'HTTP',
  'a-name-that-is-too-long',
  '10.0.0.1',
  '010.0.0.0/8',
  '10.0.0.0/08',
  '2001:db8::/32',
  '203.0.113.200/32',
  'tcp',
  'VRRP',
  'IGMP',
  'a.example.com.',
  'a..b',
  '**.example.com',
  '/api/**',
  '/(?=a)',
  '*',
  '(a',
  'a)',
  '^/a+$',
  'a++',
  'world-ipv4',
  'In',
  'EchoReply',
  'ExtendedEcho Reply',
  '255',
  '256',
  -1,
  0,
  1.5,
  80,
  65536,
  true,
  [],
  [{}],
  {},
  ['a'],
  MANY,
];

/** What may be added to an object. */
const FRAGMENTS: readonly { readonly [key: string]: Json }[] = [
  { endpointSelector: {} },
  { nodeSelector: {} },
  { ingress: [] },
  { egressDeny: [{}] },
  { egressDeny: [{ toPorts: [{ ports: MANY }] }] },
  { enableDefaultDeny: { ingress: false } },
  { description: 'a' },
  { labels: [{ key: 'a' }] },
  { upcoming: {} },
  { fromEndpoints: [{ matchLabels: { [LONG]: 'a' } }] },
  { fromEntities: ['cluster'] },
  { fromCIDR: ['10.0.0.0/8'] },
  { fromNodes: [{}] },
  { toNodes: [{ matchLabels: { 'a b': '' } }] },
  { toServices: [{}] },
  { toFQDNs: [{ matchPattern: '*.example.com' }] },
  { toCIDRSet: [{ cidrGroupRef: 'a' }] },
  { toCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/8'] }] },
  { icmps: [{ fields: [{ type: 8 }] }] },
  { toPorts: [{ ports: [{ port: '80' }] }] },
  { rules: { http: [{ path: '/a' }] } },
  { rules: { http: [{}], l7: [{ a: 'b' }] } },
  { rules: { dns: [{ matchName: 'a.example.com' }] } },
  { rules: { l7proto: 'a' } },
  { listener: { name: 'l', envoyConfig: { name: 'e' } } },
  { terminatingTLS: { secret: { name: 's' } } },
  { authentication: { mode: 'required' } },
  { matchName: 'a', matchPattern: 'b' },
  { matchLabels: { 'k8s:a/b/c': 'd' } },
  { matchLabels: { $a: 'b', 'x:y': 'z' } },
  { matchExpressions: [{ key: 'a', operator: 'In' }] },
  { matchExpressions: [{ key: 'a', operator: 'In', values: ['b c'] }] },
  { endPort: 90 },
  { port: '53', protocol: 'UDP' },
];

/** A way to break something: where, as a share of all places there are, and how. */
const change = fc.record({
  where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  how: fc.oneof(
    fc.constant({ kind: 'drop' as const }),
    fc.constantFrom(...VALUES).map((value) => ({ kind: 'replace' as const, value })),
    fc.constantFrom(...FRAGMENTS).map((fragment) => ({ kind: 'add' as const, fragment })),
    fc.constant({ kind: 'double' as const }),
  ),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function placesIn(
  value: unknown,
  place: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [
    place,
    ...inner.flatMap(([key, each]) => placesIn(each, [...place, Array.isArray(value) ? Number(key) : key])),
  ];
}

function broken(root: object, { where, how }: Change): object {
  const copy = structuredClone(root) as Record<string, unknown>;
  const places = placesIn(copy).filter(({ length }) => length > 0);
  const place = places[Math.floor(where * places.length)] ?? ['spec'];
  const last = place.at(-1) as never;
  const around = place.slice(0, -1).reduce((value, key) => value[key as never], copy as never) as never;
  const value = around[last] as unknown;
  if (how.kind === 'replace') {
    Object.assign(around, { [last]: how.value });
  } else if (how.kind === 'add' && typeof value === 'object' && !Array.isArray(value)) {
    Object.assign(value as object, structuredClone(how.fragment));
  } else if (how.kind === 'double' && Array.isArray(value)) {
    value.push(...structuredClone(value));
  } else if (how.kind === 'drop' && Array.isArray(around)) {
    (around as unknown[]).splice(last, 1);
  } else if (how.kind === 'drop') {
    delete around[last];
  }
  return copy;
}

export interface BrokenPolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
  readonly specs?: unknown;
}

export const brokenPolicies: fc.Arbitrary<readonly BrokenPolicy[]> = fc
  .tuple(
    policies.map((list) => list.filter(({ kind }) => kind !== 'NetworkPolicy')),
    fc.array(change, { maxLength: 3 }),
  )
  .map(([list, changes]) =>
    list.map(({ apiVersion, kind, metadata, ...rest }) => ({
      ...(changes.reduce<object>(broken, rest) as Pick<BrokenPolicy, 'spec' | 'specs'>),
      apiVersion,
      kind,
      metadata,
    })),
  );
