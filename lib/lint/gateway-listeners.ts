import type { Gateway, Listener, Route, RouteKind, RouteParent } from '../model/callers';
import { meetsAllInNamespace, requirementsOf } from '../model/selector-match';
import type { LintContext } from './context';

/** The kinds of routes that listeners of a protocol carry. */
const CARRIED: Readonly<Record<string, readonly RouteKind[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
};

/** Whether some listener of a gateway surely takes a route: through any other gateway no request comes. */
export function isServed(route: Route, parent: RouteParent, gateway: Gateway, context: LintContext): boolean {
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
