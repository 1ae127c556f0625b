import { append } from '../../model/collections';
import type { PortSet } from '../../model/port-set';
import type { PortBounds, PortPool } from './port-bounds';

/** A set of units, cells or addresses. */
export interface SetLike<S> {
  readonly isEmpty: boolean;
  or(other: S): S;
  and(other: S): S;
  without(other: S): S;
  overlaps(other: S): boolean;
  covers(other: S): boolean;
}

/** Members of a set with the same open ports. */
export interface PortPart<S> {
  readonly set: S;
  readonly ports: PortBounds;
}

/** Which ports are open for which members. Parts do not overlap, differ in their ports, and are never empty. */
export class PortMap<S extends SetLike<S>> {
  private readonly entries = new Map<PortBounds, S[]>();

  public constructor(private readonly pool: PortPool) {}

  /** Opens `ports` for the members of `set`, in addition to ports that are open already. */
  public open(set: S, ports: PortBounds): void {
    append(this.entries, ports, set);
  }

  /** The parts, if no opened sets overlap. */
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
      // Mostly there is one set.
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

/** The union of sets, two by two: one after the other, the growing union would be copied for each set. */
export function unite<S extends SetLike<S>>(sets: readonly S[]): S {
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

/** Members that are alike in every layer. */
export interface Laid<S, P> {
  readonly set: S;
  /** Their ports in each layer; undefined where a layer does not have them. */
  readonly ports: readonly (P | undefined)[];
}

/** Lays layers of disjoint parts over each other, and gives back disjoint parts. */
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

/** Ports that are surely open, or may be. */
export interface PortVerdict {
  readonly ports: PortSet;
  readonly verdict: 'allowed' | 'unknown';
}

/** What is open for members of a set. */
export interface Open<S> extends PortVerdict {
  readonly set: S;
}

/** The ports that are surely open, and the others that may be. */
export function verdictsOf({ sure, possible }: PortBounds): readonly PortVerdict[] {
  return [
    ...(sure.isEmpty ? [] : [{ ports: sure, verdict: 'allowed' as const }]),
    ...(sure === possible ? [] : [{ ports: possible.without(sure), verdict: 'unknown' as const }]),
  ];
}

/** What is open for members of disjoint parts; sets with the same ports and the same verdict together. */
export function openedIn<S extends SetLike<S>>(parts: readonly PortPart<S>[]): readonly Open<S>[] {
  const found = { allowed: new Map<string, Open<S>>(), unknown: new Map<string, Open<S>>() };
  for (const { set, ports: bounds } of parts) {
    for (const { ports, verdict } of set.isEmpty ? [] : verdictsOf(bounds)) {
      const known = found[verdict].get(ports.key);
      found[verdict].set(ports.key, { set: known === undefined ? set : known.set.or(set), ports, verdict });
    }
  }
  return [...found.allowed.values(), ...found.unknown.values()];
}
