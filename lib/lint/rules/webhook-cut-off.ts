import { aksDocs } from '../../aks/source';
import { KONNECTIVITY_AGENTS } from '../../aks/system-pods';
import type { ApiServerCall } from '../../model/callers';
import { qualifiedName } from '../../model/cluster';
import { IpSet } from '../../model/ip-set';
import type { PortSet } from '../../model/port-set';
import { INTERNET_IPV4, INTERNET_IPV6 } from '../../reachability/internet';
import type { Reach } from '../../reachability/reach';
import { about, type LintContext } from '../context';
import { nodeRange, podRange } from '../ip-blocks';
import { fromWebhookCallers } from '../lifelines';
import { namedAddresses } from '../named-addresses';
import { openForOne } from '../opening-fix';
import type { Rule } from '../rule';
import { whatPoliciesDo } from '../words';

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
        const reach = context.survey
          .reachesOf('Ingress', context.survey.setOf([workload]))
          .find((each) => !mayCall(each, ports, context));
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

/** Whether something may let the API server in. */
function mayCall(reach: Reach, ports: PortSet, context: LintContext): boolean {
  const addresses = namedAddresses(reach, context, (block) => apiServersIn(block, context));
  return reach.openWithPods(KONNECTIVITY_AGENTS).overlaps(ports) || reach.openTo(addresses).overlaps(ports);
}

/**
 * As whom the API server may come that an IP block lets in. On cilium it lets in neither the agents nor nodes, and there
 * who opens the whole internet has not named the subnet of an API server.
 */
function apiServersIn(block: IpSet, context: LintContext): IpSet {
  if (context.profile.engine !== 'cilium') {
    return block;
  }
  return block.covers(INTERNET_IPV4) || block.covers(INTERNET_IPV6)
    ? IpSet.NONE
    : block.without(podRange(context)).without(nodeRange(context));
}

/** What the API server calls for. */
function purposeOf({ kind, webhook }: ApiServerCall): string {
  return webhook === undefined
    ? kind === 'APIService'
      ? 'an aggregated API'
      : 'a conversion webhook'
    : `webhook ${webhook}`;
}

function whoIsLetIn(reach: Reach, ports: PortSet, context: LintContext): string {
  return reach.openTo(namedAddresses(reach, context)).overlaps(ports)
    ? `${whatPoliciesDo(reach.policies, 'lets', 'let')} addresses alone in there: on cilium these are neither the konnectivity agents of kube-system nor nodes, and only an API server with VNet integration calls from another address`
    : `${whatPoliciesDo(reach.policies, 'lets', 'let')} neither the konnectivity agents of kube-system nor any address in there`;
}
