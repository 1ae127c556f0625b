import { readManifests } from '../../lib/manifests/read-manifests';
import { describePlace } from '../../lib/model/place';
import { policyYaml, readYaml } from './read';

const DB = policyYaml('podSelector: {}');
const bomb = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`).join('\n');

/** `known`: what is certain of the object that could not be read. */
test.each([
  {
    why: 'a policy that the API server refuses',
    text: policyYaml('podSelector: {matchLabels: {app: db}}\ningress: [{from: [{}]}]'),
    says: 'a.yaml:6:21: NetworkPolicy shop/db: spec.ingress[0].from[0]: a peer needs a selector or an IP block',
    known: {
      kind: 'NetworkPolicy',
      namespace: 'shop',
      name: 'db',
      podSelector: { matchLabels: { app: 'db' } },
    },
  },
  {
    why: 'an unquoted y as a label, which kubectl reads as true',
    text: policyYaml('podSelector: {matchLabels: {team: y}}'),
    says: 'a.yaml:5:37: NetworkPolicy shop/db: spec.podSelector.matchLabels: must be a string; got y, which YAML reads as true; quote it: "y"',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'an unquoted no as a namespace',
    text: DB.replace('namespace: shop', 'namespace: no'),
    says: 'a.yaml:3:33: NetworkPolicy db: metadata.namespace: must be a string; got no, which YAML reads as false',
    known: { kind: 'NetworkPolicy', name: 'db' },
  },
  {
    why: 'an unquoted on as a port name',
    text: policyYaml('ingress: [{ports: [{port: on}]}]'),
    says: 'a.yaml:5:29: NetworkPolicy shop/db: spec.ingress[0].ports[0].port: a port is a whole number from 1 to 65535; got true',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'the label that is meant, of two with the same value',
    text: policyYaml('podSelector: {matchLabels: {app: 1}}').replace(
      'namespace: shop',
      'namespace: shop, labels: {app: x, app.kubernetes.io/name: 1, b: 1}',
    ),
    says: 'a.yaml:3:86: NetworkPolicy shop/db: metadata.labels: must be a string; got 1; quote it: "1"',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'a label whose value is no label value',
    text: policyYaml('podSelector: {matchLabels: {app: db, app.kubernetes.io/name: -db}}'),
    says: 'a.yaml:5:64: NetworkPolicy shop/db: spec.podSelector.matchLabels: a label value is empty or has',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'a label whose key is none, though another has it as a value',
    text: policyYaml('podSelector: {matchLabels: {app: a_, a_: db}}'),
    says: 'a.yaml:5:40: NetworkPolicy shop/db: spec.podSelector.matchLabels: a label key has',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'an annotation that is no text',
    text: DB.replace(
      'namespace: shop',
      'namespace: shop, annotations: {example.com/a: "1", example.com/b: 1}',
    ),
    says: 'a.yaml:3:88: NetworkPolicy shop/db: metadata.annotations: must be a string; got 1; quote it: "1"',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db', podSelector: {} },
  },
  {
    why: 'a key with dots that reads as the way to a field',
    text: policyYaml('podSelector.matchLabels: {app: db}\npodSelector: {}'),
    says: 'a.yaml:5:3: NetworkPolicy shop/db: spec.podSelector.matchLabels: unknown field',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'a key with dots beside the field that it reads as',
    text: `"spec.podSelector": {}\n${DB}`,
    says: 'a.yaml:1:1: NetworkPolicy shop/db: spec.podSelector: unknown field',
    known: { kind: 'NetworkPolicy', name: 'db' },
  },
  {
    why: 'a misspelt field within a rule, which leaves the scope certain',
    text: policyYaml('podSelector: {}\ningress: [{form: []}]'),
    says: 'a.yaml:6:14: NetworkPolicy shop/db: spec.ingress[0].form: unknown field',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db', podSelector: {} },
  },
  {
    why: 'a key that begins as a thing is named',
    text: policyYaml('"the cluster": {}\npodSelector: {}'),
    says: 'a.yaml:5:3: NetworkPolicy shop/db: spec.the cluster: unknown field',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'a key with brackets, twice',
    text: DB.replace('namespace: shop', 'namespace: shop, labels: {a: x, "a[0]": x, "a[0]": y}'),
    says: 'a.yaml:3:65: NetworkPolicy shop/db: metadata.labels.a[0]: a key may occur only once in an object',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db', podSelector: {} },
  },
  {
    why: 'a List with a key twice that reads as the way to an entry',
    text: `apiVersion: v1\nkind: List\n"items[0].metadata": 1\n"items[0].metadata": 2\nitems: [{kind: Namespace, apiVersion: v1, metadata: {name: shop}}]\n`,
    says: 'a.yaml:4:1: List: items[0].metadata: a key may occur only once in an object',
    known: {},
  },
  {
    why: 'a number as a label',
    text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: db}\nspec: {template: {metadata: {labels: {tier: 1}}}}\n',
    says: 'a.yaml:4:45: Deployment default/db: spec.template.metadata.labels: must be a string; got 1; quote it: "1"',
    known: { kind: 'Deployment', namespace: 'default', name: 'db' },
  },
  {
    why: 'a misspelt namespace, which could be any',
    text: DB.replace('namespace:', 'namespce:'),
    says: 'a.yaml:3:22: NetworkPolicy default/db: metadata.namespce: unknown field',
    known: { kind: 'NetworkPolicy', name: 'db' },
  },
  {
    why: 'a key that stands there twice',
    text: policyYaml('podSelector: {}\npodSelector: {matchLabels: {app: db}}'),
    says: 'a.yaml:6:3: NetworkPolicy shop/db: spec.podSelector: a key may occur only once in an object',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'a key that stands there twice in JSON',
    text: '{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",\n "metadata": {"name": "db"}, "spec": {}, "spec": {}}\n',
    says: 'a.yaml:2:42: NetworkPolicy default/db: spec: a key may occur only once in an object',
    known: { kind: 'NetworkPolicy', namespace: 'default', name: 'db' },
  },
  {
    why: 'a kind in small letters',
    text: DB.replace('NetworkPolicy', 'networkpolicy'),
    says: 'a.yaml:2:7: kind: Kubernetes has no such kind; got "networkpolicy"; write NetworkPolicy',
    known: {},
  },
  {
    why: 'a kind in the plural',
    text: DB.replace('NetworkPolicy', 'NetworkPolicies'),
    says: 'a.yaml:2:7: kind: Kubernetes has no such kind; got "NetworkPolicies"; write NetworkPolicy',
    known: {},
  },
  {
    why: 'a kind with a letter missing',
    text: DB.replace('NetworkPolicy', 'NetworkPolcy'),
    says: 'a.yaml:2:7: kind: Kubernetes has no such kind; got "NetworkPolcy"; write NetworkPolicy',
    known: {},
  },
  {
    why: 'a List in small letters',
    text: 'apiVersion: v1\nkind: list\nitems: [{kind: NetworkPolicy}]\n',
    says: 'a.yaml:2:7: kind: Kubernetes has no such kind; got "list"; write List',
    known: {},
  },
  {
    why: 'a List whose objects have another name',
    text: 'apiVersion: v1\nkind: List\nitem: [{kind: NetworkPolicy}]\n',
    says: 'a.yaml:1:1: List: items: a List needs its objects here',
    known: {},
  },
  {
    why: 'a text that breaks off',
    text: `${DB}ingress: [{from: [`,
    says: 'a.yaml:6:19: the document: this cannot be read as YAML',
    known: {},
  },
  {
    why: 'indented JSON that the API server refuses',
    text: '\n {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",\n "metadata": {"name": "db"}, "spec": 1\n}',
    says: 'a.yaml:3:38: NetworkPolicy default/db: spec: must be an object; got 1',
    known: { kind: 'NetworkPolicy', namespace: 'default', name: 'db' },
  },
  {
    why: 'JSON that breaks off',
    text: '{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPol',
    says: 'a.yaml:1:48: the document: this cannot be read as YAML',
    known: {},
  },
  {
    why: 'a template that is not rendered',
    text: '{{ include "policy" . }}\n',
    says: 'a.yaml:1:1: the document: ',
    known: {},
  },
  {
    why: 'a template with a value that is left open',
    text: 'kind: NetworkPolicy\nmetadata:\n  name: {{ .Values.name }}\n',
    says: 'a.yaml:3:9: the document: a key must be text; got "name: {{ .Values.name }}"; correct it; a template must be rendered first',
    known: {},
  },
  { why: 'tabs as indentation', text: 'metadata:\n\tname: db\n', says: 'a.yaml:2:', known: {} },
  {
    why: 'a NUL byte',
    text: `${DB}\n\0`,
    says: 'a.yaml:7:1: the input: contains a NUL byte',
    known: {},
  },
  {
    why: 'aliases that grow beyond bounds',
    text: `a0: &a0 {}\n${bomb}\n`,
    says: 'a.yaml:1:1: the document: nearly all of the document would come from its aliases',
    known: {},
  },
  {
    why: 'an alias for something it is part of',
    text: 'a: &a [*a]\n',
    says: 'got an alias for something that contains it',
    known: {},
  },
  {
    why: 'an alias without an anchor',
    text: `${DB}status: *none\n`,
    says: 'unknown anchor "none" referenced',
    known: {},
  },
  {
    why: 'nesting without end',
    text: '['.repeat(5000),
    says: 'a.yaml:1:101: the document: lists and objects are nested more than 100 levels deep',
    known: {},
  },
  { why: 'a key that is null', text: '? \n: 1\n', says: 'the document: a key must be text', known: {} },
  {
    why: 'a key that is null, before a template',
    text: '? \n: 1\n---\nname: {{ .Values.name }}\n',
    says: 'a.yaml:1:1: the document: a key must be text; got "?"; quote it',
    known: {},
  },
  {
    why: 'a document that no --- begins, which kubectl does not see',
    text: `kind: ConfigMap\n...\n${DB}`,
    says: 'a.yaml:3:1: the document: kubectl ignores what follows a document without a line "---" between them',
    known: {},
  },
  {
    why: 'an object with a version and without a kind',
    text: 'apiVersion: v1\nmetadata: {name: db}\n',
    says: 'a.yaml:1:1: kind: a manifest needs a kind',
    known: {},
  },
  {
    why: 'a version of a known kind that is not known',
    text: DB.replace('networking.k8s.io/v1', 'extensions/v1beta1'),
    says: 'a.yaml:1:13: NetworkPolicy shop/db: apiVersion: a NetworkPolicy is only read in version networking.k8s.io/v1',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db', podSelector: {} },
  },
  {
    why: 'a NetworkPolicy of another project',
    text: DB.replace('networking.k8s.io/v1', 'example.com/v3'),
    says: 'a.yaml:1:13: NetworkPolicy shop/db: apiVersion',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db', podSelector: {} },
  },
  {
    why: 'two objects of one name that differ',
    text: `${DB}---\n${policyYaml('podSelector: {matchLabels: {app: db}}')}`,
    says: 'a.yaml:7:1: NetworkPolicy shop/db: the object: it was given before (a.yaml:1), and it is not known which one counts',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'a workload without a template',
    text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n',
    says: 'a.yaml:4:1: Deployment default/web: spec.template: there is no pod template',
    known: { kind: 'Deployment', namespace: 'default', name: 'web' },
  },
  {
    why: 'an object without a name',
    text: 'apiVersion: v1\nkind: Namespace\n',
    says: 'a.yaml:1:1: Namespace (no name): metadata.name: an object needs a name',
    known: { kind: 'Namespace', namespace: '' },
  },
  {
    why: 'an entry of a List',
    text: 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: networking.k8s.io/v1\n    kind: NetworkPolicy\n    metadata: {name: db, namespace: shop}\n    spec: {podSelector: 1}\n',
    says: 'a.yaml:7:25: NetworkPolicy shop/db: spec.podSelector: must be an object; got 1',
    known: { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' },
  },
  {
    why: 'Lists in Lists without end',
    text: `${'{"apiVersion":"v1","kind":"List","items":['.repeat(11)}${']}'.repeat(11)}`,
    says: 'List: items: a List needs its objects here, and no deeply nested Lists',
    known: {},
  },
  {
    why: 'a List of nothing that is a list',
    text: 'apiVersion: v1\nkind: List\nitems: 1\n',
    says: 'a.yaml:3:8: List: items: a List needs its objects here',
    known: {},
  },
])('reports $why', ({ text, says, known }) => {
  const { cluster, problems } = readYaml(text);
  expect(
    problems.map(
      ({ source, object, at, problem, got, fix }) =>
        `${source.file}:${source.line}:${source.column}: ${object === undefined ? '' : `${object}: `}${describePlace(at)}: ${problem}; got ${got}; ${fix}`,
    ),
  ).toContainEqual(expect.stringContaining(says));
  const {
    problem,
    source,
    mayBe: _,
    ...certain
  } = cluster.unreadable.at(-1) as (typeof cluster.unreadable)[number];
  expect(certain).toEqual(known);
  expect(cluster.policies).toEqual([]);
});

test('one broken document takes no other with it', () => {
  const { cluster, problems } = readYaml(`a: [\n---\n${DB}---\n"`);
  expect(problems.map(({ code, source }) => [code, source.line])).toEqual([
    ['syntax-invalid', 1],
    ['syntax-invalid', 9],
  ]);
  expect(cluster.policies.map(({ name, source }) => [name, source?.line])).toEqual([['db', 3]]);
});

test('everything wrong is reported at once, in the order of the text', () => {
  const { problems } = readYaml(
    policyYaml('podSelector: {matchLabels: {a: 1}}\npolicyTypes: [Both]\negress: [{ports: [{port: 0}]}]'),
  );
  expect(problems.map(({ at, source }) => [source.line, describePlace(at)])).toEqual([
    [5, 'spec.podSelector.matchLabels'],
    [6, 'spec.policyTypes[0]'],
    [7, 'spec.egress[0].ports[0].port'],
  ]);
});

test('a key that is no text is told at its own document, wherever that is in the file', () => {
  const { problems } = readYaml(`${DB}---\n? a: b\n: c\n---\n${DB.replace('name: db', 'name: other')}`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: 'key-not-text', source: { line: DB.split('\n').length + 1 } });
});

test.each([
  { version: undefined, isRead: false },
  { version: '1.36.0', isRead: false },
  { version: '1.40', isRead: false },
  { version: '1.35', isRead: true },
  { version: '1.33.4', isRead: true },
])('a CIDR with host bits is read for an API server of version $version: $isRead', ({ version, isRead }) => {
  const text = policyYaml('ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/8, except: [010.2.0.0/16]}}]}]');
  const options = version === undefined ? {} : { kubernetesVersion: version };
  const { cluster, problems } = readManifests([{ file: 'a.yaml', text }], options);
  expect(problems.map(({ code }) => code)).toEqual(isRead ? [] : ['cidr-host-bits', 'cidr-leading-zeros']);
  expect([cluster.policies.length, cluster.unreadable.length]).toEqual(isRead ? [1, 0] : [0, 1]);
});

test('an API server before 1.36 refuses the rest as well', () => {
  const text = policyYaml('ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/8, except: [11.0.0.0/16]}}]}]');
  const { problems } = readManifests([{ file: 'a.yaml', text }], { kubernetesVersion: '1.35' });
  expect(problems.map(({ code }) => code)).toEqual(['except-outside-cidr']);
});

test('a NUL byte has a code of its own', () => {
  expect(readYaml(`${DB}\n\0`).problems).toMatchObject([{ code: 'encoding-invalid', source: { line: 7 } }]);
});
