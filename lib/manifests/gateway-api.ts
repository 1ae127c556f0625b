import type { Gateway, Listener, Route, RouteBackend, RouteKind, RouteParent } from '../model/callers';
import { defined, filled } from '../model/defined';
import type { FieldReader } from './field-reader';
import type { Identity } from './pod-template';
import { readServiceReference } from './read-callers';

/**
 * @see kubernetes-sigs/gateway-api, apis/v1/gateway_types.go; istio/istio, pilot/pkg/config/kube/gateway/conversion.go:
 *   IsManaged (read 2026-11-30)
 */
export function readGateway(fields: FieldReader, { namespace, name, source }: Identity): Gateway {
  const spec = fields.object('spec');
  const className = spec.text('gatewayClassName');
  return {
    namespace,
    name,
    ...defined({ className }),
    ...(hasOwnPods(spec.list('addresses')) ? {} : { isServedElsewhere: true }),
    listeners: spec.list('listeners').flatMap(readListener),
    source,
  };
}

/** Whether pods are created for a gateway: with a host as address, or several addresses, others serve it. */
function hasOwnPods([address, ...others]: readonly FieldReader[]): boolean {
  return others.length === 0 && (address?.text('type') ?? 'IPAddress') === 'IPAddress';
}

function readListener(fields: FieldReader): Listener[] {
  const name = fields.text('name');
  const port = fields.number('port', 1, 65535);
  const protocol = fields.text('protocol');
  const allowed = fields.object('allowedRoutes');
  const kinds = allowed.list('kinds').flatMap((each) => each.text('kind') ?? []);
  return name === undefined || port === undefined || protocol === undefined
    ? []
    : [
        {
          name,
          port,
          protocol,
          ...defined({ host: fields.text('hostname') }),
          ...filled({ kinds }),
          takesFrom: readTakesFrom(allowed.object('namespaces')),
        },
      ];
}

/** A value that is not understood allows no routes. */
function readTakesFrom(fields: FieldReader): Listener['takesFrom'] {
  const from = fields.text('from') ?? 'Same';
  if (from === 'Selector') {
    return fields.selector('selector') ?? 'None';
  }
  return from === 'Same' || from === 'All' ? from : 'None';
}

/** @see kubernetes-sigs/gateway-api, apis/v1/shared_types.go and the files of the four kinds (read 2026-11-30) */
export function readRoute(fields: FieldReader, { kind, namespace, name, source }: Identity): Route {
  const spec = fields.object('spec');
  const hosts = spec.texts('hostnames');
  const isOf = (reference: FieldReader, meant: string) => (reference.text('kind') ?? meant) === meant;
  return {
    kind: kind as RouteKind,
    namespace,
    name,
    gateways: spec
      .list('parentRefs')
      .filter((parent) => isOf(parent, 'Gateway'))
      .flatMap((parent) => readParent(parent, namespace)),
    ...filled({ hosts }),
    backends: spec
      .list('rules')
      .flatMap((rule) => rule.list('backendRefs'))
      .filter((backend) => isOf(backend, 'Service'))
      .flatMap((backend) => readBackend(backend, namespace)),
    source,
  };
}

function readBackend(fields: FieldReader, ownNamespace: string): RouteBackend[] {
  const service = readServiceReference(fields, undefined, ownNamespace);
  const isIdle = fields.number('weight', 0, 0) === 0;
  return service === undefined ? [] : [{ ...service, ...(isIdle ? { isIdle } : {}) }];
}

function readParent(fields: FieldReader, ownNamespace: string): RouteParent[] {
  const name = fields.text('name');
  const namespace = fields.text('namespace') ?? ownNamespace;
  return name === undefined
    ? []
    : [
        {
          namespace,
          name,
          ...defined({ listener: fields.text('sectionName'), port: fields.number('port', 1, 65535) }),
        },
      ];
}
