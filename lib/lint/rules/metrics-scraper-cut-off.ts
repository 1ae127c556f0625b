import { isSystemNamespace } from '../../aks/system-namespaces';
import { METRICS_SCRAPERS } from '../../aks/system-pods';
import { qualifiedName, type Workload } from '../../model/cluster';
import { PortSet } from '../../model/port-set';
import type { Reach } from '../../reachability/reach';
import { about, type LintContext } from '../context';
import { withMore } from '../fix';
import { flow } from '../flow';
import { fromMetricsScraper } from '../lifelines';
import { openForOne } from '../opening-fix';
import { portEntries } from '../pieces';
import type { Observation, Rule } from '../rule';
import { isAzuresLet, isOwnLet } from '../scrapers';
import { type Scraping, scrapings } from '../scraping';
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
    'HelmRelease may make them there. A port that neither the annotation nor a container tells; of monitors, endpoints that ' +
    'name no port, that choose pods or change the address by relabelings, or that go through a proxy.',
  bad: { manifests: example('{ podSelector: {} }') },
  good: {
    manifests: example(
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { rsName: ama-metrics } } }',
    ),
  },
  *check(context) {
    const wanted = scrapings(context);
    const asking = [...wanted.keys()].filter(({ namespace }) => !isSystemNamespace(namespace));
    for (const reach of context.survey.reachesOf('Ingress', context.survey.setOf(asking))) {
      for (const workload of reach.isolated === 'yes' && reach.isCertain ? reach.workloads : []) {
        for (const scraping of wanted.get(workload) ?? []) {
          const shut = scraping.ports
            .filter((ports) => !isLet(reach, ports, scraping, context))
            .reduce((all, ports) => all.or(ports), PortSet.NONE);
          if (!shut.isEmpty) {
            yield observe(workload, reach, shut, scraping, context);
          }
        }
      }
    }
  },
};

/** Whether somebody may be let in who reads what is asked for. */
function isLet(reach: Reach, ports: PortSet, { monitor }: Scraping, context: LintContext): boolean {
  return (
    (monitor?.group !== 'monitoring.coreos.com' && isAzuresLet(reach, ports, context)) ||
    (monitor?.group !== 'azmonitoring.coreos.com' && isOwnLet(reach, ports, context))
  );
}

function observe(
  workload: Workload,
  { policies }: Reach,
  ports: PortSet,
  { monitor }: Scraping,
  context: LintContext,
): Observation {
  const azures = `${METRICS_SCRAPERS.namespace}/${METRICS_SCRAPERS.name}`;
  const lets = whatPoliciesDo(policies, 'lets', 'let');
  const isAzures = monitor?.group === 'azmonitoring.coreos.com';
  const isOwn = monitor?.group === 'monitoring.coreos.com';
  const asks =
    monitor === undefined
      ? `it asks to be scraped on ${ports}`
      : `${monitor.kind} ${qualifiedName(monitor)} of ${monitor.group} has it scraped on ${ports}`;
  const shut = isAzures
    ? `${whatPoliciesDo(policies, 'does', 'do')} not let in ${azures}, which alone reads it`
    : isOwn
      ? `${lets} no pod in there that looks like a scraper which reads it`
      : `${lets} no pod of ${METRICS_SCRAPERS.namespace} in there, nor any other that looks like a scraper`;
  const by = policies.map(qualifiedName)[0];
  return {
    ...about(workload),
    message: `${asks}, and ${shut}`,
    witness: `${isOwn ? 'a Prometheus' : azures} → ${qualifiedName(workload)} on ${ports} is denied by ${by}`,
    fix: isOwn
      ? {
          yaml: `let the Prometheus in that reads it, on ports: ${flow(portEntries(ports))}`,
          code: `let the Prometheus in that reads it, on ports: ${portsCode(ports)}`,
        }
      : withMore(
          openForOne(context, { policies, workload }, fromMetricsScraper(ports)),
          isAzures ? '' : ', or let your own Prometheus in',
        ),
  };
}
