import { APPLICATION_GATEWAYS } from '../aks/application-gateways';
import { GATEWAY_NAME_LABEL } from '../aks/system-pods';
import type { Gateway } from '../model/callers';
import { qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';
import type { LintContext } from './context';
import { type Entrance, outsideController, type RequestCarrier } from './controller';
import { isServed } from './gateway-listeners';

/** Classes whose gateways are pods beside the Gateway, marked with its name. */
const GATEWAY_CLASSES: readonly string[] = ['approuting-istio', 'istio'];

/** The routes of the Gateway API whose gateway is known, once for each gateway that serves them. */
export function* routeEntrances(context: LintContext): Generator<Entrance> {
  const { gateways = [], routes = [] } = context.cluster;
  const byName = new Map(gateways.map((gateway) => [qualifiedName(gateway), gateway]));
  for (const route of routes) {
    const { kind, namespace, name, backends, source } = route;
    const serving = route.gateways.flatMap((parent) => {
      const gateway = byName.get(qualifiedName(parent));
      return gateway !== undefined && isServed(route, parent, gateway, context) ? gateway : [];
    });
    for (const gateway of new Set(serving)) {
      const controller = controllerOf(gateway);
      if (controller !== undefined) {
        yield {
          object: { kind, namespace, name },
          ...defined({ source }),
          controller,
          backends: backends
            .filter(({ isIdle }) => isIdle !== true)
            .map(({ namespace: of, name: service, port }) => ({ namespace: of, service, port })),
        };
      }
    }
  }
}

function controllerOf({
  namespace,
  name,
  className = '',
  isServedElsewhere,
}: Gateway): RequestCarrier | undefined {
  const outside = APPLICATION_GATEWAYS.find(({ gatewayClasses }) => gatewayClasses.includes(className));
  if (outside !== undefined) {
    return outsideController(outside);
  }
  return GATEWAY_CLASSES.includes(className) && isServedElsewhere === undefined
    ? {
        is: 'pods',
        name: `gateway ${namespace}/${name}`,
        preset: (ports) =>
          `AksTraffic.on(profile).fromGateway({ gateway: '${name}', namespace: '${namespace}', ports: ${ports} })`,
        pods: { namespace, labels: { [GATEWAY_NAME_LABEL]: name } },
      }
    : undefined;
}
