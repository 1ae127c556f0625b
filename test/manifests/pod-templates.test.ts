import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import { placesOfProblems } from './read';

/** What a pod template tells beside labels and ports: whom its pods ask, and who asks them. */

test.each([
  {
    why: 'a token that is neither asked for nor refused',
    text: podYaml('spec: {automountServiceAccountToken: "false"}'),
    says: '4:38 spec.automountServiceAccountToken',
  },
  {
    why: 'a way to resolve names that is no text',
    text: podYaml('spec: {dnsPolicy: 7}'),
    says: '4:19 spec.dnsPolicy',
  },
  {
    why: 'an account that is no text',
    text: podYaml('spec: {serviceAccountName: true}'),
    says: '4:28 spec.serviceAccountName',
  },
])('reports $why', ({ text, says }) => {
  expect(placesOfProblems(text)).toEqual([says]);
});

test.each([
  { why: 'nothing said', pod: {}, read: {} },
  {
    why: 'a token that is refused',
    pod: { spec: { automountServiceAccountToken: false } },
    read: { mountsToken: false },
  },
  { why: 'a token that is asked for', pod: { spec: { automountServiceAccountToken: true } }, read: {} },
  { why: 'the usual way to resolve names', pod: { spec: { dnsPolicy: 'ClusterFirst' } }, read: {} },
  {
    why: 'another way to resolve names',
    pod: { spec: { dnsPolicy: 'Default' } },
    read: { dnsPolicy: 'Default' },
  },
  { why: 'a scraper that is asked for', pod: scrape('true'), read: { scrape: {} } },
  { why: 'with a port', pod: scrape('true', '9090'), read: { scrape: { port: 9090 } } },
  { why: 'a port that is no number', pod: scrape('true', 'http'), read: { scrape: {} } },
  { why: 'a port out of range', pod: scrape('true', '70000'), read: { scrape: {} } },
  { why: 'a port that is no whole number', pod: scrape('true', '80.5'), read: { scrape: {} } },
  { why: 'an empty port', pod: scrape('true', ''), read: { scrape: {} } },
  { why: 'a scraper that is refused', pod: scrape('false'), read: {} },
  { why: 'an annotation that is no text: no traffic depends on it', pod: scrape(true, 9090), read: {} },
  { why: 'annotations that are no object', pod: { metadata: { annotations: 'all' } }, read: {} },
  { why: 'annotations that are null', pod: { metadata: { annotations: null } }, read: {} },
])('of a pod template is read: $why', ({ pod, read }) => {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template: pod },
  };
  const { cluster, problems } = readManifests([object]);
  expect(problems).toEqual([]);
  const [{ mountsToken, dnsPolicy, scrape: asks } = {}] = cluster.workloads;
  expect(JSON.parse(JSON.stringify({ mountsToken, dnsPolicy, scrape: asks }))).toEqual(read);
  expect(() => lint(cluster, { today: '2026-11-22' })).not.toThrow();
});

function podYaml(rest: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n${rest}\n`;
}

function scrape(asked: unknown, port?: unknown): object {
  const annotations = {
    'prometheus.io/scrape': asked,
    ...(port === undefined ? {} : { 'prometheus.io/port': port }),
  };
  return { metadata: { annotations } };
}
