import type { FindingCode } from '../../lib/model/finding';
import { application, prometheus } from '../support/makers';
import { rollout, widget } from '../support/rollout';
import { deployment, policy } from '../support/shop';
import { findingsOf } from './judge';

/** Whether rules call in vain what pods may be meant by that no manifest tells of. */

const NAME = 'app.kubernetes.io/name';
const labelled = (matchLabels: Record<string, string>) => ({ podSelector: { matchLabels } });
const orders = labelled({ app: 'orders' });
const web = deployment('web', [80]);
const namespace = (name: string, labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});
const helmRelease = (targetNamespace?: string) => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'orders', namespace: 'flux-system' },
  spec: { targetNamespace },
});

const selects = (selector: object) => policy('p', { ...selector, policyTypes: ['Ingress'] } as never);
const means = (peer: object) =>
  policy('p', { ...labelled({ app: 'web' }), policyTypes: ['Ingress'], ingress: [{ from: [peer] }] });

const rules = (manifests: readonly object[], rule: FindingCode) => findingsOf(rule, { manifests }).length;

test.each([
  { why: 'nobody makes pods', there: [], found: 1 },
  { why: 'a Prometheus is in the namespace', there: [prometheus()], found: 0 },
  { why: 'a Prometheus is in another namespace', there: [prometheus('main', 'prod')], found: 1 },
  { why: 'a HelmRelease is for the namespace', there: [helmRelease('shop')], found: 0 },
  { why: 'a HelmRelease is for another namespace', there: [helmRelease('prod')], found: 1 },
  { why: 'a HelmRelease tells no namespace', there: [helmRelease()], found: 0 },
  { why: 'an Application is for the namespace', there: [application('orders', 'shop')], found: 0 },
  { why: 'an Application tells no namespace', there: [application('orders')], found: 0 },
  { why: 'a Rollout has the labels', there: [rollout('orders')], found: 0 },
  { why: 'a Rollout has other labels', there: [rollout('batch')], found: 1 },
  { why: 'another kind has other values of them', there: [widget('batch')], found: 1 },
])('what selects or means nobody is told $found times where $why', ({ there, found }) => {
  expect(rules([web, ...there, selects(orders)], 'selects-no-workload')).toBe(found);
  expect(rules([web, ...there, means(orders)], 'peer-matches-nothing')).toBe(found);
});

test('what labels of a kind nobody knows may be meant is not in vain', () => {
  const asking = selects(labelled({ tier: 'back' }));
  expect(rules([web, widget('batch'), asking], 'selects-no-workload')).toBe(0);
  expect(rules([web, rollout('batch'), asking], 'selects-no-workload')).toBe(1);
});

test.each([
  { why: 'labels that its pods have', selector: { [NAME]: 'prometheus' }, found: 0 },
  { why: 'labels that they may have', selector: { role: 'monitor' }, found: 0 },
  { why: 'other labels than they have', selector: { [NAME]: 'grafana' }, found: 1 },
  {
    why: 'some that they have, and one that is other',
    selector: { prometheus: 'k8s', [NAME]: 'prometheus' },
    found: 1,
  },
])('beside a Prometheus, $why are told $found times', ({ selector, found }) => {
  expect(rules([web, prometheus(), selects(labelled(selector))], 'selects-no-workload')).toBe(found);
  expect(rules([web, prometheus(), means(labelled(selector))], 'peer-matches-nothing')).toBe(found);
});

test('two peers that were meant as one are no slip where the second may mean somebody', () => {
  const peers = policy('p', {
    ...labelled({ app: 'web' }),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'mon' } } }, orders] }],
  });
  const there = [web, peers, namespace('shop'), namespace('mon', { team: 'mon' })];
  const elsewhere = { ...deployment('orders'), metadata: { name: 'orders', namespace: 'mon' } };
  expect(rules([...there, elsewhere], 'and-or-slip')).toBe(1);
  expect(rules([...there, elsewhere, prometheus()], 'and-or-slip')).toBe(0);
});

const ports = [{ port: 'metrics' }];
const shop = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };

test.each([
  { why: 'of who is reached', spec: { policyTypes: ['Ingress' as const], ingress: [{ ports }] } },
  {
    why: 'of whom a policy lets reach',
    spec: { policyTypes: ['Egress' as const], egress: [{ to: [labelled({ app: 'web' })], ports }] },
  },
  {
    why: 'of whom it lets reach in a namespace by its name',
    spec: {
      policyTypes: ['Egress' as const],
      egress: [{ to: [{ ...shop, ...labelled({ app: 'web' }) }], ports }],
    },
  },
])('a port name that nobody declares may be one of theirs: $why', ({ spec }) => {
  const named = policy('p', { ...labelled({ app: 'web' }), ...spec });
  expect(rules([web, named], 'undeclared-port-name')).toBe(1);
  expect(rules([web, named, prometheus()], 'undeclared-port-name')).toBe(0);
});

test('a word that a Prometheus puts on its pods is not misspelt', () => {
  const instance = { ...deployment('mains') };
  const labels = { 'app.kubernetes.io/instance': 'mains' };
  instance.spec = {
    ...instance.spec,
    template: { ...instance.spec.template, metadata: { labels: labels as never } },
  };
  const asking = selects(labelled({ 'app.kubernetes.io/instance': 'main' }));
  expect(rules([instance, asking], 'misspelt-word') + rules([instance, asking], 'selects-no-workload')).toBe(
    1,
  );
  expect(rules([instance, prometheus(), asking], 'misspelt-word')).toBe(0);
});

test('namespaces, too, may come with what puts pods anywhere', () => {
  const four = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop'].map((name) =>
    namespace(name),
  );
  const asking = means({ namespaceSelector: { matchLabels: { team: 'ops' } } });
  expect(rules([...four, web, asking], 'namespace-label-missing')).toBe(1);
  expect(rules([...four, web, asking, application('ops')], 'namespace-label-missing')).toBe(0);
  expect(rules([...four, web, asking, application('ops', 'shop')], 'namespace-label-missing')).toBe(1);
});

test('a Rollout that could not be read may have any labels', () => {
  const { template } = rollout('orders').spec;
  const broken = {
    ...rollout('orders'),
    spec: { template: { ...template, metadata: { labels: { app: 1 } } } },
  };
  expect(rules([web, broken, selects(orders)], 'selects-no-workload')).toBe(0);
});

test('pods in a namespace whose labels are others are not meant', () => {
  const four = ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => namespace(name));
  const etl = { ...deployment('etl'), metadata: { name: 'etl', namespace: 'data' } };
  const asking = means({ namespaceSelector: { matchLabels: { team: 'data' } }, ...orders });
  const there = [
    ...four,
    namespace('shop', { team: 'web' }),
    namespace('data', { team: 'data' }),
    web,
    etl,
    asking,
  ];
  expect(rules([...there, prometheus()], 'peer-matches-nothing')).toBe(1);
  expect(rules([...there, prometheus('main', 'data')], 'peer-matches-nothing')).toBe(0);
});

test('whether a namespace denies by default does not depend on them', () => {
  const told = (there: readonly object[]) => findingsOf('no-default-deny', { manifests: [web, ...there] });
  expect(told([prometheus()]).map(({ message }) => message)).toEqual(told([]).map(({ message }) => message));
  expect(told([])).not.toEqual([]);
});
