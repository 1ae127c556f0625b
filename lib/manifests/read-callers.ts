import type { ApiServerCall, BackendService } from '../model/callers';
import type { FieldReader } from './field-reader';
import type { Identity } from './pod-template';

/** The webhooks of a configuration, except those outside the cluster. */
export function readWebhooks(
  fields: FieldReader,
  { kind, name: configuration, source }: Identity,
): ApiServerCall[] {
  return fields.list('webhooks').flatMap((webhook) => {
    const name = webhook.text('name');
    const service = readServiceReference(webhook.object('clientConfig').object('service'), HTTPS);
    return name === undefined || service === undefined
      ? []
      : [{ kind: kind as ApiServerCall['kind'], name: configuration, webhook: name, service, source }];
  });
}

/** The service that converts the objects of a CustomResourceDefinition, or that serves an API. */
export function readApiServerCall(fields: FieldReader, { kind, name, source }: Identity): ApiServerCall[] {
  const spec = fields.object('spec');
  const client =
    kind === 'APIService' ? spec : spec.object('conversion').object('webhook').object('clientConfig');
  const service = readServiceReference(client.object('service'), HTTPS);
  return service === undefined ? [] : [{ kind: kind as ApiServerCall['kind'], name, service, source }];
}

/** Whether a CustomResourceDefinition has a conversion webhook; most have none. */
export function isConverted({
  spec,
}: {
  readonly spec?: { readonly conversion?: { readonly strategy?: unknown } | null } | null;
}): boolean {
  return spec?.conversion?.strategy === 'Webhook';
}

/** Whether a service serves an API; most are served by the API server itself. */
export function hasService({ spec }: { readonly spec?: { readonly service?: unknown } | null }): boolean {
  return spec?.service != null;
}

/** The port that the API server calls by default. */
const HTTPS = 443;

/** @param ownNamespace the namespace of a service without one; left out: such a service is ignored */
export function readServiceReference(
  fields: FieldReader,
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
