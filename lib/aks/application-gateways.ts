import type { Source } from './fact-source';

/**
 * A proxy of Azure's outside the cluster that opens connections to the addresses of pods themselves, from its own
 * subnet: no selector means it, and an IP block lets it in on every engine, for it is neither a pod nor a node. Which
 * subnet that is no manifest tells.
 */
export interface ApplicationGateway {
  readonly name: string;
  /** The classes of Ingresses that it serves unless somebody gives its controller another. */
  readonly ingressClasses: readonly string[];
  /** The classes of Gateways that it serves. */
  readonly gatewayClasses: readonly string[];
  readonly sources: readonly Source[];
}

const READ = '2026-11-30';

/**
 * The class of Ingresses for the first stands in an annotation or, with a dash, in the field. Of a class for private
 * frontends of the second, `azure-alb-internal`, no text of Microsoft's was found.
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
