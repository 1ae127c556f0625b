import fc from 'fast-check';
import { canonicalCidr, ipBlockText } from './arbitrary-cidrs';

/** Mostly `usual`, once in `oneIn` times `odd`: so that a whole policy still has a chance to be legal. */
const mostly = <T, U>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<U>, oneIn = 25): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: usual as fc.Arbitrary<T | U> }, { weight: 1, arbitrary: odd });

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });

/** Short texts over the letters at which names, keys and values break; K is the Kelvin sign. */
const oddText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aZ09-_./ \néß中😀KİΣ'), maxLength: 6 }),
  fc.constantFrom('__proto__', 'a..b', 'a.-b', 'A.io/b', 'a/b/c', '/a', 'a/', '-', '--', '\ud800', 'a\u0000'),
);

const atLimit = (limit: number) =>
  fc
    .tuple(fc.constantFrom('x', '0', 'é', 'x.', 'a-'), fc.constantFrom(-1, 0, 1))
    .map(([unit, over]) => unit.repeat(limit + 1).slice(0, limit + over));

export const nameText = mostly(
  fc.constantFrom('a', 'allow-web', 'deny.all.v1', '0'),
  fc.oneof(oddText, atLimit(253), atLimit(63)),
);
export const labelKeyText = mostly(
  fc.constantFrom('app', 'tier', 'app.kubernetes.io/name', 'A_b', 'x'.repeat(63)),
  fc.oneof(
    oddText,
    atLimit(63),
    fc.tuple(atLimit(253), atLimit(63)).map((parts) => parts.join('/')),
    oddText.map((name) => `example.com/${name}`),
    oddText.map((prefix) => `${prefix}/app`),
  ),
);
export const labelValueText = mostly(
  fc.constantFrom('web', '', 'v1.2_3', 'A'),
  fc.oneof(oddText, atLimit(63)),
);

export const labels = few(fc.tuple(labelKeyText, labelValueText)).map((pairs) => Object.fromEntries(pairs));

const requirement = mostly(
  fc.oneof(
    fc.record({
      key: labelKeyText,
      operator: fc.constantFrom('In', 'NotIn'),
      values: fc.array(labelValueText, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ key: labelKeyText, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  ),
  fc.record(
    {
      key: labelKeyText,
      operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Equals', 'in', ''),
      values: few(labelValueText),
    },
    { requiredKeys: [] },
  ),
  8,
);

export const labelSelector = fc.record(
  { matchLabels: labels, matchExpressions: few(requirement) },
  { requiredKeys: [] },
);

const protocol = mostly(fc.constantFrom('TCP', 'UDP', 'SCTP'), fc.constantFrom('ICMP', 'tcp', ''));
const portNumber = mostly(
  fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constantFrom(1, 80, 65535)),
  fc.constantFrom(0, -1, 65536, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 80.5, 1e21),
);
const portName = mostly(
  fc.constantFrom('http', 'a', 'dns-tcp', '8080a', 'a23456789012345'),
  fc.oneof(fc.constantFrom('80', 'HTTP', 'a234567890123456', 'a--b', '-a', 'a-', 'a_b', 'é'), oddText),
);

export const port = mostly(
  fc.oneof(
    fc.record({ protocol: protocol, port: fc.oneof(portNumber, portName) }, { requiredKeys: [] }),
    fc
      .tuple(protocol, fc.integer({ min: 1, max: 65535 }), fc.nat(70000))
      .map(([protocol, port, more]) => ({ protocol, port, endPort: Math.min(port + more, 65535) })),
  ),
  fc.record(
    { protocol: protocol, port: fc.oneof(portNumber, portName), endPort: portNumber },
    { requiredKeys: [] },
  ),
  10,
);

const ipBlock = mostly(
  fc.record({ cidr: canonicalCidr, except: fc.constant([]) }, { requiredKeys: ['cidr'] }),
  ipBlockText,
  4,
);

export const peer = mostly(
  fc.oneof(
    fc.record({ podSelector: labelSelector }),
    fc.record({ namespaceSelector: labelSelector, podSelector: sometimes(labelSelector) }),
    fc.record({ ipBlock }),
  ),
  fc.record({ podSelector: labelSelector, namespaceSelector: labelSelector, ipBlock }, { requiredKeys: [] }),
  10,
);

const metadata = fc.record(
  { name: nameText, namespace: sometimes(nameText), labels, annotations: labels },
  { requiredKeys: ['name'] },
);

const unnamed = fc.record(
  { name: fc.constantFrom('', undefined), generateName: nameText },
  { requiredKeys: [] },
);

/** Policies in which every field has the type the API server reads, legal and illegal in their values. */
export const readablePolicy = fc.record({
  apiVersion: fc.constant('networking.k8s.io/v1'),
  kind: fc.constant('NetworkPolicy'),
  metadata: mostly(metadata, unnamed, 10),
  spec: fc.record(
    {
      podSelector: labelSelector,
      policyTypes: mostly(
        fc.uniqueArray(fc.constantFrom('Ingress', 'Egress')),
        few(fc.constantFrom('Ingress', 'Egress', 'Both', '')),
      ),
      ingress: few(fc.record({ from: few(peer), ports: few(port) }, { requiredKeys: [] })),
      egress: few(fc.record({ to: few(peer), ports: few(port) }, { requiredKeys: [] })),
    },
    { requiredKeys: [] },
  ),
});

/** Policies with one value anywhere replaced by null or by something of another type, or with a field added. */
export const spoiledPolicy = fc
  .tuple(
    readablePolicy,
    fc.nat(),
    fc.constantFrom<unknown>(null, null, null, '', 'x', 0, 1.5, true, [], ['x'], [null], {}, { x: 1 }),
    fc.constantFrom('', '', 'unknown', 'from', 'Spec', 'status'),
  )
  .map(([policy, n, junk, field]) => spoil(JSON.parse(JSON.stringify(policy)), n, junk, field));

/** Anything: a third each of legal, illegal and unreadable, roughly. */
export const anyPolicy = fc.oneof(
  { weight: 4, arbitrary: readablePolicy },
  { weight: 2, arbitrary: spoiledPolicy },
);

function spoil(policy: object, n: number, junk: unknown, field: string): object {
  const spots = spotsOf(policy);
  const [owner, key] = spots[n % spots.length] as [Record<string, unknown>, string];
  if (field !== '' && !Array.isArray(owner)) {
    owner[field] = junk;
  } else {
    owner[key] = junk;
  }
  return policy;
}

/** Every object or list in `value` with each of its keys. */
function spotsOf(value: object): [object, string][] {
  return Object.entries(value).flatMap(([key, inner]) => [
    [value, key] as [object, string],
    ...(typeof inner === 'object' && inner !== null ? spotsOf(inner) : []),
  ]);
}
