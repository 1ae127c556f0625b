import { type Cluster, qualifiedName, type Service, type ServicePort, type Workload } from './cluster';
import { append, remember } from './collections';
import type { Protocol } from './network-policy';
import { PortSet } from './port-set';
import { isBehind, targetOf } from './service-pods';

/** A port of pods that a service sends to. */
export interface Target {
  readonly service: Service;
  readonly workload: Workload;
  /** The pods' own port. */
  readonly port: number;
  readonly protocol: Protocol;
  readonly ports: PortSet;
}

/** The workloads and ports that services send to. */
export class ServiceTargets {
  private readonly services: ReadonlyMap<string, Service>;
  private readonly workloads = new Map<string, Workload[]>();
  private readonly found = new Map<Service, readonly Target[]>();
  private readonly ports = new Map<string, PortSet>();

  /** @param workloads the possible targets */
  public constructor({ services }: Pick<Cluster, 'services'>, workloads: readonly Workload[]) {
    this.services = new Map(services.map((service) => [qualifiedName(service), service]));
    for (const workload of workloads) {
      append(this.workloads, workload.namespace, workload);
    }
  }

  /** Every port of a service on every workload behind it. */
  public of(service: Service): readonly Target[] {
    return remember(this.found, service, () => this.resolve(service, service.ports));
  }

  /**
   * The targets of one port of a service, by number or name.
   *
   * @param port undefined for the only port of the service; if it has several, there is no target
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

  /** Shared, because thousands of services may send to one port of thousands of workloads. */
  private portsOf(protocol: Protocol, port: number): PortSet {
    return remember(this.ports, `${port}/${protocol}`, () => PortSet.range(protocol, port));
  }

  private resolve(service: Service, ports: readonly ServicePort[]): Target[] {
    return (this.workloads.get(service.namespace) ?? [])
      .filter((workload) => isBehind(service, workload))
      .flatMap((workload) =>
        ports.flatMap((each) => {
          const { protocol } = each;
          const port = targetOf(each, workload.ports);
          return port === undefined
            ? []
            : [{ service, workload, port, protocol, ports: this.portsOf(protocol, port) }];
        }),
      );
  }
}
