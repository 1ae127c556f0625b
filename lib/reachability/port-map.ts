import type { PortBounds, PortPool } from './port-bounds';

/** What {@link PortMap} asks of a set: of workloads, or of addresses. */
export interface SetLike<S> {
  readonly isEmpty: boolean;
  or(other: S): S;
  and(other: S): S;
  without(other: S): S;
  overlaps(other: S): boolean;
}

/** The members of a set that have the same ports open. */
export interface Part<S> {
  readonly set: S;
  readonly ports: PortBounds;
}

/**
 * Which ports are open for which members of a set. Invariants of the result: parts are not empty, do not
 * overlap, differ in their ports, and none has no port.
 */
export class PortMap<S extends SetLike<S>> {
  private readonly entries = new Map<PortBounds, S>();

  public constructor(private readonly pool: PortPool) {}

  /** Opens `ports` for the members of `set`, beside those that are open already. */
  public open(set: S, ports: PortBounds): void {
    const before = this.entries.get(ports);
    this.entries.set(ports, before === undefined ? set : before.or(set));
  }

  /** The parts when no two sets that were opened overlap: nothing needs to be told apart. */
  public disjointParts(): Part<S>[] {
    return [...this.entries].map(([ports, set]) => ({ set, ports }));
  }

  public parts(): Part<S>[] {
    const { pool } = this;
    let parts = new Map<PortBounds, S>();
    for (const [ports, set] of this.entries) {
      if (ports === pool.none || set.isEmpty) {
        continue;
      }
      const next = new Map<PortBounds, S>();
      const add = (to: PortBounds, what: S) => {
        if (!what.isEmpty) {
          const before = next.get(to);
          next.set(to, before === undefined ? what : before.or(what));
        }
      };
      let rest = set;
      for (const [has, where] of parts) {
        if (!where.overlaps(rest)) {
          add(has, where);
          continue;
        }
        const shared = where.and(rest);
        add(has, where.without(shared));
        add(pool.or(has, ports), shared);
        rest = rest.without(shared);
      }
      add(ports, rest);
      parts = next;
    }
    return [...parts].map(([ports, set]) => ({ set, ports }));
  }
}
