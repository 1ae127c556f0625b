import type { FactSource } from './fact-source';

/**
 * An Azure proxy outside the cluster that connects to the addresses of pods, from a subnet that no manifest names. It is
 * neither a pod nor a node: no selector matches it, and on every engine an IP block can allow it.
 */
export interface ApplicationGateway {
  readonly name: string;
  /** The classes of Ingresses that it serves, unless its controller is configured with another. */
  readonly ingressClasses: readonly string[];
  readonly gatewayClasses: readonly string[];
  readonly sources: readonly FactSource[];
}

const READ = '2026-11-30';

/**
 * The Ingress class of the first is written in an annotation or, with a dash, in the field. A class `azure-alb-internal`
 * for private frontends of the second is not documented by Microsoft.
 */
export const APPLICATION_GATEWAYS: readonly ApplicationGateway[] = [
  {
    name: 'Application Gateway',
    ingressClasses: ['azure/application-gateway', 'azure-application-gateway'],
    gatewayClasses: [],
    sources: [
      {
        from: 'MicrosoftDocs/azure-docs, articles/application-gateway/ingress-controller-overview.md',
        read: READ,
      },
      {
        from: 'Azure/application-gateway-kubernetes-ingress, docs/features/custom-ingress-class.md',
        read: READ,
      },
    ],
  },
  {
    name: 'Application Gateway for Containers',
    ingressClasses: ['azure-alb-external'],
    gatewayClasses: ['azure-alb-external'],
    sources: [
      {
        from: 'MicrosoftDocs/azure-docs, articles/application-gateway/for-containers/container-networking.md and how-to-ssl-offloading-ingress-api.md',
        read: READ,
      },
    ],
  },
];
