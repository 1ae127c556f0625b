import { ISTIO_INGRESS_GATEWAYS, type SystemPods } from '../aks/system-pods';
import type { GatewayDestination } from '../model/callers';
import { qualifiedName } from '../model/cluster';
import type { Labels } from '../model/labels';
import { carries } from './completeness';
import { about, type LintContext } from './context';
import type { Entrance } from './controller';

/** The VirtualServices that the ingress gateways of the Istio add-on follow, once for each of the two. */
export function* istioEntrances(context: LintContext): Generator<Entrance> {
  const { istioGateways = [], virtualServices = [] } = context.cluster;
  for (const [gateway, pods] of Object.entries(ISTIO_INGRESS_GATEWAYS)) {
    const served = new Set(istioGateways.filter(({ selector }) => means(selector, pods)).map(qualifiedName));
    for (const service of virtualServices) {
      const { exportTo, destinations } = service;
      const backends = destinations.filter(
        (each) => each.gateways.some((sender) => served.has(qualifiedName(sender))) && isSure(each, context),
      );
      if (backends.length > 0 && (exportTo === undefined || exportTo.includes(pods.namespace))) {
        yield {
          ...about({ kind: 'VirtualService', ...service }),
          controller: {
            is: 'pods',
            name: `Istio's ${gateway} gateway in ${pods.namespace}`,
            preset: (ports) =>
              `AksTraffic.on(profile).fromIstioIngress({ gateway: '${gateway}', ports: ${ports} })`,
            pods,
          },
          backends,
        };
      }
    }
  }
}

/** Whether a selector surely means pods: of the labels that they carry, only some are known. */
function means(selector: Labels, pods: SystemPods): boolean {
  return Object.keys(selector).length > 0 && carries(pods, { matchLabels: selector });
}

/** Whether it is known to which workload a destination sends: which of several a subset means, no manifest read here tells. */
function isSure({ namespace, name, port, isSubset }: GatewayDestination, context: LintContext): boolean {
  return (
    isSubset === undefined ||
    new Set(context.targets.behind(namespace, name, port).map(({ workload }) => workload)).size === 1
  );
}
