import 'cdk8s-aks-network-policy/jest';
import { Chart, Testing } from 'cdk8s';
import { AksNetworkPolicy, AllowedConnection, IngressRule, Peer, Port } from 'cdk8s-aks-network-policy';
import { knownOnly, withProfile } from 'cdk8s-aks-network-policy/jest';
import { deployment, policy, SHOP, UNCERTAIN } from '../support/shop';

/** The message of a matcher that fails. */
function failure(call: () => void): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the matcher passed');
}

test('toAllow passes for what is allowed, and .not.toAllow for what is denied or allowed in part', () => {
  expect(SHOP).toAllow('shop/web', 'shop/db', 5432);
  expect(SHOP).toAllow('shop/db', 'internet');
  expect(SHOP).not.toAllow('shop/web', 'shop/db', '5433/TCP');
  expect(SHOP).not.toAllow('shop/web', 'shop/db');
});

test('toDeny passes for what is denied, and .not.toDeny for what is allowed, if in part', () => {
  expect(SHOP).toDeny('internet', 'shop/db', 5432);
  expect(SHOP).not.toDeny('shop/web', 'shop/db', 5432);
  expect(SHOP).not.toDeny('shop/web', 'shop/db');
});

test('a failing toAllow explains the denial', () => {
  expect(failure(() => expect(SHOP).toAllow('shop/web', 'shop/db', 5433))).toMatchInlineSnapshot(`
"Expected: allowed
Received: denied

Denied: shop/web to shop/db on 5433.
Out of shop/web: allowed; no policy isolates it.
Into shop/db: denied; isolated by policy shop/db-ingress.
Nearest: policy shop/db-ingress ingress rule 0 (peer 0, port 0) allows this source on 5432/TCP.

To allow it:
  new AllowedConnection(chart, 'connection', {
    from: { name: 'web', namespace: 'shop', podSelector: { app: 'web' } },
    to: { name: 'db', namespace: 'shop', podSelector: { app: 'db' } },
    ports: [5433],
    sides: 'destination',
  });"
`);
});

test('a failing toDeny names the rule that allows', () => {
  expect(failure(() => expect(SHOP).toDeny('shop/web', 'shop/db', 5432))).toMatchInlineSnapshot(`
"Expected: denied
Received: allowed

Allowed: shop/web to shop/db on 5432.
Out of shop/web: allowed; no policy isolates it.
Into shop/db: allowed; isolated by policy shop/db-ingress; allowed by policy shop/db-ingress ingress rule 0 (peer 0, port 0)."
`);
});

test('a failure names the line that created the policy, suspicious or not', () => {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
  new AksNetworkPolicy(chart, 'same', { rules: [IngressRule.allow({ from: [Peer.sameNamespace()] })] });
  const manifests = [chart, deployment('web'), deployment('db')];
  expect(() => expect(manifests).toDeny('shop/web', 'shop/db')).toThrow(
    /\(peer 0, chart\/same, test\/testing\/matchers\.test\.ts:\d+:\d+\)/,
  );
});

describe('the code that would allow it', () => {
  const shutWeb = policy('web-egress', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
  });
  const shut = [...SHOP, shutWeb];
  const codeIn = (message: string) => /To allow it:\n([\s\S]*)$/.exec(message)?.[1] ?? '';

  test.each<{ why: string; on: object[]; ask: [string, string, (number | string)?]; writes: number }>([
    { why: 'at the destination', on: SHOP, ask: ['shop/web', 'shop/db', 5433], writes: 1 },
    { why: 'at the source', on: shut, ask: ['shop/web', 'shop/db', '5432/TCP'], writes: 1 },
    { why: 'at both', on: shut, ask: ['shop/web', 'shop/db', '53/UDP'], writes: 2 },
    { why: 'on every port', on: SHOP, ask: ['shop/web', 'shop/db'], writes: 1 },
    { why: 'from the internet', on: SHOP, ask: ['internet', 'shop/db', 5432], writes: 1 },
    { why: 'to an address', on: shut, ask: ['shop/web', '203.0.113.7', 443], writes: 1 },
    { why: 'of pods by their labels', on: SHOP, ask: ['shop/app=api', 'shop/db', 5432], writes: 1 },
  ])('$why allows it, and isolates nobody else', ({ on, ask, writes }) => {
    const code = codeIn(failure(() => expect(on).toAllow(...ask)));
    const chart = new Chart(Testing.app(), 'chart');
    const run = new Function('chart', 'AllowedConnection', 'Peer', 'Port', code);
    run(chart, AllowedConnection, Peer, Port);
    const written = Testing.synth(chart) as object[];
    expect(written).toHaveLength(writes);
    expect([...on, ...written]).toAllow(...ask);
  });

  test.each<{ why: string; claim: () => void }>([
    { why: 'a denial that was not expected', claim: () => expect(SHOP).toDeny('shop/web', 'shop/db', 5432) },
    { why: 'what is not known', claim: () => expect(UNCERTAIN).toAllow('shop/web', 'shop/db', 80) },
    { why: 'ends that are many', claim: () => expect(SHOP).toAllow('any', 'shop/db', 5432) },
    { why: 'a claim with .not', claim: () => expect(SHOP).not.toAllow('shop/web', 'shop/db', 5432) },
  ])('is none for $why', ({ claim }) => {
    expect(codeIn(failure(claim))).toBe('');
  });

  test('expected is what the matcher says, with .not too', () => {
    expect(failure(() => expect(SHOP).not.toAllow('shop/web', 'shop/db', 5432))).toMatch(
      /^Expected: not allowed\nReceived: allowed\n\nAllowed: /,
    );
  });
});

test('what is not known fails in both directions, with the reason', () => {
  const ask = [
    () => expect(UNCERTAIN).toAllow('shop/web', 'shop/db', 80),
    () => expect(UNCERTAIN).not.toAllow('shop/web', 'shop/db', 80),
    () => expect(UNCERTAIN).toDeny('shop/web', 'shop/db', 80),
    () => expect(UNCERTAIN).not.toDeny('shop/web', 'shop/db', 80),
  ];
  const [message, ...others] = ask.map(failure);
  expect(message).toMatchInlineSnapshot(`
"Expected: allowed
Received: unknown

Unknown: shop/web to shop/db on 80.
Out of shop/web: allowed; no policy isolates it.
Into shop/db: unknown; isolated by policy shop/db-by-team, policy shop/db-ingress; perhaps allowed by policy shop/db-by-team ingress rule 0 (peer 0).
Unknown because no manifest declares namespace shop, so its labels are not known."
`);
  const withoutClaim = (text = '') => text.replace(/^Expected: .*\n/, '');
  expect(others.map(withoutClaim)).toEqual(others.map(() => withoutClaim(message)));
  expect(others.map((text) => text.split('\n')[0])).toEqual([
    'Expected: not allowed',
    'Expected: denied',
    'Expected: not denied',
  ]);
});

test('an end that no manifest tells of fails in both directions', () => {
  expect(failure(() => expect(SHOP).toAllow('shop/wbe', 'shop/db'))).toContain('[end-unknown]');
  expect(failure(() => expect(SHOP).not.toAllow('shop/wbe', 'shop/db'))).toContain('[end-unknown]');
});

test('toIsolate asks for one direction', () => {
  expect(SHOP).toIsolate('shop/db', 'Ingress');
  expect(SHOP).not.toIsolate('shop/db', 'Egress');
  expect(SHOP).not.toIsolate('shop/web', 'Ingress');
  expect([
    failure(() => expect(SHOP).toIsolate('shop/db', 'Egress')),
    failure(() => expect(SHOP).toIsolate('shop/web', 'Ingress')),
    failure(() => expect(SHOP).not.toIsolate('shop/db', 'Ingress')),
  ]).toMatchInlineSnapshot(`
[
  "No policy isolates shop/db for egress; it is selected by policy shop/db-ingress.",
  "No policy isolates shop/web for ingress.",
  "shop/db is isolated for ingress by policy shop/db-ingress.",
]
`);
});

test('toIsolate refuses what is not a direction, with .not as well', () => {
  const ingress = 'ingress' as 'Ingress';
  expect(failure(() => expect(SHOP).not.toIsolate('shop/db', ingress))).toContain('[policy-type-unknown]');
});

test('toIsolate says nothing of a workload that cannot be read, with .not as well', () => {
  const broken = [...SHOP, { ...deployment('api'), spec: 5 }];
  for (const ask of [
    () => expect(broken).toIsolate('shop/api', 'Ingress'),
    () => expect(broken).not.toIsolate('shop/api', 'Ingress'),
  ]) {
    expect(failure(ask)).toContain('shop/api could not be read: must be an object');
  }
});

const ALL_OF_SHOP = [
  { from: 'shop/web', to: 'shop/db', port: 5432 },
  { from: 'shop/db', to: 'shop/web' },
  { from: 'shop/web', to: 'shop/web' },
  { from: '0.0.0.0/0', to: 'shop/web' },
  { from: 'shop/web', to: '0.0.0.0/0' },
  { from: 'shop/db', to: '0.0.0.0/0' },
  { from: 'any', to: 'shop/web' },
  { from: 'shop/*', to: 'any' },
];

test('toAllowOnly wants every connection, and no other', () => {
  expect(SHOP).toAllowOnly(ALL_OF_SHOP);
  expect(SHOP).not.toAllowOnly(ALL_OF_SHOP.slice(0, -1));
  expect(SHOP).not.toAllowOnly([...ALL_OF_SHOP, { from: 'internet', to: 'shop/db', port: 5432 }]);
  expect(failure(() => expect(SHOP).not.toAllowOnly(ALL_OF_SHOP))).toBe(
    '8 connections are allowed, and no other.',
  );
  const out = policy('out', { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '203.0.113.7/32' } }] }] });
  const one = [{ from: 'shop/api', to: '203.0.113.7' }];
  expect(failure(() => expect([deployment('api'), out]).not.toAllowOnly(one))).toBe(
    '1 connection is allowed, and no other.',
  );
});

test('toAllowOnly lists what is missing and what is too much', () => {
  const expected = [
    { from: 'shop/db', to: 'shop/web' },
    { from: 'shop/web', to: 'shop/web' },
    { from: '0.0.0.0/0', to: 'shop/web', port: '80/TCP' },
    { from: 'shop/web', to: '10.0.0.0/8' },
    { from: 'shop/db', to: '0.0.0.0/0' },
    { from: 'internet', to: 'shop/db', port: 5432 },
  ];
  expect(failure(() => expect(SHOP).toAllowOnly(expected))).toMatchInlineSnapshot(`
"Expected, and not allowed:
  Denied: internet to shop/db on 5432.
    Out of internet: allowed; is no pod, so no policy judges it.
    Into shop/db: denied; isolated by policy shop/db-ingress.
    Nearest: policy shop/db-ingress ingress rule 0 (port 0) allows 5432/TCP only from pods with app=web in namespace shop.
Allowed, and not expected:
  shop/web to shop/db on 5432/TCP
  every address to shop/web on 1-79/TCP, 81-65535/TCP, */UDP, */SCTP
  shop/web to every address except 10.0.0.0/8 on *
  any pod to shop/web on *
  every workload to any pod on *"
`);
});

test('toMatchConnectivitySnapshot keeps a table', () => {
  expect(SHOP).toMatchConnectivitySnapshot();
});

test('toMatchConnectivitySnapshot counts as one assertion, and has no .not', () => {
  expect.assertions(2);
  expect(SHOP).toMatchConnectivitySnapshot('counted');
  expect(failure(() => expect(SHOP).not.toMatchConnectivitySnapshot())).toContain('.not');
});

test('a profile is the cluster on which the manifests are judged', () => {
  expect(withProfile(SHOP, { engine: 'none' })).toAllow('internet', 'shop/db', 5432);
  expect(withProfile(SHOP, { engine: 'cilium' })).toDeny('internet', 'shop/db', 5432);
});

test('manifests that could not be read fail what speaks of all of them, with every problem', () => {
  const broken = [
    ...SHOP,
    { ...SHOP[2], metadata: { name: 'b', namespace: 'shop' }, spec: { podSelector: 'x', a: 1 } },
  ];
  const [only, notOnly, snapshot] = [
    () => expect(broken).toAllowOnly(ALL_OF_SHOP),
    () => expect(broken).not.toAllowOnly(ALL_OF_SHOP),
    () => expect(broken).toMatchConnectivitySnapshot(),
  ].map(failure);
  expect(only).toMatchInlineSnapshot(`
"Not all manifests could be read:
  NetworkPolicy shop/b: spec.a: unknown field "a"; the fields here are podSelector, policyTypes, ingress, egress [field-unknown]
  NetworkPolicy shop/b: spec.podSelector: must be an object; got "x"; give keys and values in braces [type-mismatch]"
`);
  expect([notOnly, snapshot]).toEqual([only, only]);
});

test('a host is an end to which somebody connects, and a request passes filters', () => {
  const policy = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      endpointSelector: { matchLabels: { app: 'web' } },
      egress: [
        {
          toPorts: [
            { ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } },
            { ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ path: '/a' }] } },
          ],
        },
        { toFQDNs: [{ matchName: 'login.example.com' }], toPorts: [{ ports: [{ port: '443' }] }] },
      ],
    },
  };
  const subject = withProfile([...SHOP, policy], { engine: 'cilium', acns: 'L7' });
  expect(subject).toAllow('shop/web', 'login.example.com', 443);
  expect(subject).toDeny('shop/web', 'www.example.com', 443);
  expect(subject).toAllow('shop/web', '8.8.8.8', 80, { method: 'GET', path: '/a' });
  expect(subject).toDeny('shop/web', '8.8.8.8', 80, { method: 'GET', path: '/b' });
  expect(() => expect(subject).toDeny('shop/web', '8.8.8.8', 80, { method: 'GET', path: '/a' })).toThrow(
    'Allowed: shop/web to 8.8.8.8 on 80, GET /a; filtered: /a.',
  );
});

test('hosts are listed among what is allowed alone', () => {
  const policy = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      endpointSelector: { matchLabels: { app: 'web' } },
      ingress: [{}],
      egress: [
        {
          toEndpoints: [
            { matchLabels: { 'k8s-app': 'kube-dns', 'io.kubernetes.pod.namespace': 'kube-system' } },
          ],
          toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } }],
        },
        {
          toFQDNs: [{ matchName: 'login.example.com' }, { matchPattern: '*.example.org' }],
          toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
        },
      ],
    },
  };
  const subject = knownOnly(
    withProfile([deployment('web'), policy], { engine: 'cilium', acns: 'L7', kubernetesVersion: '1.35' }),
  );
  const from = 'shop/web';
  const login = { from, to: 'login.example.com', port: 443 };
  const pattern = { from, to: '*.example.org', port: 443 };
  expect(subject).toAllowOnly([login, pattern]);
  expect(subject).not.toAllowOnly([login]);
  expect(subject).not.toAllowOnly([login, pattern, { ...login, to: 'www.example.com' }]);
  expect(() => expect(subject).toAllowOnly([login])).toThrow('shop/web to *.example.org on 443/TCP');
});
