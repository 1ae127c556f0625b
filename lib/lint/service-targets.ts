import { type Cluster, qualifiedName, type Service, type ServicePort, type Workload } from '../model/cluster';
import type { Protocol } from '../model/network-policy';
import { PortSet } from '../model/port-set';
import { isBehind, isOutward, targetsOf } from '../model/service-pods';

/** A port of pods that a service sends to. */
export interface Target {
  readonly service: Service;
  readonly workload: Workload;
  /** The pods' own port. */
  readonly port: number;
  readonly protocol: Protocol;
  readonly ports: PortSet;
}

/** Which ports of which workloads services send to; pods on their node's network are left out. */
export class ServiceTargets {
  private readonly services = new Map<string, Service>();
  private readonly found = new Map<Service, readonly Target[]>();
  private readonly wanted = new Map<Workload, PortSet>();

  /** @param workloads by namespace */
  public constructor(
    private readonly cluster: Cluster,
    private readonly workloads: ReadonlyMap<string, readonly Workload[]>,
  ) {
    for (const service of cluster.services) {
      this.services.set(qualifiedName(service), service);
    }
    this.noteWanted();
  }

  /** Every port of a service on every workload behind it. */
  public of(service: Service): readonly Target[] {
    let targets = this.found.get(service);
    if (targets === undefined) {
      targets = this.resolve(service, service.ports);
      this.found.set(service, targets);
    }
    return targets;
  }

  /**
   * What stands behind one port of a service, by number or name.
   *
   * @param port left out for the only one; of several, none is meant
   */
  public behind(namespace: string, name: string, port: number | string | undefined): Target[] {
    const service = this.services.get(qualifiedName({ namespace, name }));
    return service === undefined
      ? []
      : this.resolve(
          service,
          service.ports.filter((each) =>
            port === undefined ? service.ports.length === 1 : each.port === port || each.name === port,
          ),
        );
  }

  /** The ports of a workload that something lets in from outside the cluster: it is meant to be reached there. */
  public wantedFromOutside(workload: Workload): PortSet {
    return this.wanted.get(workload) ?? PortSet.NONE;
  }

  private noteWanted(): void {
    const { services, ingresses, routes = [], virtualServices = [] } = this.cluster;
    const outward = services.filter(isOutward);
    const backends = [
      ...ingresses.flatMap(({ namespace, backends: all }) =>
        all.map(({ service, port }) => ({ namespace, name: service, port })),
      ),
      ...routes.flatMap((route) => route.backends),
      ...virtualServices.flatMap(({ destinations }) =>
        destinations.map(({ namespace, name, port }) => ({ namespace, name, port })),
      ),
    ];
    for (const { workload, ports } of [
      ...outward.flatMap((service) => this.of(service)),
      ...backends.flatMap(({ namespace, name, port }) => this.behind(namespace, name, port)),
    ]) {
      this.wanted.set(workload, this.wantedFromOutside(workload).or(ports));
    }
  }

  private resolve(service: Service, ports: readonly ServicePort[]): Target[] {
    return (this.workloads.get(service.namespace) ?? [])
      .filter((workload) => !workload.hostNetwork && isBehind(service, workload))
      .flatMap((workload) =>
        ports.flatMap((each) =>
          targetsOf(each, workload.ports).map((port) => ({
            service,
            workload,
            port,
            protocol: each.protocol,
            ports: PortSet.range(each.protocol, port),
          })),
        ),
      );
  }
}
