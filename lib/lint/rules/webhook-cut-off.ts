import { aksDocs } from '../../aks/source';
import { KONNECTIVITY_AGENTS } from '../../aks/system-pods';
import { qualifiedName } from '../../model/cluster';
import type { Target } from '../../model/service-targets';
import type { Reach } from '../../reachability/reach';
import { about, type LintContext } from '../context';
import { namedAddresses } from '../named-addresses';
import type { Rule } from '../rule';
import { portsCode, whatPoliciesDo } from '../words';

const example = (peers: string) => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: checks }
webhooks: [{ name: checks.example.com, clientConfig: { service: { namespace: shop, name: checks } } }]
---
apiVersion: v1
kind: Service
metadata: { name: checks, namespace: shop }
spec: { selector: { app: checks }, ports: [{ port: 443, targetPort: 8443 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: checks, namespace: shop }
spec: { template: { metadata: { labels: { app: checks } }, spec: { containers: [{ name: checks }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: checks, namespace: shop }
spec:
  podSelector: { matchLabels: { app: checks } }
  policyTypes: [Ingress]
  ingress: [{ from: [${peers}], ports: [{ port: 8443 }] }]
`;

export const webhookCutOff: Rule = {
  id: 'webhook-cut-off',
  severity: 'warning',
  summary: 'the API server cannot reach the pods behind a webhook',
  why:
    'It asks them before it accepts objects, on AKS through the konnectivity agents in kube-system or, with VNet ' +
    'integration, from its own subnet. Neither is let in: the objects are refused, or pass unchecked.',
  fix: 'add the ingress rule AksTraffic.on(profile).fromWebhookCallers({ ports })',
  sources: [
    KONNECTIVITY_AGENTS.source,
    aksDocs('configure-kubenet.md'),
    aksDocs('api-server-vnet-integration.md'),
    { from: 'Azure/AKS#4119', read: '2026-11-22' },
  ],
  misses:
    'A port that is open to some addresses: they may be those of the API server, or of nodes, which kubenet uses. ' +
    'Webhooks by URL, and services whose pods are not in these manifests.',
  bad: { manifests: example('{ podSelector: {} }') },
  good: {
    manifests: example(
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { app: konnectivity-agent } } }',
    ),
  },
  *check(context) {
    const told = new Set<string>();
    for (const { kind, configuration, name, service } of context.cluster.webhooks ?? []) {
      for (const target of context.targets.behind(service.namespace, service.name, service.port)) {
        const reach = shutRow(target, context);
        const { workload, ports } = target;
        const key = `${qualifiedName(workload)} ${configuration} ${ports}`;
        if (reach === undefined || told.has(key)) {
          continue;
        }
        told.add(key);
        yield {
          ...about(workload),
          message: `${kind} ${configuration} has the API server call it on ${ports} (webhook ${name}), and ${whatPoliciesDo(reach.policies, 'lets', 'let')} neither the konnectivity agents of kube-system nor any address in there`,
          witness: `kube-system/konnectivity-agent → ${qualifiedName(workload)} on ${ports} is denied`,
          fix: `add the ingress rule AksTraffic.on(profile).fromWebhookCallers({ ports: ${portsCode(ports)} })`,
        };
      }
    }
  },
};

/** The row of the pods, where nothing may let the API server in. */
function shutRow({ workload, ports }: Target, context: LintContext): Reach | undefined {
  return context.survey
    .reachesOf('Ingress', context.survey.setOf([workload]))
    .find(
      (reach) =>
        !reach.openWithPods(KONNECTIVITY_AGENTS).overlaps(ports) &&
        !reach.openTo(namedAddresses(reach, context)).overlaps(ports),
    );
}
