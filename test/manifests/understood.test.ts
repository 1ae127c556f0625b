import { readManifests } from '../../lib/manifests/read-manifests';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { networkPoliciesIn } from '../../lib/model/network-policy-entry';
import { policyYaml, readYaml } from './read';

const DB = policyYaml('podSelector: {}');
const WEB = policyYaml('podSelector: {}', 'web');

test.each([
  { why: 'several documents', text: `${DB}---\n${WEB}` },
  { why: 'Windows line ends', text: `${DB}---\n${WEB}`.replaceAll('\n', '\r\n') },
  { why: 'a byte order mark', text: `\ufeff${DB}---\n${WEB}` },
  {
    why: 'empty documents and documents of comments',
    text: `---\n---\n# one\n---\n${DB}---\n# two\n---\n${WEB}---\n`,
  },
  { why: 'a comment on the separator', text: `--- # the first\n${DB}--- # the second\n${WEB}` },
  { why: 'an end mark before the separator', text: `${DB}...\n---\n${WEB}` },
  { why: 'a directive', text: `${DB}...\n%YAML 1.1\n# two\n---\n${WEB}` },
  { why: 'a List', text: `apiVersion: v1\nkind: List\nitems:\n- ${indent(DB)}\n- ${indent(WEB)}` },
  {
    why: 'the List of a kind whose entries leave kind and version out',
    text: `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems: [{metadata: {name: db, namespace: shop}, spec: {podSelector: {}}}, {metadata: {name: web, namespace: shop}, spec: {podSelector: {}}}]`,
  },
  {
    why: 'a List in a List',
    text: `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"List","items":[${json('db')},${json('web')}]}]}\n`,
  },
  { why: 'the same object twice', text: `${DB}---\n${WEB}---\n${DB}` },
  {
    why: 'the same object in a List and by itself',
    text: `apiVersion: v1\nkind: List\nitems:\n- ${indent(DB)}\n- ${indent(WEB)}\n---\n${DB}`,
  },
  {
    why: 'anchors and merge keys in bounds',
    text: `${policyYaml('podSelector: &all {}\ningress: [{from: [{podSelector: *all}]}]').replace('ingress: [{from: [{podSelector: *all}]}]', '<<: {podSelector: {}}')}---\n${WEB}`,
  },
])('reads $why', ({ text }) => {
  const { cluster, problems } = readYaml(text);
  expect(problems).toEqual([]);
  expect(cluster.unreadable).toEqual([]);
  expect(cluster.policies.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
    'shop/db',
    'shop/web',
  ]);
});

test.each([
  { why: 'a leading zero makes a number octal', written: '010', port: 8 },
  { why: 'so does 0o', written: '0o10', port: 8 },
  { why: 'what cannot be octal is decimal', written: '08', port: 8 },
  { why: 'numbers may be hexadecimal or binary', written: '0x50', port: 80 },
  { why: 'underscores are left out', written: '8_080', port: 8080 },
  { why: 'an exponent is a number', written: '8e1', port: 80 },
])('$why', ({ written, port }) => {
  const { cluster, problems } = readYaml(policyYaml(`ingress: [{ports: [{port: ${written}}]}]`));
  expect(problems).toEqual([]);
  expect(networkPoliciesIn(cluster)[0]?.written.spec?.ingress?.[0]?.ports?.[0]?.port).toBe(port);
});

test.each([
  { why: 'numbers to the base of 60 are text', written: '12:30' },
  { why: 'dates are text', written: '2026-11-23' },
])('$why', ({ written }) => {
  const { skipped, problems } = readYaml(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${written}}\n`);
  expect({ skipped, problems }).toEqual({ skipped: { ConfigMap: 1 }, problems: [] });
});

test.each<{ why: string; nulls: string; same: NetworkPolicySpec }>([
  {
    why: 'a field is left out',
    nulls:
      'podSelector: {matchExpressions: [{key: app, operator: Exists, values: null}]}\negress: null\ningress: [{from: null, ports: [{protocol: null, port: 80, endPort: null}]}]',
    same: {
      podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
      ingress: [{ ports: [{ port: 80 }] }],
    },
  },
  {
    why: 'a label or a value of a selector is empty',
    nulls:
      'podSelector: {matchLabels: {tier: ~}, matchExpressions: [{key: app, operator: In, values: [~, a]}]}',
    same: {
      podSelector: {
        matchLabels: { tier: '' },
        matchExpressions: [{ key: 'app', operator: 'In', values: ['', 'a'] }],
      },
    },
  },
  {
    why: 'a rule and a port are empty',
    nulls: 'ingress: [~, {ports: [~]}]',
    same: { ingress: [{}, { ports: [{}] }] },
  },
  { why: 'a spec is empty', nulls: '', same: {} },
])('null is what the API server makes of it: $why', ({ nulls, same }) => {
  const { cluster, problems } = readYaml(policyYaml(nulls));
  expect(problems).toEqual([]);
  expect(networkPoliciesIn(cluster)[0]?.written.spec).toEqual(same);
});

test.each([
  ['v1', 'PodTemplate'],
  ['v1', 'ServiceAccount'],
  ['v1', 'Endpoints'],
  ['apps/v1', 'ControllerRevision'],
  ['networking.k8s.io/v1', 'IngressClass'],
  ['networking.k8s.io/v1', 'ServiceCIDR'],
  ['serving.example.com/v1', 'Services'],
])('%s %s is another kind, and none that is misspelt', (apiVersion, kind) => {
  const { skipped, problems } = readManifests([{ apiVersion, kind, metadata: { name: 'a' } }]);
  expect(problems).toEqual([]);
  expect(Object.values(skipped)).toEqual([1]);
});

test('other kinds are passed over and counted, by group', () => {
  const { cluster, skipped, problems } = readManifests([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'a' } },
    { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'a' } },
  ]);
  expect(problems).toEqual([]);
  expect(cluster.services).toEqual([]);
  expect(Object.entries(skipped)).toEqual([
    ['ConfigMap', 2],
    ['Role.rbac.authorization.k8s.io', 1],
    ['Service.serving.knative.dev', 1],
  ]);
});

test('a long text has directives wherever a document begins', () => {
  const document = (name: string) =>
    `${policyYaml('podSelector: {}', name)}# ${'-'.repeat(60_000)}\n...\n%YAML 1.1\n# ${name}\n---\n`;
  const { cluster, problems } = readYaml(['a', 'b', 'c', 'd'].map(document).join(''));
  expect(problems).toEqual([]);
  expect(cluster.policies).toHaveLength(4);
});

test('objects without a namespace stand in the one they are applied to', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'db' },
    spec: { podSelector: {} },
  };
  expect(readManifests([policy]).cluster.policies[0]?.namespace).toBe('default');
  const { cluster } = readManifests([policy], { defaultNamespace: 'shop' });
  expect(cluster.policies[0]?.namespace).toBe('shop');
  expect(cluster.namespaces).toEqual([{ name: 'shop', labels: {}, declared: false }]);
});

test('a policy tells the file and the line of its document', () => {
  const { cluster } = readYaml(`# head\n---\n${DB}---\n\n${WEB}`);
  expect(cluster.policies.map(({ source }) => source)).toEqual([
    { file: 'a.yaml', line: 3 },
    { file: 'a.yaml', line: 10 },
  ]);
});

function indent(text: string): string {
  return text.trimEnd().replaceAll('\n', '\n  ');
}

function json(name: string): string {
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec: { podSelector: {} },
  });
}
