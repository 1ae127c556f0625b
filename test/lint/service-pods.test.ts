import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import { entryPointsOf } from '../../lib/model/entry-points';
import { ServiceTargets } from '../../lib/model/service-targets';
import { Reachability } from '../../lib/reachability/reachability';

/** What stands behind a service: an ExternalName has nobody, and a name of two containers is the first one's. */

const objects = (type: string) => [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'zk', namespace: 'shop' },
    spec: { template: { metadata: { labels: { app: 'zk' } }, spec: { containers: [{ name: 'z' }] } } },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'front', namespace: 'shop' },
    spec: {
      type,
      externalName: 'zk.example.com',
      selector: { app: 'zk' },
      ports: [{ port: 80, targetPort: 2181 }],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'front', namespace: 'shop' },
    spec: {
      ingressClassName: 'webapprouting.kubernetes.azure.com',
      defaultBackend: { service: { name: 'front', port: { number: 80 } } },
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'zk' },
    webhooks: [
      { name: 'zk.example.com', clientConfig: { service: { name: 'front', namespace: 'shop', port: 80 } } },
    ],
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'zk', namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { app: 'zk' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }],
    },
  },
];

const ABOUT_SERVICES = [
  'unreachable-workload',
  'service-port-not-target-port',
  'webhook-cut-off',
  'ingress-controller-cut-off',
];

test.each([
  { type: 'ClusterIP', rules: ABOUT_SERVICES, behind: ['shop/zk'] },
  { type: 'ExternalName', rules: [], behind: [] },
])('through a service of type $type: $rules', ({ type, rules, behind }) => {
  const { cluster, problems } = readManifests(objects(type));
  expect(problems).toEqual([]);
  const { findings } = lint(cluster, { profile: { engine: 'azure' } });
  expect(
    [...new Set(findings.map(({ rule }) => rule))].filter((rule) => ABOUT_SERVICES.includes(rule)).sort(),
  ).toEqual([...rules].sort());
  const entries = [...entryPointsOf(cluster, new ServiceTargets(cluster, cluster.workloads))];
  expect(entries.flatMap(({ leadsTo }) => leadsTo.map(({ workload }) => `shop/${workload.name}`))).toEqual(
    behind,
  );
});

test('who asks for it is told what it is', () => {
  const judged = Reachability.of(readManifests(objects('ExternalName')).cluster);
  expect(() => judged.verdict({ from: 'shop/zk', to: 'shop/front' })).toThrow(
    'names a service that only stands for a host outside',
  );
  const other = Reachability.of(readManifests(objects('ClusterIP')).cluster);
  expect(() => other.verdict({ from: 'shop/zk', to: 'shop/front' })).toThrow(
    'policies judge the pods behind it: shop/zk',
  );
});

test.each([
  { port: 81, found: [] },
  { port: 80, found: ['unreachable-workload'] },
])('a target port that two containers name, of which a rule opens $port: $found', ({ port, found }) => {
  const { cluster } = readManifests([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'busy', namespace: 'shop' },
      spec: {
        template: {
          metadata: { labels: { app: 'busy' } },
          spec: {
            containers: [81, 80].map((containerPort) => ({
              name: `c${containerPort}`,
              ports: [{ containerPort, name: 'http' }],
            })),
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'busy', namespace: 'shop' },
      spec: { selector: { app: 'busy' }, ports: [{ port: 443, targetPort: 'http' }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'busy', namespace: 'shop' },
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port }] }],
      },
    },
  ]);
  const rules = lint(cluster, {}).findings.map(({ rule }) => rule);
  expect(rules.filter((rule) => ABOUT_SERVICES.includes(rule))).toEqual(found);
});
