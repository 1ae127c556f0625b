import type { Monitor } from '../model/callers';
import { appendAll } from '../model/collections';
import { defined } from '../model/defined';
import type { InstalledKind } from '../model/object-kinds';
import { FieldReader } from './field-reader';
import { readGateway, readRoute } from './gateway-api';
import { readIstioGateway, readVirtualService } from './istio';
import type { FoundObjects, ManifestKind } from './manifest-kind';
import { readMonitor } from './monitors';
import type { Identity } from './pod-template';
import { hasService, isConverted, readApiServerCall, readWebhooks } from './read-callers';

/** A kind whose objects say who calls pods. */
type CallerKind = InstalledKind &
  Pick<ManifestKind, 'isNamespaced' | 'read'> & {
    /** Whether an object names a caller; others of the kind are passed over. @default all do */
    readonly namesCaller?: (value: object) => boolean;
  };

const GATEWAY_API = 'gateway.networking.k8s.io';
const ISTIO = 'networking.istio.io';

/**
 * The kinds that say who calls pods. Only lint rules use them, no verdict depends on them. So objects of other versions
 * are passed over, and a field that is not understood counts as missing.
 */
export const CALLER_KINDS: readonly CallerKind[] = [
  apiServerCalls('ValidatingWebhookConfiguration', 'admissionregistration.k8s.io', readWebhooks),
  apiServerCalls('MutatingWebhookConfiguration', 'admissionregistration.k8s.io', readWebhooks),
  apiServerCalls('CustomResourceDefinition', 'apiextensions.k8s.io', readApiServerCall, isConverted),
  apiServerCalls('APIService', 'apiregistration.k8s.io', readApiServerCall, hasService),
  {
    kind: 'Gateway',
    apiVersions: versions(GATEWAY_API, 'v1', 'v1beta1'),
    plural: 'gateways',
    isNamespaced: true,
    read: callers(readGateway, (found) => found.gateways),
  },
  route('HTTPRoute', 'v1', 'v1beta1'),
  route('GRPCRoute', 'v1', 'v1alpha2'),
  route('TLSRoute', 'v1', 'v1alpha3', 'v1alpha2'),
  route('TCPRoute', 'v1', 'v1alpha2'),
  {
    kind: 'Gateway',
    apiVersions: versions(ISTIO, 'v1', 'v1beta1', 'v1alpha3'),
    plural: 'gateways',
    isNamespaced: true,
    read: callers(readIstioGateway, (found) => found.istioGateways),
  },
  {
    kind: 'VirtualService',
    apiVersions: versions(ISTIO, 'v1', 'v1beta1', 'v1alpha3'),
    plural: 'virtualservices',
    isNamespaced: true,
    read: callers(readVirtualService, (found) => found.virtualServices),
  },
  monitor('ServiceMonitor', 'monitoring.coreos.com'),
  monitor('PodMonitor', 'monitoring.coreos.com'),
  monitor('ServiceMonitor', 'azmonitoring.coreos.com'),
  monitor('PodMonitor', 'azmonitoring.coreos.com'),
];

const BY_NAME: ReadonlyMap<string, ManifestKind & Pick<CallerKind, 'namesCaller'>> = new Map(
  CALLER_KINDS.flatMap(({ kind, apiVersions, ...how }) =>
    apiVersions.map((apiVersion) => [`${apiVersion} ${kind}`, { apiVersion, ...how }] as const),
  ),
);

/**
 * How to read an object that names a caller; `undefined` for any other.
 *
 * @param value the object; left out if only its kind is known
 */
export function callerKind(kind: string, apiVersion: unknown, value?: object): ManifestKind | undefined {
  const known = typeof apiVersion === 'string' ? BY_NAME.get(`${apiVersion} ${kind}`) : undefined;
  return known?.namesCaller === undefined || (value !== undefined && known.namesCaller(value))
    ? known
    : undefined;
}

function apiServerCalls(
  kind: string,
  group: string,
  read: Parameters<typeof callers<FoundObjects['apiServerCalls'][number]>>[0],
  namesCaller?: CallerKind['namesCaller'],
): CallerKind {
  return {
    kind,
    apiVersions: versions(group, 'v1'),
    plural: `${kind.toLowerCase()}s`,
    isNamespaced: false,
    read: callers(read, (found) => found.apiServerCalls),
    ...defined({ namesCaller }),
  };
}

/** All versions of a route have the same fields. */
function route(kind: string, ...served: readonly string[]): CallerKind {
  return {
    kind,
    apiVersions: versions(GATEWAY_API, ...served),
    plural: `${kind.toLowerCase()}s`,
    isNamespaced: true,
    read: callers(readRoute, (found) => found.routes),
  };
}

function monitor(kind: Monitor['kind'], group: Monitor['group']): CallerKind {
  return {
    kind,
    apiVersions: versions(group, 'v1'),
    plural: `${kind.toLowerCase()}s`,
    isNamespaced: true,
    read: callers(
      (fields, identity) => readMonitor(fields, identity, kind, group),
      (found) => found.monitors,
    ),
  };
}

function versions(group: string, ...served: readonly string[]): readonly string[] {
  return served.map((version) => `${group}/${version}`);
}

/** @param read returns one or several callers of an object */
function callers<T>(
  read: (fields: FieldReader, identity: Identity) => T | readonly T[],
  place: (found: FoundObjects) => T[],
): ManifestKind['read'] {
  return (value, identity) => {
    const objects = [read(FieldReader.of(value, []), identity)].flat() as T[];
    return (found) => appendAll(place(found), objects);
  };
}
