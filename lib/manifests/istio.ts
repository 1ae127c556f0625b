import type { GatewayDestination, IstioGateway, VirtualService } from '../model/callers';
import { defined } from '../model/defined';
import type { FieldReader } from './field-reader';
import type { Identity } from './pod-template';

/** The name that means all sidecars instead of a Gateway. */
const MESH = 'mesh';

/** The default domain of services; manifests do not show another one. */
const SERVICE_DOMAIN = 'svc.cluster.local';

type ObjectName = GatewayDestination['gateways'][number];

export function readIstioGateway(fields: FieldReader, { namespace, name, source }: Identity): IstioGateway {
  return { namespace, name, selector: fields.object('spec').labels('selector'), source };
}

/** @see istio/api, networking/v1/virtual_service.proto, read 2026-11-28 */
export function readVirtualService(
  fields: FieldReader,
  { namespace, name, source }: Identity,
): VirtualService {
  const spec = fields.object('spec');
  const own = gatewaysOf(spec, namespace);
  const exportTo = spec.texts('exportTo').map((each) => (each === '.' ? namespace : each));
  return {
    namespace,
    name,
    ...(exportTo.length === 0 || exportTo.includes('*') ? {} : { exportTo }),
    destinations: ['http', 'tls', 'tcp']
      .flatMap((protocol) => spec.list(protocol))
      .flatMap((rule) => {
        const gateways = gatewaysFor(rule, own, namespace);
        return gateways.length === 0
          ? []
          : destinationsOf(rule, namespace).map((destination) => ({ ...destination, gateways }));
      }),
    source,
  };
}

/** The gateways of a list; empty if it is missing, which means the mesh. */
function gatewaysOf(fields: FieldReader, namespace: string): ObjectName[] {
  return fields
    .texts('gateways')
    .filter((each) => each !== MESH)
    .map((each) => {
      const slash = each.indexOf('/');
      const place = each.slice(0, Math.max(slash, 0));
      return {
        namespace: place === '' || place === '.' ? namespace : place,
        name: each.slice(slash + 1),
      };
    });
}

/** The gateways that a rule applies to: a match may name some of them, or the mesh, or clients inside it. */
function gatewaysFor(
  rule: FieldReader,
  own: readonly ObjectName[],
  namespace: string,
): readonly ObjectName[] {
  const matches = rule.list('match');
  return matches.length === 0
    ? own
    : own.filter((gateway) =>
        matches.some((match) =>
          match.texts('gateways').length > 0
            ? gatewaysOf(match, namespace).some((each) => isSame(each, gateway))
            : !match.has('sourceLabels') && !match.has('sourceNamespace'),
        ),
      );
}

const isSame = (a: ObjectName, b: ObjectName) => a.namespace === b.namespace && a.name === b.name;

function destinationsOf(rule: FieldReader, ownNamespace: string): Omit<GatewayDestination, 'gateways'>[] {
  const routes = rule.list('route');
  return (
    routes
      // With several routes, one without a weight gets no traffic.
      .filter((route) => routes.length === 1 || route.number('weight', 1, 2 ** 31 - 1) !== undefined)
      .flatMap((route) => {
        const destination = route.object('destination');
        const service = serviceOf(destination.text('host'), ownNamespace);
        const port = destination.object('port').number('number', 1, 65535);
        return service === undefined
          ? []
          : {
              ...service,
              ...defined({ port }),
              ...(destination.has('subset') ? { isSubset: true as const } : {}),
            };
      })
  );
}

/** The service of a host. Istio completes a name without dots, and treats any other as a full name. */
function serviceOf(host: string | undefined, ownNamespace: string): ObjectName | undefined {
  const [name = '', namespace = ownNamespace, ...domain] = host?.split('.') ?? [];
  const isFull = domain.join('.') === SERVICE_DOMAIN;
  return name === '' || (host !== name && !isFull) ? undefined : { namespace, name };
}
