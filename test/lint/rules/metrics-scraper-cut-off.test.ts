import { app, labels, ofName, policy, testFindings, workload } from '../judge';
import { block, completed, deny, egress, from, HTTP, ingress, same, unreadable, web } from './lifelines';

const scraped = (annotations: object, ports: object[] = [HTTP], path = 'shop/web', more: object = {}) => {
  const [, name = ''] = path.split('/');
  const made = workload(path);
  const spec = { containers: [{ name: 'main', ports }], ...more };
  return { ...made, spec: { template: { metadata: { labels: { app: name }, annotations }, spec } } };
};

const SCRAPE = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' };

const scrapedWeb = scraped(SCRAPE);

const ama = { namespaceSelector: ofName('kube-system'), podSelector: labels({ rsName: 'ama-metrics' }) };

testFindings('metrics-scraper-cut-off', [
  {
    why: 'the own namespace alone',
    manifests: [scrapedWeb, from(same)],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 9090/TCP, and policy shop/p lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 9090/TCP is denied by shop/p)',
    ],
  },
  {
    why: 'a deny alone',
    manifests: [scrapedWeb, deny],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 9090/TCP, and policy shop/deny lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 9090/TCP is denied by shop/deny)',
    ],
  },
  {
    why: 'the scraper on another port',
    manifests: [scrapedWeb, ingress({ from: [ama], ports: [{ port: 8080 }] })],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 9090/TCP, and policy shop/p lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 9090/TCP is denied by shop/p)',
    ],
  },
  {
    why: 'without a port, those that containers declare',
    manifests: [
      scraped({ 'prometheus.io/scrape': 'true' }, [HTTP, { containerPort: 53, protocol: 'UDP' }]),
      deny,
    ],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 8080/TCP, and policy shop/deny lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 8080/TCP is denied by shop/deny)',
    ],
  },
  {
    why: 'an ingress controller is none',
    manifests: [
      scrapedWeb,
      from(
        same,
        { namespaceSelector: ofName('ingress-nginx') },
        { namespaceSelector: ofName('app-routing-system') },
      ),
    ],
    finds: [
      'warning Deployment shop/web: it asks to be scraped on 9090/TCP, and policy shop/p lets no pod of kube-system in there, nor any other that looks like a scraper (kube-system/ama-metrics → shop/web on 9090/TCP is denied by shop/p)',
    ],
  },
  {
    why: 'other pods of kube-system, which may be a scraper of your own',
    manifests: [
      scrapedWeb,
      from({ namespaceSelector: ofName('kube-system'), podSelector: labels({ rsName: 'other' }) }),
    ],
  },
  { why: 'the scraper of Azure Monitor', manifests: [scrapedWeb, from(ama)] },
  { why: 'all of kube-system', manifests: [scrapedWeb, from({ namespaceSelector: ofName('kube-system') })] },
  {
    why: 'pods of a monitoring namespace',
    manifests: [scrapedWeb, from({ namespaceSelector: ofName('monitoring') })],
  },
  {
    why: 'namespaces by any label',
    manifests: [scrapedWeb, from({ namespaceSelector: labels({ team: 'ops' }) })],
  },
  {
    why: 'pods that are called so, in the own namespace',
    manifests: [scrapedWeb, from({ podSelector: app('prometheus') })],
  },
  {
    why: 'a Prometheus in the own namespace',
    manifests: [scrapedWeb, workload('shop/prometheus'), from(same)],
  },
  { why: 'addresses', manifests: [scrapedWeb, from(block('10.0.0.0/8'))] },
  { why: 'everybody on that port', manifests: [scrapedWeb, ingress({ ports: [{ port: 9090 }] })] },
  { why: 'nothing isolates ingress', manifests: [scrapedWeb, egress({})] },
  { why: 'the annotation says no', manifests: [scraped({ 'prometheus.io/scrape': 'false' }), deny] },
  { why: 'no annotation', manifests: [web, deny] },
  { why: 'no port is known', manifests: [scraped({ 'prometheus.io/scrape': 'true' }, []), deny] },
  {
    why: 'a port that is none',
    manifests: [scraped({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': 'http' }, []), deny],
  },
  {
    why: 'pods on their node’s network',
    manifests: [scraped(SCRAPE, [], 'shop/web', { hostNetwork: true }), deny],
  },
  {
    why: 'completed pods',
    manifests: [{ ...completed, metadata: { ...completed.metadata, annotations: SCRAPE } }, deny],
  },
  { why: 'a policy that could not be read may let one in', manifests: [scrapedWeb, deny, unreadable] },
  {
    why: 'a namespace of AKS',
    manifests: [scraped(SCRAPE, [], 'kube-system/web'), policy('kube-system/deny', {})],
  },
  { why: 'no engine shuts anything', profile: { engine: 'none' }, manifests: [scrapedWeb, deny] },
]);
