import type { BackendService, Gateway, Route, Webhook } from '../model/cluster';
import { defined } from '../model/defined';
import type { Fields } from './fields';
import type { Identity } from './pod-template';

/** The webhooks that a configuration registers; those outside the cluster are left out. */
export function readWebhooks(fields: Fields, { kind, name: configuration, source }: Identity): Webhook[] {
  return fields.list('webhooks').flatMap((webhook) => {
    const name = webhook.text('name');
    const service = readService(webhook.object('clientConfig').object('service'), HTTPS);
    return name === undefined || service === undefined
      ? []
      : [{ kind: kind as Webhook['kind'], configuration, name, service, source }];
  });
}

/** The port of a webhook's service when none is written. */
const HTTPS = 443;

export function readGateway(fields: Fields, { namespace, name, source }: Identity): Gateway {
  const className = fields.object('spec').text('gatewayClassName');
  return { namespace, name, ...defined({ className }), source };
}

export function readRoute(fields: Fields, { namespace, name, source }: Identity): Route {
  const spec = fields.object('spec');
  const isOf = (reference: Fields, kind: string) => (reference.text('kind') ?? kind) === kind;
  return {
    namespace,
    name,
    gateways: spec
      .list('parentRefs')
      .filter((parent) => isOf(parent, 'Gateway'))
      .flatMap((parent) => {
        const gateway = parent.text('name');
        return gateway === undefined
          ? []
          : { namespace: parent.text('namespace') ?? namespace, name: gateway };
      }),
    backends: spec
      .list('rules')
      .flatMap((rule) => rule.list('backendRefs'))
      .filter((backend) => isOf(backend, 'Service'))
      .flatMap((backend) => readService(backend, undefined, namespace) ?? []),
    source,
  };
}

function readService(
  fields: Fields,
  defaultPort?: number,
  ownNamespace?: string,
): BackendService | undefined {
  const namespace = fields.text('namespace') ?? ownNamespace;
  const name = fields.text('name');
  const port = fields.number('port', 1, 65535) ?? defaultPort;
  return namespace === undefined || name === undefined || port === undefined
    ? undefined
    : { namespace, name, port };
}
