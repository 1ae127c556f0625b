import type { GatewayDestination, IstioGateway, VirtualService } from '../model/callers';
import { defined } from '../model/defined';
import type { FieldReader } from './field-reader';
import type { Identity } from './pod-template';

/** The gateway that stands for all sidecars, and for no pods of its own. */
const MESH = 'mesh';

/** The domain of a service's full name; a cluster with a domain of its own is not known by its manifests. */
const SERVICE_DOMAIN = 'svc.cluster.local';

type Sender = GatewayDestination['gateways'][number];

export function readIstioGateway(fields: FieldReader, { namespace, name, source }: Identity): IstioGateway {
  return { namespace, name, selector: fields.object('spec').labels('selector'), source };
}

/** @see istio/api, networking/v1/virtual_service.proto, read 2026-11-28 */
export function readVirtualService(
  fields: FieldReader,
  { namespace, name, source }: Identity,
): VirtualService {
  const spec = fields.object('spec');
  const own = sendersOf(spec, namespace);
  const exportTo = spec.texts('exportTo').map((each) => (each === '.' ? namespace : each));
  return {
    namespace,
    name,
    ...(exportTo.length === 0 || exportTo.includes('*') ? {} : { exportTo }),
    destinations: ['http', 'tls', 'tcp']
      .flatMap((protocol) => spec.list(protocol))
      .flatMap((rule) => {
        const gateways = followersOf(rule, own, namespace);
        return gateways.length === 0
          ? []
          : destinationsOf(rule, namespace).map((destination) => ({ ...destination, gateways }));
      }),
    source,
  };
}

/** The gateways that a list names; none where it is left out, which means the mesh. */
function sendersOf(fields: FieldReader, namespace: string): Sender[] {
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

/** The gateways that follow a rule: a match may name some of them, or the mesh, or clients inside it. */
function followersOf(rule: FieldReader, own: readonly Sender[], namespace: string): readonly Sender[] {
  const matches = rule.list('match');
  return matches.length === 0
    ? own
    : own.filter((gateway) =>
        matches.some((match) =>
          match.texts('gateways').length > 0
            ? sendersOf(match, namespace).some((each) => isSame(each, gateway))
            : !match.has('sourceLabels') && !match.has('sourceNamespace'),
        ),
      );
}

const isSame = (a: Sender, b: Sender) => a.namespace === b.namespace && a.name === b.name;

function destinationsOf(rule: FieldReader, ownNamespace: string): Omit<GatewayDestination, 'gateways'>[] {
  const routes = rule.list('route');
  return (
    routes
      // Of several, one without a weight gets nothing.
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

/** The service that a host means. Istio completes a name without dots, and takes every other as it is. */
function serviceOf(host: string | undefined, ownNamespace: string): Sender | undefined {
  const [name = '', namespace = ownNamespace, ...domain] = host?.split('.') ?? [];
  const isFull = domain.join('.') === SERVICE_DOMAIN;
  return name === '' || (host !== name && !isFull) ? undefined : { namespace, name };
}
