import {
  add,
  bothWords,
  creation,
  deletion,
  type Fix,
  remove,
  together,
  withMore,
  wordsFor,
  write,
} from '../../lib/lint/fix';
import type { NetworkPolicy } from '../../lib/model/network-policy';
import { ANNOTATIONS } from '../../lib/model/side-file';
import { findingsOf, namespace, policy, service, workload } from './judge';

/** Each change in the words of who wrote the policy, by hand and with constructs. */

const deny: NetworkPolicy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'shop' },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
};

const db = {
  kind: 'NetworkPolicy',
  namespace: 'shop',
  name: 'db',
  written: {
    spec: {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 80 }] },
        { from: [{ podSelector: {} }] },
      ],
    },
  },
};
const exposed = { kind: 'Service', namespace: 'shop', name: 'web' };
const rule = (port: number) => ({
  from: [{ podSelector: { matchLabels: { app: 'web' } } }],
  ports: [{ port }],
});

test.each<{ why: string; fix: Fix; yaml: string; code: string }>([
  {
    why: 'one text is for everybody',
    fix: 'ask',
    yaml: 'ask',
    code: 'ask',
  },
  {
    why: 'a field of a rule: constructs name the smallest thing that it is in',
    fix: write(db, ['spec', 'ingress', 0, 'from', 0, 'ipBlock', 'except', 0], '10.2.0.0/16'),
    yaml: 'write except[0]: 10.2.0.0/16',
    code: "write Peer.ipBlock('10.0.0.0/8', { except: ['10.2.0.0/16'] })",
  },
  {
    why: 'a port',
    fix: write(db, ['spec', 'ingress', 0, 'ports', 0, 'port'], 8080),
    yaml: 'write port: 8080',
    code: 'write Port.tcp(8080)',
  },
  {
    why: 'a selector',
    fix: write(db, ['spec', 'podSelector'], { matchLabels: { app: 'web' } }),
    yaml: 'write podSelector: { matchLabels: { app: web } }',
    code: "write podSelector: PodSelector.labels({ app: 'web' })",
  },
  {
    why: 'a list of a rule: the rule',
    fix: write(db, ['spec', 'ingress', 1, 'from'], [{ namespaceSelector: {} }]),
    yaml: 'write from: [{ namespaceSelector: {} }]',
    code: 'write IngressRule.allow({ from: [Peer.otherNamespaces({ namespaces: NamespaceSelector.all() })] })',
  },
  {
    why: 'a rule more',
    fix: add(db, ['spec', 'ingress'], rule(8080)),
    yaml: 'add to spec.ingress of shop/db: { from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }',
    code: "add to the rules of shop/db: IngressRule.allow({ from: [Peer.sameNamespace(PodSelector.labels({ app: 'web' }))], ports: [Port.tcp(8080)] })",
  },
  {
    why: 'a rule that a preset writes',
    fix: add(db, ['spec', 'ingress'], rule(8080), 'AksTraffic.on(profile).fromMetricsScraper({ ports })'),
    yaml: 'add to spec.ingress of shop/db: { from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }',
    code: 'add to the rules of shop/db: AksTraffic.on(profile).fromMetricsScraper({ ports })',
  },
  {
    why: 'a peer and a port more',
    fix: together(
      add(db, ['spec', 'ingress', 0, 'from'], { ipBlock: { cidr: '::/0' } }),
      add(db, ['spec', 'ingress', 0, 'ports'], { port: 8080, endPort: 8090, protocol: 'UDP' }),
    ),
    yaml: 'add to spec.ingress[0].from of shop/db: { ipBlock: { cidr: "::/0" } }, and add to spec.ingress[0].ports of shop/db: { port: 8080, endPort: 8090, protocol: UDP }',
    code: "add Peer.ipBlock('::/0') to from, and add Port.udpRange(8080, 8090) to ports",
  },
  {
    why: 'a rule less, and what constructs call it is what stood there',
    fix: remove(db, ['spec', 'ingress', 1]),
    yaml: 'take spec.ingress[1] of shop/db out',
    code: 'take out IngressRule.allow({ from: [Peer.sameNamespace()] })',
  },
  {
    why: 'a peer less',
    fix: remove(db, ['spec', 'ingress', 1, 'from', 0]),
    yaml: 'take spec.ingress[1].from[0] of shop/db out',
    code: 'take out Peer.sameNamespace()',
  },
  {
    why: 'a field of a peer less: what is left of the peer',
    fix: remove(db, ['spec', 'ingress', 0, 'from', 0, 'ipBlock', 'except']),
    yaml: 'take spec.ingress[0].from[0].ipBlock.except of shop/db out',
    code: "write Peer.ipBlock('10.0.0.0/8')",
  },
  {
    why: 'what constructs have no word for, and objects of other kinds, are told as YAML',
    fix: together(
      write(db, ['spec', 'policyTypes'], ['Ingress']),
      write(exposed, ['spec', 'externalTrafficPolicy'], 'Local'),
    ),
    yaml: 'write policyTypes: [Ingress], and write externalTrafficPolicy: Local',
    code: 'write policyTypes: [Ingress], and write externalTrafficPolicy: Local',
  },
  {
    why: 'a policy more',
    fix: withMore(creation(deny, undefined), ', or not'),
    yaml: 'add { apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: deny, namespace: shop }, spec: { podSelector: {}, policyTypes: [Ingress] } }, or not',
    code: "add new AksNetworkPolicy(chart, 'deny', { namespace: 'shop', rules: [IngressRule.denyAll()] }), or not",
  },
  {
    why: 'a policy more, of which a preset writes the rules',
    fix: creation(deny, undefined, () => ['AksTraffic.on(profile).toDns()']),
    yaml: 'add { apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: deny, namespace: shop }, spec: { podSelector: {}, policyTypes: [Ingress] } }',
    code: "add new AksNetworkPolicy(chart, 'deny', { namespace: 'shop', rules: [AksTraffic.on(profile).toDns()] })",
  },
  {
    why: 'a policy less',
    fix: deletion(db),
    yaml: 'delete NetworkPolicy shop/db',
    code: 'delete NetworkPolicy shop/db',
  },
])('$why', ({ fix, yaml, code }) => {
  expect([undefined, { construct: 'app/db' }].map((source) => wordsFor(fix, source))).toEqual([yaml, code]);
});

test.each([
  { why: 'nobody knows who wrote it', source: undefined, words: 'yaml' },
  { why: 'it stands in a file', source: { file: 'db.yaml', line: 1 }, words: 'yaml' },
  { why: 'it says of itself that a construct wrote it', source: { construct: 'app/db' }, words: 'code' },
  { why: 'a program tells that it wrote it', source: { program: { name: 'main.ts' } }, words: 'code' },
])('the words are for who wrote the object: $why', ({ source, words }) => {
  expect(wordsFor({ yaml: 'yaml', code: 'code' }, source)).toBe(words);
});

test('what is to be changed may stand elsewhere than what the finding is about', () => {
  const fix = write({ ...db, source: { construct: 'app/db' } }, ['spec', 'podSelector'], {});
  expect(wordsFor(fix, { file: 'web.yaml' })).toBe('write podSelector: PodSelector.all()');
  expect(wordsFor({ ...fix, source: { file: 'db.yaml' } }, { construct: 'app/web' })).toBe(
    'write podSelector: {}',
  );
});

test('somebody of whom nothing is known gets both wordings', () => {
  expect(bothWords('ask')).toBe('ask');
  expect(bothWords({ yaml: 'write a: b', code: 'call a()' })).toBe('write a: b; with constructs: call a()');
});

const byConstruct = (object: { readonly metadata: object }) => ({
  ...object,
  metadata: { ...object.metadata, annotations: { [ANNOTATIONS.construct]: 'app/shop/x' } },
});
const web = workload('shop/web');

test.each([
  {
    why: 'nobody writes policies there yet: the namespace',
    objects: [byConstruct(namespace('shop')), web],
    is: 'code',
  },
  { why: 'the namespace is not declared: its workloads', objects: [byConstruct(web)], is: 'code' },
  {
    why: 'policies before all others',
    objects: [
      byConstruct(namespace('shop')),
      byConstruct(web),
      policy('shop/in', { policyTypes: ['Egress'] }),
    ],
    is: 'yaml',
  },
])('a policy that is added is told in the words of what stands in its namespace: $why', ({ objects, is }) => {
  const [finding] = findingsOf('no-default-deny', { manifests: objects });
  expect(finding?.fix).toMatch(is === 'code' ? /^add new NamespaceBaseline/ : /^add \{ apiVersion/);
});

test('two policies that fixes add have two names, and one that two fixes add has one', () => {
  const webhook = (name: string) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: [{ name: 'a.example.com', clientConfig: { service: { namespace: 'shop', name } } }],
  });
  const called = ['web', 'db'].flatMap((name) => [
    webhook(name),
    workload(`shop/${name}`),
    service(`shop/${name}`, { selector: { app: name }, ports: [{ port: 443, targetPort: 8443 }] }),
  ]);
  const again = { ...webhook('web'), metadata: { name: 'again' } };
  const deny = policy('shop/deny', { podSelector: {}, policyTypes: ['Ingress'] });
  const fixes = findingsOf('webhook-cut-off', { manifests: [...called, again, deny] }).map(
    ({ object, fix }) => `${object.name}: ${/name: (allow-[\w-]+)/.exec(fix)?.[1]}`,
  );
  expect(fixes.sort()).toEqual([
    'db: allow-webhook-callers-2',
    'web: allow-webhook-callers',
    'web: allow-webhook-callers',
  ]);
});

test.each([
  { why: 'long', name: 'x'.repeat(250), is: `web-to-${'x'.repeat(243)}` },
  { why: 'with parts', name: 'db.v1', is: 'web-to-db.v1' },
])(
  'a policy that a fix adds has a name that the API server takes: of a workload whose name is $why',
  (each) => {
    const db = workload(`shop/${each.name}`);
    const toDb = { matchLabels: { app: each.name.slice(0, 63) } };
    const labelled = {
      ...db,
      metadata: { ...db.metadata, name: each.name },
      spec: { selector: toDb, template: { ...db.spec.template, metadata: { labels: toDb.matchLabels } } },
    };
    const [finding] = findingsOf('one-sided-allow', {
      manifests: [
        web,
        labelled,
        policy('shop/deny', { podSelector: {}, policyTypes: ['Ingress'] }),
        policy('shop/web', {
          podSelector: { matchLabels: { app: 'web' } },
          policyTypes: ['Egress'],
          egress: [{ to: [{ podSelector: toDb }] }],
        }),
      ],
    });
    expect(/metadata: \{ name: ([^,]+),/.exec(finding?.fix ?? '')?.[1]).toBe(each.is);
  },
);

test('a fix names the policies that deny something, which no allowance undoes', () => {
  const denial = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumClusterwideNetworkPolicy',
    metadata: { name: 'no-dns' },
    spec: { endpointSelector: {}, egressDeny: [{ toEndpoints: [{}] }], egress: [{ toEntities: ['world'] }] },
  };
  const [finding] = findingsOf('egress-cannot-resolve-names', {
    manifests: [namespace('shop'), web, denial],
    profile: { engine: 'cilium' },
  });
  expect(finding?.fix).toMatch(
    /^add .* name: allow-dns, .*, and take what it denies of this out of CiliumClusterwideNetworkPolicy no-dns$/,
  );
});
