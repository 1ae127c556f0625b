import type { RouteKind, VirtualService } from './callers';
import { type Cluster, qualifiedName, type Workload } from './cluster';
import { compare } from './collections';
import { defined } from './defined';
import type { PortSet } from './port-set';
import { isOutward } from './service-pods';
import { ServiceTargets, type Target } from './service-targets';
import type { SourcePosition } from './source-position';

/** An object through which traffic from outside the cluster reaches pods. */
export interface EntryPoint {
  readonly kind: 'Service' | 'Ingress' | RouteKind | 'VirtualService';
  readonly namespace: string;
  readonly name: string;
  /** Of a Service: `LoadBalancer` or `NodePort`. */
  readonly type?: string;
  /** Of a route: the gateways that it names, `edge/main`, whether or not they exist. */
  readonly gateways?: readonly string[];
  readonly source?: SourcePosition;
  /** Each workload once; empty if no workload is known behind the services. */
  readonly leadsTo: readonly Destination[];
}

/** A workload that an entry point leads to, and the ports of its pods. */
export interface Destination {
  readonly workload: Workload;
  readonly ports: PortSet;
}

/**
 * The entry points of a cluster, sorted by kind, namespace and name: Services of type LoadBalancer and NodePort,
 * Ingresses, routes of the Gateway API, and VirtualServices of gateways. Policies may still deny their traffic.
 *
 * @param targets where services send to. @default all workloads of the cluster
 */
export function entryPointsOf(
  cluster: Cluster,
  targets = new ServiceTargets(cluster, cluster.workloads),
): readonly EntryPoint[] {
  const { services, ingresses, routes = [], virtualServices = [] } = cluster;
  const found: EntryPoint[] = [
    ...services.filter(isOutward).map((service) => ({
      ...identityOf('Service', service),
      ...defined({ type: service.type }),
      leadsTo: destinationsOf(targets.of(service)),
    })),
    ...ingresses.map((ingress) => ({
      ...identityOf('Ingress', ingress),
      leadsTo: destinationsOf(
        ingress.backends.flatMap(({ service, port }) => targets.behind(ingress.namespace, service, port)),
      ),
    })),
    ...routes.map((route) => ({
      ...identityOf(route.kind, route),
      gateways: namesOf(route.gateways),
      leadsTo: destinationsOf(
        route.backends.flatMap(({ namespace, name, port }) => targets.behind(namespace, name, port)),
      ),
    })),
    ...virtualServices.filter(hasGateway).map((virtualService) => ({
      ...identityOf('VirtualService', virtualService),
      gateways: namesOf(virtualService.destinations.flatMap(({ gateways }) => gateways)),
      leadsTo: destinationsOf(
        virtualService.destinations.flatMap(({ namespace, name, port }) =>
          targets.behind(namespace, name, port),
        ),
      ),
    })),
  ];
  return found.sort(
    (a, b) => compare(a.kind, b.kind) || compare(a.namespace, b.namespace) || compare(a.name, b.name),
  );
}

/** A VirtualService without gateways applies only inside the mesh. */
function hasGateway({ destinations }: VirtualService): boolean {
  return destinations.some(({ gateways }) => gateways.length > 0);
}

function identityOf<Kind extends EntryPoint['kind']>(
  kind: Kind,
  { namespace, name, source }: Pick<EntryPoint, 'namespace' | 'name' | 'source'>,
) {
  return { kind, namespace, name, ...defined({ source }) };
}

function namesOf(
  gateways: readonly { readonly namespace: string; readonly name: string }[],
): readonly string[] {
  return [...new Set(gateways.map(qualifiedName))].sort();
}

function destinationsOf(targets: readonly Target[]): readonly Destination[] {
  const found = new Map<Workload, PortSet>();
  for (const { workload, ports } of targets) {
    found.set(workload, found.get(workload)?.or(ports) ?? ports);
  }
  return [...found].map(([workload, ports]) => ({ workload, ports }));
}

/** `Service shop/web (LoadBalancer)`, `HTTPRoute shop/web (gateway edge/main)` */
export function describeEntryPoint({
  kind,
  namespace,
  name,
  type,
  gateways = [],
}: Omit<EntryPoint, 'leadsTo'>): string {
  const by =
    type ??
    (gateways.length === 0 ? '' : `gateway${gateways.length === 1 ? '' : 's'} ${gateways.join(', ')}`);
  return `${kind} ${namespace}/${name}${by === '' ? '' : ` (${by})`}`;
}
