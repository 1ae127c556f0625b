import { isSystemNamespace } from '../../aks/system-namespaces';
import { METRICS_SCRAPERS } from '../../aks/system-pods';
import { qualifiedName } from '../../model/cluster';
import { PortSet } from '../../model/port-set';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { readersOf } from '../metrics-readers';
import { type Scraping, scrapings } from '../scraping';

const example = (rule: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata:
      labels: { app: web }
      annotations: { prometheus.io/scrape: 'true', prometheus.io/port: '9090' }
    spec: { containers: [{ name: web }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [${rule}] }] }
`;

export const metricsScraperCutOff: LintRule = {
  id: 'metrics-scraper-cut-off',
  severity: 'warning',
  summary: 'metrics of pods are to be read, and no scraper is let in',
  why:
    'The annotation prometheus.io/scrape, a ServiceMonitor or a PodMonitor asks for metrics on a port, and no policy lets ' +
    'in there who reads them. Monitors of azmonitoring.coreos.com are read by the Prometheus agent of Azure Monitor alone, ' +
    'which runs in kube-system; those of monitoring.coreos.com are not read by it. The label of its replicas, ' +
    'rsName: ama-metrics, is read in its own chart, and no page of AKS promises it.',
  fix: {
    yaml: 'add an ingress rule from the pods of kube-system with rsName: ama-metrics, or let your own Prometheus in',
    code: 'add the rule AksTraffic.on(profile).fromMetricsScraper({ ports }), or let your own Prometheus in',
  },
  sources: [
    METRICS_SCRAPERS.source,
    {
      from: 'MicrosoftDocs/azure-docs, articles/azure-monitor/containers/prometheus-metrics-scrape-crd.md',
      read: '2026-11-30',
    },
    { from: 'prometheus-operator/prometheus-operator, pkg/apis/monitoring/v1', read: '2026-11-30' },
  ],
  misses:
    'Annotations of Services. Peers that may be a scraper of your own: addresses, pods of other namespaces, ' +
    'pods whose labels or names speak of metrics, and pods of the own namespace where an object such as a Prometheus or a ' +
    'HelmRelease may make them there; the same on 15008/TCP, as in Istio’s ambient mesh. A port that ' +
    'neither the annotation nor a container tells; of monitors, endpoints that name no port, that choose pods or change the address by relabelings, or that go through a proxy.',
  bad: { manifests: example('{ podSelector: {} }') },
  good: {
    manifests: example(
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { rsName: ama-metrics } } }',
    ),
  },
  *check(context) {
    const wanted = scrapings(context);
    const asking = [...wanted.keys()].filter(({ namespace }) => !isSystemNamespace(namespace));
    for (const reach of context.facts.reachesOf('Ingress', context.facts.setOf(asking))) {
      for (const workload of reach.isolated === 'yes' && reach.isCertain ? reach.workloads : []) {
        for (const scraping of wanted.get(workload) ?? []) {
          const readers = readersOf(scraping);
          const shut = PortSet.union(scraping.ports.filter((ports) => !readers.isLet(reach, ports, context)));
          if (!shut.isEmpty) {
            const { policies } = reach;
            yield {
              ...about(workload),
              message: `${whatIsAsked(scraping)} on ${shut}, and ${readers.shutBy(policies)}`,
              witness: `${readers.name} → ${qualifiedName(workload)} on ${shut} is denied by ${policies.map(qualifiedName)[0]}`,
              fix: readers.fix(context, { policies, workload }, shut),
            };
          }
        }
      }
    }
  },
};

function whatIsAsked({ monitor }: Scraping): string {
  return monitor === undefined
    ? 'it asks to be scraped'
    : `${monitor.kind} ${qualifiedName(monitor)} of ${monitor.group} has it scraped`;
}
