import type { PolicyType, Protocol } from '../model/network-policy';
import type { TrafficPort } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { remember } from '../model/remember';
import type { Engine } from './engine';
import { type Hooks, type Reading, read } from './hooks';
import type { PortBounds, PortPool } from './port-bounds';
import { type PortTable, UNKNOWN_PORTS, type Unit } from './units';

/** What an entry of `ports` opens. */
export interface PortMatch {
  /** Open on every destination. */
  readonly fixed: PortBounds;
  /** Open on destinations that declare it. */
  readonly named?: NamedPort;
}

export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  /** Whether it is not known that destinations resolve the name for themselves. */
  readonly inDoubt: boolean;
}

/** Finds out what the ports of rules mean. */
export class PortReader {
  private readonly known = new Map<string, Reading<PortMatch>>();
  private readonly anyPort = new Map<Protocol, PortBounds>();
  private readonly clusterWide = new Map<string, readonly number[]>();

  /** @param units the pods of the cluster, for engines that ask all of them what a name means */
  public constructor(
    private readonly pool: PortPool,
    private readonly engine: Engine,
    private readonly units: readonly Unit[],
  ) {}

  public read(direction: PolicyType, entry: TrafficPort): Reading<PortMatch> {
    const { protocol, port, endPort } = entry;
    // Nothing is written for what is left out: `undefined` may be the name of a port.
    return remember(this.known, `${direction} ${protocol} ${port ?? ''} ${endPort ?? ''}`, () =>
      read(this.engine, (hooks) => this.match(direction, entry, hooks)),
    );
  }

  /**
   * What the entries of a rule open together on a destination.
   *
   * @param entries left out: every port
   * @param table as for {@link openOn}
   */
  public opened(
    entries: readonly Reading<PortMatch>[] | undefined,
    table: PortTable | undefined,
  ): PortBounds {
    if (entries === undefined) {
      return this.pool.all;
    }
    return this.pool.union(entries, ({ actual }) => this.openOn(actual, table));
  }

  /** What an entry opens on a destination that declares `table`; without one, on an address or a node. */
  public openOn({ fixed, named }: PortMatch, table: PortTable | undefined): PortBounds {
    if (named === undefined || table === undefined) {
      return fixed;
    }
    if (table === UNKNOWN_PORTS) {
      return this.pool.or(fixed, this.anyOf(named.protocol));
    }
    const open = table
      .numbersOf(named.name, named.protocol)
      .reduce((ports, number) => ports.or(PortSet.range(named.protocol, number)), PortSet.NONE);
    const found = this.pool.exactly(open);
    return this.pool.or(fixed, named.inDoubt ? this.pool.inDoubt(found) : found);
  }

  /** Perhaps each port of a protocol. */
  private anyOf(protocol: Protocol): PortBounds {
    return remember(this.anyPort, protocol, () =>
      this.pool.inDoubt(this.pool.exactly(PortSet.ofProtocol(protocol))),
    );
  }

  private match(direction: PolicyType, { protocol, port, endPort }: TrafficPort, hooks: Hooks): PortMatch {
    const { pool } = this;
    if (port === undefined) {
      return { fixed: pool.exactly(PortSet.ofProtocol(protocol)) };
    }
    if (typeof port === 'number') {
      const range = PortSet.range(protocol, port, endPort ?? port);
      return endPort !== undefined && endPort !== port && hooks.does('end-port-ignored') === 'unknown'
        ? { fixed: pool.between(PortSet.range(protocol, port), range) }
        : { fixed: pool.exactly(range) };
    }
    const isOneNumber = direction === 'Egress' ? hooks.does('egress-port-name-is-one-number') : 'no';
    if (isOneNumber === 'no') {
      return { fixed: pool.none, named: { name: port, protocol, inDoubt: false } };
    }
    const numbers = this.numbersInCluster(port, protocol);
    const fixed = pool.exactly(
      numbers.length === 1 ? PortSet.range(protocol, numbers[0] as number) : PortSet.NONE,
    );
    return isOneNumber === 'yes'
      ? { fixed }
      : { fixed: pool.inDoubt(fixed), named: { name: port, protocol, inDoubt: true } };
  }

  private numbersInCluster(name: string, protocol: Protocol): readonly number[] {
    return remember(this.clusterWide, `${name}/${protocol}`, () => {
      const pods = this.units.filter(({ workload }) => !workload.hostNetwork);
      return [...new Set(pods.flatMap(({ ports }) => ports.numbersOf(name, protocol)))];
    });
  }
}
