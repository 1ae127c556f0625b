import { APPLICATION_GATEWAYS } from '../../aks/application-gateways';
import { aksDocs } from '../../aks/fact-source';
import { APPLICATION_ROUTING, ISTIO_INGRESS_GATEWAYS } from '../../aks/system-pods';
import { qualifiedName } from '../../model/cluster';
import { defined } from '../../model/defined';
import { howShut, mayReach } from '../controller';
import { lettingIn } from '../controller-fix';
import { entrances } from '../ingress-controllers';
import type { LintRule } from '../lint-rule';

const example = (namespace: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: webapprouting.kubernetes.azure.com
  defaultBackend: { service: { name: web, port: { number: 80 } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${namespace} } } }] }]
`;

export const ingressControllerCutOff: LintRule = {
  id: 'ingress-controller-cut-off',
  severity: 'error',
  summary: 'an ingress sends to pods that its controller cannot reach',
  why:
    "The controller's pods open the connections, from their own namespace. A policy that lets the own namespace in, " +
    'as the default of managed namespaces does, shuts them out, and users get errors. Application Gateway, with its ' +
    'ingress controller or for Containers, is no pod at all: it comes from its own subnet, and an IP block alone lets it in.',
  fix: {
    yaml: 'add an ingress rule from the pods of the controller, or from the subnet of an Application Gateway, with the ports of the pods',
    code:
      'add the rule AksTraffic.on(profile).fromApplicationRouting({ ports }), fromGateway(...) or fromIstioIngress(...), ' +
      'with the ports of the pods; for Application Gateway IngressRule.allow({ from: [Peer.ipBlock(subnet)], ports })',
  },
  sources: [
    APPLICATION_ROUTING.source,
    aksDocs('app-routing-nginx-to-gateway-api-migration.md'),
    { from: 'istio.io, latest/docs/reference/config/labels', read: '2026-11-23' },
    ISTIO_INGRESS_GATEWAYS.external.source,
    { from: 'istio/api, networking/v1/virtual_service.proto and v1alpha3/gateway.proto', read: '2026-11-28' },
    { from: 'kubernetes-sigs/gateway-api, apis/v1/gateway_types.go and shared_types.go', read: '2026-11-30' },
    ...APPLICATION_GATEWAYS.flatMap(({ sources }) => sources),
  ],
  misses:
    'Ingress classes whose controller no manifest tells, such as a class of your own for Application Gateway; which ' +
    'addresses its subnet has, so that any IP block may be meant for it; gateways of other classes, or that a service ' +
    'serves which their addresses name; pods that let the controller in on 15008/TCP, as in Istio’s ambient mesh; routes that no ' +
    'listener of these manifests surely takes, those of ListenerSets among them, and what they mirror; gateways of Istio other than the ' +
    'two of the add-on, or selected by more than their label istio; of a VirtualService, what it delegates or mirrors, ' +
    'a subset of a service with several workloads, a port left out where the service has several, and hosts that are ' +
    'neither a name without dots nor end in svc.cluster.local; a controller whose own egress is shut.',
  bad: { manifests: example('shop') },
  good: { manifests: example('app-routing-system') },
  *check(context) {
    for (const { object, source, controller, backends } of entrances(context)) {
      const told = new Set<string>();
      for (const backend of backends) {
        for (const { workload, ports } of context.targets.behind(
          backend.namespace,
          backend.service,
          backend.port,
        )) {
          const reach = context.facts
            .reachesOf('Ingress', context.facts.setOf([workload]))
            .find((each) => !mayReach(controller, each, ports, context));
          const key = `${qualifiedName(workload)} ${ports}`;
          if (reach === undefined || told.has(key)) {
            continue;
          }
          told.add(key);
          yield {
            object,
            ...defined({ source }),
            message: `${controller.name} cannot reach ${qualifiedName(workload)} on ${ports}: ${howShut(controller, reach)}`,
            witness: `${controller.name} → ${qualifiedName(workload)} on ${ports} is denied`,
            fix: lettingIn(controller, { policies: reach.policies, workload }, ports, context),
          };
        }
      }
    }
  },
};
