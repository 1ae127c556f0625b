import { app, findingsOf, labels, namespace, ofName, policy, service, testFindings, workload } from './judge';
import { block, deny, from, ingress, same, unreadable } from './rules/lifelines';

/** What `metrics-scraper-cut-off` says of ServiceMonitors and PodMonitors. */

type Group = 'monitoring.coreos.com' | 'azmonitoring.coreos.com';
const [OWN, AZURE] = ['monitoring.coreos.com', 'azmonitoring.coreos.com'] as const;

const METRICS = { name: 'metrics', containerPort: 9090 };
const web = workload('shop/web', {}, [{ name: 'http', containerPort: 8080 }, METRICS]);

const labelled = (path: string, spec: object, own: Readonly<Record<string, string>> = { app: 'web' }) => {
  const made = service(path, spec);
  return { ...made, metadata: { ...made.metadata, labels: own } };
};

const before = labelled('shop/web', {
  selector: { app: 'web' },
  ports: [
    { name: 'http', port: 80, targetPort: 'http' },
    { name: 'numbers', port: 81, targetPort: 'metrics' },
  ],
});

const monitor = (
  kind: 'ServiceMonitor' | 'PodMonitor',
  endpoints: readonly object[],
  group: Group = OWN,
  spec: object = {},
) => ({
  apiVersion: `${group}/v1`,
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: app('web'),
    [kind === 'ServiceMonitor' ? 'endpoints' : 'podMetricsEndpoints']: endpoints,
    ...spec,
  },
});

const byService = (group: Group = OWN, spec: object = {}) =>
  monitor('ServiceMonitor', [{ port: 'numbers' }], group, spec);
const byPods = (group: Group = OWN, spec: object = {}) =>
  monitor('PodMonitor', [{ port: 'metrics' }], group, spec);

const told = (object: string, by = 'p', ports = '9090/TCP') =>
  `warning Deployment shop/web: ${object} of monitoring.coreos.com has it scraped on ${ports}, and policy shop/${by} lets no pod in there that looks like a scraper which reads it (a Prometheus → shop/web on ${ports} is denied by shop/${by})`;

const toldAzure = (object: string, by = 'p') =>
  `warning Deployment shop/web: ${object} of azmonitoring.coreos.com has it scraped on 9090/TCP, and policy shop/${by} does not let in kube-system/ama-metrics, which alone reads it (kube-system/ama-metrics → shop/web on 9090/TCP is denied by shop/${by})`;

const ama = { namespaceSelector: ofName('kube-system'), podSelector: labels({ rsName: 'ama-metrics' }) };
const prometheus = {
  namespaceSelector: ofName('tools'),
  podSelector: labels({ 'app.kubernetes.io/name': 'prometheus' }),
};

const maker = (kind: string, apiVersion: string, path: string, spec: object = {}) => {
  const [place, name] = path.split('/');
  return { apiVersion, kind, metadata: { name, namespace: place }, spec };
};

testFindings('metrics-scraper-cut-off', [
  {
    why: 'a ServiceMonitor, whose port is the service’s by name and another number on the pods',
    manifests: [byService(), before, web, from(same)],
    finds: [told('ServiceMonitor shop/web')],
  },
  { why: 'a PodMonitor', manifests: [byPods(), web, deny], finds: [told('PodMonitor shop/web', 'deny')] },
  {
    why: 'each of the two, for Azure Monitor',
    manifests: [byService(AZURE), byPods(AZURE), before, web, from(same)],
    finds: [toldAzure('PodMonitor shop/web'), toldAzure('ServiceMonitor shop/web')],
  },
  {
    why: 'of two ports the one that is shut',
    manifests: [
      monitor('ServiceMonitor', [{ port: 'http' }, { port: 'numbers' }]),
      before,
      web,
      ingress({ from: [prometheus], ports: [{ port: 8080 }] }),
    ],
    finds: [told('ServiceMonitor shop/web')],
  },
  {
    why: 'two ports that are shut, once',
    manifests: [monitor('PodMonitor', [{ port: 'http' }, { portNumber: 9090 }]), web, deny],
    finds: [told('PodMonitor shop/web', 'deny', '8080/TCP, 9090/TCP')],
  },
  {
    why: 'the containers’ port of a service’s pods, by number',
    manifests: [monitor('ServiceMonitor', [{ targetPort: 9090 }]), before, web, deny],
    finds: [told('ServiceMonitor shop/web', 'deny')],
  },
  {
    why: 'a service of another namespace, which the monitor names',
    manifests: [
      {
        ...byService(OWN, { namespaceSelector: { matchNames: ['shop'] } }),
        metadata: { name: 'web', namespace: 'tools' },
      },
      before,
      web,
      deny,
    ],
    finds: [told('ServiceMonitor tools/web', 'deny')],
  },
  {
    why: 'pods of every namespace',
    manifests: [
      { ...byPods(OWN, { namespaceSelector: { any: true } }), metadata: { name: 'web', namespace: 'tools' } },
      web,
      deny,
    ],
    finds: [told('PodMonitor tools/web', 'deny')],
  },
  {
    why: 'Azure Monitor’s agent alone, which does not read the monitors of others',
    manifests: [byPods(), web, from(ama)],
    finds: [told('PodMonitor shop/web')],
  },
  {
    why: 'the agent in the manifests',
    manifests: [byPods(), web, from(ama), workload('kube-system/ama-metrics', { rsName: 'ama-metrics' })],
    finds: [told('PodMonitor shop/web')],
  },
  {
    why: 'a Prometheus, which does not read the monitors of Azure Monitor',
    manifests: [byPods(AZURE), web, from(prometheus)],
    finds: [toldAzure('PodMonitor shop/web')],
  },
  {
    why: 'addresses on cilium, which are never those of Azure Monitor’s pods',
    profile: { engine: 'cilium' },
    manifests: [byPods(AZURE), web, from(block('10.0.0.0/8'))],
    finds: [toldAzure('PodMonitor shop/web')],
  },
  {
    why: 'addresses, which may be those of Azure Monitor’s pods',
    manifests: [byPods(AZURE), web, from(block('10.0.0.0/8'))],
  },
  {
    why: 'addresses, which may be those of a Prometheus elsewhere',
    manifests: [byPods(), web, from(block('10.0.0.0/8'))],
  },
  { why: 'Azure Monitor’s agent', manifests: [byService(AZURE), byPods(AZURE), before, web, from(ama)] },
  {
    why: 'all of kube-system',
    manifests: [byService(AZURE), byPods(), before, web, from({ namespaceSelector: ofName('kube-system') })],
  },
  { why: 'a Prometheus', manifests: [byService(), byPods(), before, web, from(prometheus)] },
  {
    why: 'a Prometheus on the port of the tunnel, on which it comes in the ambient mesh of Istio',
    manifests: [byPods(), web, ingress({ from: [prometheus], ports: [{ port: 15008 }] })],
  },
  {
    why: 'Azure Monitor’s agent on that port: kube-system is in no mesh',
    manifests: [byPods(AZURE), web, ingress({ from: [ama], ports: [{ port: 15008 }] })],
    finds: [toldAzure('PodMonitor shop/web')],
  },
  {
    why: 'every namespace but the own one, whose pods monitor nothing by their names',
    manifests: [
      byPods(),
      web,
      from({
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['shop'] }],
        },
      }),
    ],
  },
  {
    why: 'another namespace',
    manifests: [byService(), before, web, from({ namespaceSelector: ofName('tools') })],
  },
  {
    why: 'the pods that a Prometheus of the own namespace makes',
    manifests: [byPods(), web, from(same), maker('Prometheus', 'monitoring.coreos.com/v1', 'shop/main')],
  },
  {
    why: 'pods of the own namespace, where a release may bring a Prometheus',
    manifests: [byPods(), web, from(same), maker('HelmRelease', 'helm.toolkit.fluxcd.io/v2', 'shop/tools')],
  },
  {
    why: 'a Kafka of the own namespace, which reads nothing',
    manifests: [byPods(), web, from(same), maker('Kafka', 'kafka.strimzi.io/v1beta2', 'shop/events')],
    finds: [told('PodMonitor shop/web')],
  },
  {
    why: 'a Prometheus of another namespace, which the own one does not let in',
    manifests: [byPods(), web, from(same), maker('Prometheus', 'monitoring.coreos.com/v1', 'tools/main')],
    finds: [told('PodMonitor shop/web')],
  },
  {
    why: 'a service with other labels',
    manifests: [
      byService(),
      labelled(
        'shop/web',
        { selector: { app: 'web' }, ports: [{ name: 'numbers', port: 9090 }] },
        { app: 'db' },
      ),
      web,
      deny,
    ],
  },
  {
    why: 'a service of another namespace',
    manifests: [{ ...byService(), metadata: { name: 'web', namespace: 'tools' } }, before, web, deny],
  },
  {
    why: 'a port that the service does not have',
    manifests: [monitor('ServiceMonitor', [{ port: 'metrics' }]), before, web, deny],
  },
  {
    why: 'a port that no container declares',
    manifests: [monitor('PodMonitor', [{ port: 'numbers' }, { portNumber: 9091 }]), web, deny],
  },
  {
    why: 'a port of UDP of a service',
    manifests: [
      byService(),
      labelled('shop/web', {
        selector: { app: 'web' },
        ports: [{ name: 'numbers', port: 9090, protocol: 'UDP' }],
      }),
      web,
      deny,
    ],
  },
  {
    why: 'a port of UDP',
    manifests: [byPods(), workload('shop/web', {}, [{ ...METRICS, protocol: 'UDP' }]), deny],
  },
  {
    why: 'pods that may carry a label which the monitor rules out',
    manifests: [
      byPods(OWN, {
        selector: {
          matchLabels: { app: 'web' },
          matchExpressions: [{ key: 'canary', operator: 'DoesNotExist' }],
        },
      }),
      { ...web, apiVersion: 'example.com/v1', kind: 'Web' },
      deny,
    ],
  },
  { why: 'other pods', manifests: [byPods(), workload('shop/db', {}, [METRICS]), deny] },
  {
    why: 'a namespace of AKS',
    manifests: [
      { ...byPods(), metadata: { name: 'web', namespace: 'kube-system' } },
      workload('kube-system/web', {}, [METRICS]),
      policy('kube-system/deny', {}),
    ],
  },
  {
    why: 'nothing isolates ingress',
    manifests: [byPods(), byService(AZURE), before, web, namespace('shop')],
  },
  { why: 'a policy that could not be read may let one in', manifests: [byPods(), web, deny, unreadable] },
  { why: 'no engine shuts anything', profile: { engine: 'none' }, manifests: [byPods(AZURE), web, deny] },
]);

test.each([
  { why: 'the one Prometheus that is known', places: ['tools'], fix: 'add to spec.ingress of shop/p:' },
  {
    why: 'one of several by nobody',
    places: ['tools', 'lab'],
    fix: 'let the Prometheus in that reads it, on ports: [{ port: 9090 }]',
  },
])('$why is let in', ({ places, fix }) => {
  const made = places.map((place) => maker('Prometheus', 'monitoring.coreos.com/v1', `${place}/main`));
  const [finding] = findingsOf('metrics-scraper-cut-off', {
    manifests: [byPods(), web, from(same), ...made],
  });
  expect(finding?.fix.slice(0, fix.length)).toBe(fix);
});
