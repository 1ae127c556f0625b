import { isSystemNamespace } from '../../aks/system-namespaces';
import { METRICS_SCRAPERS } from '../../aks/system-pods';
import { qualifiedName, type Workload } from '../../model/cluster';
import { PortSet } from '../../model/port-set';
import { about } from '../context';
import type { Rule } from '../rule';
import { isScraperLet } from '../scrapers';
import { portsCode, whatPoliciesDo } from '../words';

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

export const metricsScraperCutOff: Rule = {
  id: 'metrics-scraper-cut-off',
  severity: 'warning',
  summary: 'pods ask to be scraped, and no scraper is let in',
  why:
    'The annotation prometheus.io/scrape asks Prometheus to read metrics, and no policy lets pods of another ' +
    'namespace in on that port. The Prometheus agent of Azure Monitor runs in kube-system; the label of its replicas, ' +
    'rsName: ama-metrics, is read in its own chart, and no page of AKS promises it.',
  fix: 'add the ingress rule AksTraffic.on(profile).fromMetricsScraper({ ports }), or let your own Prometheus in',
  sources: [METRICS_SCRAPERS.source],
  misses:
    'PodMonitors and ServiceMonitors, and annotations of Services. Peers that may be a scraper of your own: addresses, pods of other namespaces, ' +
    'pods whose labels or names speak of metrics. A port that neither the annotation nor a container tells.',
  bad: { manifests: example('{ podSelector: {} }') },
  good: {
    manifests: example(
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { rsName: ama-metrics } } }',
    ),
  },
  *check(context) {
    const asking = context.cluster.workloads.filter((workload) => !scraped(workload).isEmpty);
    for (const reach of context.survey.reachesOf('Ingress', context.survey.setOf(asking))) {
      for (const workload of reach.isolated === 'yes' && reach.isCertain ? reach.workloads : []) {
        const ports = scraped(workload);
        const [policy] = reach.policies;
        if (
          ports.isEmpty ||
          policy === undefined ||
          isScraperLet(reach, ports, context) ||
          isSystemNamespace(workload.namespace)
        ) {
          continue;
        }
        yield {
          ...about(workload),
          message: `it asks to be scraped on ${ports}, and ${whatPoliciesDo(reach.policies, 'lets', 'let')} no pod of kube-system in there, nor any other that looks like a scraper`,
          witness: `${METRICS_SCRAPERS.namespace}/ama-metrics → ${qualifiedName(workload)} on ${ports} is denied by ${qualifiedName(policy)}`,
          fix: `add the ingress rule AksTraffic.on(profile).fromMetricsScraper({ ports: ${portsCode(ports)} }), or let your own Prometheus in`,
        };
      }
    }
  },
};

/** The ports that Prometheus would ask. */
function scraped({ scrape, ports }: Workload): PortSet {
  return scrape === undefined
    ? PortSet.NONE
    : scrape.port === undefined
      ? ports
          .filter(({ protocol }) => protocol === 'TCP')
          .reduce((all, { port }) => all.or(PortSet.range('TCP', port)), PortSet.NONE)
      : PortSet.range('TCP', scrape.port);
}
