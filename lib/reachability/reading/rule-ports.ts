import { remember } from '../../model/collections';
import type { PolicyType, Protocol } from '../../model/network-policy';
import type { TrafficPort } from '../../model/policy-rules';
import { PortSet } from '../../model/port-set';
import type { PortBounds, PortPool } from '../sets/port-bounds';
import { type PortTable, UNKNOWN_PORTS, type Unit } from '../sets/units';
import type { Engine } from './engine';
import { Hooks, type Reading, read } from './hooks';
import { type SeenNumber, seenNumbers } from './seen-port-names';

/** The ports that an entry of `ports` opens. */
export interface PortMatch {
  /** On every destination. */
  readonly fixed: PortBounds;
  /** On destinations that declare the name. */
  readonly named?: PortByName;
}

export interface PortByName {
  readonly name: string;
  readonly protocol: Protocol;
  /** Whether it is unknown for some destination what the name opens there. */
  readonly inDoubt: boolean;
  /** The ports that it opens on destinations that declare it. */
  readonly on: ReadonlyMap<PortTable, PortBounds>;
}

/** Finds out which ports entries of rules open; reads each distinct entry once. */
export class PortReader {
  private readonly known = new Map<string, Reading<PortMatch>>();
  private readonly anyPort = new Map<Protocol, PortBounds>();
  /** The tables that declare each name. */
  private readonly declaring = new Map<string, Set<PortTable>>();
  /** The tables of pods with their own addresses, and whether at least one of these pods is not only assumed. */
  private readonly ofPods = new Map<PortTable, boolean>();

  public constructor(
    private readonly pool: PortPool,
    private readonly engine: Engine,
    units: readonly Unit[],
  ) {
    for (const table of new Set(units.map(({ ports }) => ports))) {
      for (const name of table.names.keys()) {
        remember(this.declaring, name, () => new Set()).add(table);
      }
    }
    for (const { workload, ports } of units) {
      if (!workload.hostNetwork) {
        this.ofPods.set(ports, workload.assumed !== true || this.ofPods.get(ports) === true);
      }
    }
  }

  public read(direction: PolicyType, entry: TrafficPort): Reading<PortMatch> {
    const { protocol, port, endPort } = entry;
    // A port may have the name `undefined`.
    return remember(this.known, `${direction} ${protocol} ${port ?? ''} ${endPort ?? ''}`, () => {
      const reading = read(this.engine, (hooks) => this.match(direction, entry, hooks));
      const { specified } = reading;
      return opensAlike(reading) ? { actual: specified, specified, by: [] } : reading;
    });
  }

  /**
   * The ports that the entries of a rule open together.
   *
   * @param entries undefined for every port
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

  /** @param table the ports that the destination declares; undefined for an address or a node */
  public openOn({ fixed, named }: PortMatch, table: PortTable | undefined): PortBounds {
    if (named === undefined || table === undefined) {
      return fixed;
    }
    if (table === UNKNOWN_PORTS) {
      return this.pool.or(fixed, this.anyOf(named.protocol));
    }
    return this.pool.or(fixed, named.on.get(table) ?? this.pool.none);
  }

  /**
   * The distinct numbers that pods of the whole cluster give a port name, as the engine sees it: the sure ones, and all
   * possible ones. A number is not sure if only assumed pods give it.
   */
  public numbersInCluster(
    name: string,
    protocol: Protocol,
    hooks = new Hooks(this.engine),
  ): { readonly sure: readonly number[]; readonly possible: readonly number[] } {
    const [sure, possible] = [new Set<number>(), new Set<number>()];
    for (const table of this.declaring.get(name) ?? []) {
      const isThere = this.ofPods.get(table);
      for (const { port, isSure } of isThere === undefined ? [] : this.seen(table, name, protocol, hooks)) {
        possible.add(port);
        if (isThere && isSure) {
          sure.add(port);
        }
      }
    }
    return { sure: [...sure], possible: [...possible] };
  }

  /** Every port of a protocol, all in doubt. */
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
      return { fixed: pool.none, named: this.named(port, protocol, hooks) };
    }
    const fixed = this.oneNumber(port, protocol, hooks);
    if (isOneNumber === 'yes') {
      return { fixed };
    }
    const named = this.named(port, protocol, hooks);
    const on = new Map([...named.on].map(([table, ports]) => [table, pool.inDoubt(ports)]));
    return { fixed: pool.inDoubt(fixed), named: { ...named, inDoubt: true, on } };
  }

  /** The port of a name that has one number in the whole cluster. */
  private oneNumber(name: string, protocol: Protocol, hooks: Hooks): PortBounds {
    const { sure, possible } = this.numbersInCluster(name, protocol, hooks);
    const only = sure.length === 0 ? possible : sure.length === 1 ? sure : [];
    const ports = this.pool.exactly(PortSet.union(only.map((number) => PortSet.range(protocol, number))));
    return possible.length === sure.length ? ports : this.pool.inDoubt(ports);
  }

  private seen(table: PortTable, name: string, protocol: Protocol, hooks: Hooks): readonly SeenNumber[] {
    return seenNumbers(table.names.get(name) ?? [], protocol, hooks);
  }

  private named(name: string, protocol: Protocol, hooks: Hooks): PortByName {
    const on = new Map<PortTable, PortBounds>();
    for (const table of this.declaring.get(name) ?? []) {
      const seen = this.seen(table, name, protocol, hooks);
      const portsOf = (some: readonly SeenNumber[]) =>
        PortSet.union(some.map(({ port }) => PortSet.range(protocol, port)));
      on.set(table, this.pool.between(portsOf(seen.filter(({ isSure }) => isSure)), portsOf(seen)));
    }
    const inDoubt = [...on.values()].some(({ sure, possible }) => sure !== possible);
    return { name, protocol, inDoubt, on };
  }
}

/** Whether the engine opens the same ports as the specification on every destination. */
function opensAlike({ actual, specified }: Reading<PortMatch>): boolean {
  const [named, bySpecification] = [actual.named, specified.named];
  if (named === undefined || bySpecification === undefined) {
    return actual.fixed === specified.fixed && named === bySpecification;
  }
  return (
    actual.fixed === specified.fixed &&
    named.inDoubt === bySpecification.inDoubt &&
    [...named.on].every(([table, ports]) => ports === bySpecification.on.get(table))
  );
}
