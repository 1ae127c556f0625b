import { aksDocs } from '../../aks/fact-source';
import { KONNECTIVITY_AGENTS } from '../../aks/system-pods';
import { qualifiedName } from '../../model/cluster';
import { mayBeLetIn, purposeOf, whoIsLetIn } from '../api-server';
import { about } from '../context';
import { fromWebhookCallers } from '../lifelines';
import type { LintRule } from '../lint-rule';
import { openForOne } from '../opening-fix';

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

export const webhookCutOff: LintRule = {
  id: 'webhook-cut-off',
  severity: 'warning',
  summary: 'the API server cannot reach the pods behind a webhook or an aggregated API',
  why:
    'It asks webhooks before it accepts or converts objects, and hands requests for the APIs of others on, on AKS ' +
    'through the konnectivity agents in kube-system or, with VNet integration, from its own subnet. Neither is let in: ' +
    'objects are refused, or pass unchecked, and the API does not answer.',
  fix: {
    yaml: 'add an ingress rule from the konnectivity agents of kube-system, with the ports of the pods',
    code: 'add the rule AksTraffic.on(profile).fromWebhookCallers({ ports })',
  },
  sources: [
    KONNECTIVITY_AGENTS.source,
    aksDocs('configure-kubenet.md'),
    aksDocs('api-server-vnet-integration.md'),
    { from: 'Azure/AKS#4119', read: '2026-11-22' },
    { from: 'Azure/AKS#1563 (an aggregated API behind a policy)', read: '2026-11-22' },
    {
      from: 'Kubernetes API reference, CustomResourceConversion',
      read: '2026-11-30',
    },
  ],
  misses:
    'A port that is open to some addresses: they may be those of the API server, or of nodes, which kubenet uses. On ' +
    'cilium, where IP blocks match neither pods nor nodes, only blocks of one subnet are taken for the API server. ' +
    'Webhooks by URL, and services whose pods are not in these manifests.',
  bad: { manifests: example('{ podSelector: {} }') },
  good: {
    manifests: example(
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { app: konnectivity-agent } } }',
    ),
  },
  *check(context) {
    const told = new Set<string>();
    for (const call of context.cluster.apiServerCalls ?? []) {
      const { kind, name, service } = call;
      for (const { workload, ports } of context.targets.behind(
        service.namespace,
        service.name,
        service.port,
      )) {
        const reach = context.facts
          .reachesOf('Ingress', context.facts.setOf([workload]))
          .find((each) => !mayBeLetIn(each, ports, context));
        const key = `${qualifiedName(workload)} ${kind} ${name} ${ports}`;
        if (reach === undefined || told.has(key)) {
          continue;
        }
        told.add(key);
        yield {
          ...about(workload),
          message: `${kind} ${name} has the API server call it on ${ports} (${purposeOf(call)}), and ${whoIsLetIn(reach, ports, context)}`,
          witness: `kube-system/konnectivity-agent → ${qualifiedName(workload)} on ${ports} is denied`,
          fix: openForOne(
            context,
            { policies: reach.policies, workload },
            fromWebhookCallers(ports, context.profile),
          ),
        };
      }
    }
  },
};
