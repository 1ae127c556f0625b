import { pairKey } from '../model/collections';
import { PortSet } from '../model/port-set';
import type { PortBounds, PortPool } from '../reachability/sets/port-bounds';

/** The ports that are open in each version. Only {@link PortChanges} makes them, so equal ones are one object. */
export interface PortChange {
  /** Numbered from 0 within its pool. */
  readonly id: number;
  readonly before: PortBounds;
  readonly after: PortBounds;
  /** The ports that are in doubt in both versions for different reasons. */
  readonly doubtsDiffer: PortSet;
  /** Denied before, allowed after. */
  readonly opened: PortSet;
  /** Allowed before, denied after. */
  readonly closed: PortSet;
  /** Unknown whether or how they changed. */
  readonly unknown: PortSet;
  readonly isChange: boolean;
}

/** Keeps each distinct change of ports once, and the result of each operation on two of them. */
export class PortChanges {
  private readonly known = new Map<number, PortChange[]>();
  private readonly intersections = new Map<number, PortChange>();
  private next = 0;

  public constructor(
    public readonly before: PortPool,
    public readonly after: PortPool,
  ) {}

  public of(before: PortBounds, after: PortBounds, doubts = PortSet.NONE): PortChange {
    const doubtsDiffer = doubts.isEmpty ? doubts : inDoubt(before).and(inDoubt(after)).and(doubts);
    const key = pairKey(before.id, after.id);
    const alike = this.known.get(key) ?? [];
    let found = alike.find((each) => each.doubtsDiffer.key === doubtsDiffer.key);
    if (found === undefined) {
      found = { id: this.next, before, after, doubtsDiffer, ...compare(before, after, doubtsDiffer) };
      this.next += 1;
      this.known.set(key, [...alike, found]);
    }
    return found;
  }

  /**
   * A change of one side, as far as the other side lets it through: ports that open have to be open there after,
   * ports that close have to be open there before, and ports that are in doubt with both sides stay so. What changes
   * because of the other side alone is left out.
   */
  public through(
    change: PortChange,
    { before: was, after: is }: Pick<PortChange, 'before' | 'after'>,
  ): PortChange {
    const { opened, closed, unknown } = change;
    const open = (then: PortSet, now: PortSet) => then.and(now).or(now.and(opened)).or(then.and(closed));
    const [sure, possible] = [open(was.sure, is.sure), open(was.possible, is.possible)];
    const both = inDoubt(this.before.and(change.before, was)).or(inDoubt(this.after.and(change.after, is)));
    const other = (pool: PortPool, own: PortBounds) =>
      pool.between(sure, possible.or(own.possible.and(unknown).and(both)));
    return this.and(change, this.of(other(this.before, was), other(this.after, is)));
  }

  /** The change of the ports that two sides of a connection open together. */
  public and(a: PortChange, b: PortChange): PortChange {
    const key = a.id < b.id ? pairKey(a.id, b.id) : pairKey(b.id, a.id);
    let found = this.intersections.get(key);
    if (found === undefined) {
      found = this.of(
        this.before.and(a.before, b.before),
        this.after.and(a.after, b.after),
        blurred(a).or(blurred(b)),
      );
      this.intersections.set(key, found);
    }
    return found;
  }
}

/** The ports that change, or may. */
export function portsOf({ opened, closed, unknown }: PortChange): PortSet {
  return opened.or(closed).or(unknown);
}

function compare(before: PortBounds, after: PortBounds, doubtsDiffer: PortSet) {
  const opened = after.sure.without(before.possible);
  const closed = before.sure.without(after.possible);
  const [was, is] = [inDoubt(before), inDoubt(after)];
  const unknown = was.or(is).without(was.and(is)).or(doubtsDiffer);
  return { opened, closed, unknown, isChange: !(opened.isEmpty && closed.isEmpty && unknown.isEmpty) };
}

export function inDoubt({ sure, possible }: PortBounds): PortSet {
  return possible.without(sure);
}

/**
 * The ports that one side may let through in both versions, but under different conditions. If the other side leaves
 * them in doubt, it is unknown whether they changed.
 */
function blurred({ before, after, doubtsDiffer }: PortChange): PortSet {
  if (before.sure === before.possible && after.sure === after.possible) {
    return PortSet.NONE;
  }
  const both = before.possible.and(after.possible);
  const settled = before.sure.without(after.sure).or(after.sure.without(before.sure));
  return both.and(settled.or(doubtsDiffer));
}
