import { APPLICATION_GATEWAYS } from '../aks/application-gateways';
import { GATEWAY_NAME_LABEL } from '../aks/system-pods';
import type { Gateway, Listener, Route, RouteKind, RouteParent } from '../model/callers';
import { qualifiedName } from '../model/cluster';
import { meetsAllInNamespace, requirementsOf } from '../model/selector-match';
import { about, type LintContext } from './context';
import type { Entrance, RequestCarrier } from './controller';

/** Classes whose gateways are pods beside the Gateway, marked with its name. */
const GATEWAY_CLASSES: readonly string[] = ['approuting-istio', 'istio'];

/** The routes of the Gateway API whose gateway is known, once for each gateway that serves them. */
export function* routeEntrances(context: LintContext): Generator<Entrance> {
  const { gateways = [], routes = [] } = context.cluster;
  const byName = new Map(gateways.map((gateway) => [qualifiedName(gateway), gateway]));
  for (const route of routes) {
    const serving = route.gateways.flatMap((parent) => {
      const gateway = byName.get(qualifiedName(parent));
      return gateway !== undefined && isServed(route, parent, gateway, context) ? gateway : [];
    });
    for (const gateway of new Set(serving)) {
      const controller = controllerOf(gateway);
      if (controller !== undefined) {
        const backends = route.backends.filter(({ isIdle }) => isIdle !== true);
        yield { ...about(route), controller, backends };
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
    return { is: 'outside', name: outside.name };
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

/** The kinds of routes that listeners of a protocol carry. */
const CARRIED: Readonly<Record<string, readonly RouteKind[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
};

/** Whether some listener of a gateway surely takes a route: through any other gateway no request comes. */
function isServed(route: Route, parent: RouteParent, gateway: Gateway, context: LintContext): boolean {
  return gateway.listeners.some(
    (listener) =>
      (parent.listener ?? listener.name) === listener.name &&
      (parent.port ?? listener.port) === listener.port &&
      (listener.kinds ?? CARRIED[listener.protocol] ?? []).includes(route.kind) &&
      takesNamespace(listener, gateway.namespace, route.namespace, context) &&
      (route.hosts ?? ['']).some((host) => haveCommon(listener.host ?? '', host)),
  );
}

function takesNamespace(
  { takesFrom }: Listener,
  own: string,
  namespace: string,
  context: LintContext,
): boolean {
  if (typeof takesFrom === 'string') {
    return takesFrom === 'All' || (takesFrom === 'Same' && namespace === own);
  }
  const known = context.namespace(namespace);
  return known !== undefined && meetsAllInNamespace(requirementsOf(takesFrom), known) === 'yes';
}

/** Whether a host means something of another; an empty one means every host, `*.example.com` those under a domain. */
function haveCommon(a: string, b: string): boolean {
  return a === '' || b === '' || a === b || isUnder(a, b) || isUnder(b, a);
}

function isUnder(host: string, wildcard: string): boolean {
  return wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1));
}
