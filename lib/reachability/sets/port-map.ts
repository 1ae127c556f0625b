import { append } from '../../model/collections';
import type { PortBounds, PortPool } from './port-bounds';

/** What {@link PortMap} asks of a set: of workloads, or of addresses. */
export interface SetLike<S> {
  readonly isEmpty: boolean;
  or(other: S): S;
  and(other: S): S;
  without(other: S): S;
  overlaps(other: S): boolean;
  covers(other: S): boolean;
}

/** The members of a set that have the same ports open. */
export interface PortPart<S> {
  readonly set: S;
  readonly ports: PortBounds;
}

/**
 * Which ports are open for which members of a set. Invariants of the result: parts are not empty, do not
 * overlap, differ in their ports, and none has no port.
 */
export class PortMap<S extends SetLike<S>> {
  private readonly entries = new Map<PortBounds, S[]>();

  public constructor(private readonly pool: PortPool) {}

  /** Opens `ports` for the members of `set`, beside those that are open already. */
  public open(set: S, ports: PortBounds): void {
    append(this.entries, ports, set);
  }

  /** The parts when no two sets that were opened overlap: nothing needs to be told apart. */
  public disjointParts(): PortPart<S>[] {
    return [...this.entries].map(([ports, sets]) => ({ set: unite(sets), ports }));
  }

  public parts(): PortPart<S>[] {
    const { pool } = this;
    const alike = new Map<S, PortBounds[]>();
    for (const [ports, sets] of this.entries) {
      const set = unite(sets);
      if (ports !== pool.none && !set.isEmpty) {
        append(alike, set, ports);
      }
    }
    let parts = new Map<PortBounds, S>();
    for (const [set, opened] of alike) {
      const ports = pool.union(opened, (each) => each);
      // Mostly it is the only one.
      if (parts.size === 0) {
        parts.set(ports, set);
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

/** All sets together, two by two: one after the other, what has grown large would be gone over for each that is left. */
function unite<S extends SetLike<S>>(sets: readonly S[]): S {
  let united = sets;
  while (united.length > 1) {
    const next: S[] = [];
    for (let i = 0; i < united.length; i += 2) {
      const [one, other] = [united[i] as S, united[i + 1]];
      next.push(other === undefined ? one : one.or(other));
    }
    united = next;
  }
  return united[0] as S;
}

/** Members of a set that are alike in every layer. */
export interface Laid<S, P> {
  readonly set: S;
  /** What each layer says of them; undefined where it says nothing. */
  readonly ports: readonly (P | undefined)[];
}

/** Lays disjoint parts over each other, layer by layer: the parts that come of it are disjoint again. */
export function layOver<S extends SetLike<S>, P>(
  layers: readonly (readonly { readonly set: S; readonly ports: P }[])[],
): Laid<S, P>[] {
  let laid: Laid<S, P>[] = [];
  for (const [i, layer] of layers.entries()) {
    let below = laid;
    const next: Laid<S, P>[] = [];
    const blank = new Array<P | undefined>(i).fill(undefined);
    for (const { set, ports } of layer) {
      let alone = set;
      const rest: Laid<S, P>[] = [];
      for (const each of below) {
        if (!each.set.overlaps(alone)) {
          rest.push(each);
          continue;
        }
        const shared = each.set.and(alone);
        next.push({ set: shared, ports: [...each.ports, ports] });
        const left = each.set.without(shared);
        if (!left.isEmpty) {
          rest.push({ set: left, ports: each.ports });
        }
        alone = alone.without(shared);
      }
      below = rest;
      if (!alone.isEmpty) {
        next.push({ set: alone, ports: [...blank, ports] });
      }
    }
    laid = [...next, ...below.map((each) => ({ set: each.set, ports: [...each.ports, undefined] }))];
  }
  return laid;
}
