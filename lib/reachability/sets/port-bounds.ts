import { pairKey, remember } from '../../model/collections';
import { PortSet } from '../../model/port-set';

/**
 * Ports of which some may be in doubt: `sure` are open in every case, `possible` in some case. Only a {@link PortPool}
 * makes them, so equal ones are one object.
 */
export interface PortBounds {
  /** Numbered from 0 within its pool. */
  readonly id: number;
  readonly sure: PortSet;
  readonly possible: PortSet;
}

/** Up to this many are joined one after the other. */
const FEW = 8;

/** Keeps each distinct set of ports once, and the result of each operation on two of them. */
export class PortPool {
  private readonly byKey = new Map<string, PortBounds>();
  private readonly unions = new Map<number, PortBounds>();
  private readonly intersections = new Map<number, PortBounds>();

  public readonly none = this.exactly(PortSet.NONE);
  public readonly all = this.exactly(PortSet.ALL);

  public exactly(ports: PortSet): PortBounds {
    return this.between(ports, ports);
  }

  public between(sure: PortSet, possible: PortSet): PortBounds {
    const exact = sure.key === possible.key;
    const key = exact ? sure.key : `${sure.key}|${possible.key}`;
    let known = this.byKey.get(key);
    if (known === undefined) {
      known = { id: this.byKey.size, sure, possible: exact ? sure : possible };
      this.byKey.set(key, known);
    }
    return known;
  }

  /** The same ports, none of them sure. */
  public inDoubt({ possible }: PortBounds): PortBounds {
    return this.between(PortSet.NONE, possible);
  }

  public or(a: PortBounds, b: PortBounds): PortBounds {
    if (a === this.none || b === this.none) {
      return a === this.none ? b : a;
    }
    return a === b
      ? a
      : this.once(this.unions, a, b, () => this.between(a.sure.or(b.sure), a.possible.or(b.possible)));
  }

  /** The ports of all parts together. */
  public union<T>(parts: readonly T[], portsOf: (part: T) => PortBounds): PortBounds {
    if (parts.length <= FEW) {
      let sum = this.none;
      for (const part of parts) {
        sum = this.or(sum, portsOf(part));
      }
      return sum;
    }
    const distinct = [...new Set(parts.map(portsOf))];
    // The sum of a pair is kept: few pairs come again and are quicker, many would fill the memory.
    return distinct.length <= FEW
      ? this.union(distinct, (ports) => ports)
      : this.between(
          PortSet.union(distinct.map(({ sure }) => sure)),
          PortSet.union(distinct.map(({ possible }) => possible)),
        );
  }

  public and(a: PortBounds, b: PortBounds): PortBounds {
    if (a === this.all || b === this.all) {
      return a === this.all ? b : a;
    }
    return a === b
      ? a
      : this.once(this.intersections, a, b, () =>
          this.between(a.sure.and(b.sure), a.possible.and(b.possible)),
        );
  }

  /** The ports of `a` without those of `b`. */
  public without(a: PortBounds, b: PortBounds): PortBounds {
    return b === this.none ? a : this.between(a.sure.without(b.possible), a.possible.without(b.sure));
  }

  /** `end` for the ports that are passed on, and `open` for the others. */
  public passing(open: PortBounds, passed: PortBounds, end: PortBounds): PortBounds {
    const sure = open.sure.without(passed.possible).or(end.sure.and(passed.sure));
    const possible = open.possible.without(passed.sure).or(end.possible.and(passed.possible));
    // Ports that both leave open are open, whether or not they are passed on.
    return this.between(sure.or(open.sure.and(end.sure)), possible);
  }

  private once(
    memo: Map<number, PortBounds>,
    a: PortBounds,
    b: PortBounds,
    compute: () => PortBounds,
  ): PortBounds {
    return remember(memo, a.id < b.id ? pairKey(a.id, b.id) : pairKey(b.id, a.id), compute);
  }
}
