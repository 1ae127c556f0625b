import { PortSet } from '../model/port-set';
import type { PortBounds, PortPool } from '../reachability/port-bounds';

/** What is open in one version and in the next. Made by a {@link PortChanges} only: equal ones are one object. */
export interface PortChange {
  /** Numbered from 0 within its pool. */
  readonly id: number;
  readonly before: PortBounds;
  readonly after: PortBounds;
  /** Of the ports that are in doubt in both versions, those that are not for the same reasons. */
  readonly doubtsDiffer: PortSet;
  /** Denied before, allowed after. */
  readonly opened: PortSet;
  /** Allowed before, denied after. */
  readonly closed: PortSet;
  /** Not known whether or how they changed. */
  readonly unknown: PortSet;
  readonly isChange: boolean;
}

/** Numbers of port sets stay below 2^26, so that a pair of them stays below 2^53. */
const PAIR = 2 ** 26;

/** Keeps each distinct change of ports once, and the outcome of each operation on two of them. */
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
    const key = before.id * PAIR + after.id;
    const alike = this.known.get(key) ?? [];
    let found = alike.find((each) => each.doubtsDiffer.key === doubtsDiffer.key);
    if (found === undefined) {
      found = { id: this.next, before, after, doubtsDiffer, ...compare(before, after, doubtsDiffer) };
      this.next += 1;
      this.known.set(key, [...alike, found]);
    }
    return found;
  }

  /** What is left of a change where the other side leaves the same open in both versions. */
  public within(change: PortChange, { sure, possible }: PortBounds): PortChange {
    return this.and(change, this.of(this.before.between(sure, possible), this.after.between(sure, possible)));
  }

  /**
   * What a change of one side comes to with what the other leaves open before and after. What changes because of the
   * other alone is left out.
   */
  public through(change: PortChange, before: PortBounds, after: PortBounds): PortChange {
    const { opened, closed } = change;
    const open = (was: PortSet, is: PortSet) => was.and(is).or(is.and(opened)).or(was.and(closed));
    const [sure, possible] = [open(before.sure, after.sure), open(before.possible, after.possible)];
    return this.within(change, this.after.between(sure, possible));
  }

  /**
   * What is left of a change that opens some ports and closes others: of those that open, what the other side leaves open
   * after, of those that close, what it left open before, and of those in doubt what it does in either.
   */
  public between(change: PortChange, before: PortBounds, after: PortBounds): PortChange {
    const { opened, closed, unknown } = change;
    const open = (was: PortSet, is: PortSet) =>
      was.and(is).or(is.and(opened)).or(was.and(closed)).or(was.or(is).and(unknown));
    const [sure, possible] = [open(before.sure, after.sure), open(before.possible, after.possible)];
    return this.within(change, this.after.between(sure, possible));
  }

  /** What two sides of a connection open together. */
  public and(a: PortChange, b: PortChange): PortChange {
    const key = a.id < b.id ? a.id * PAIR + b.id : b.id * PAIR + a.id;
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

function inDoubt({ sure, possible }: PortBounds): PortSet {
  return possible.without(sure);
}

/**
 * Ports that one side may let through in both versions, but not under the same conditions: where the other side
 * keeps the whole in doubt, it cannot be told whether the whole changed.
 */
function blurred({ before, after, doubtsDiffer }: PortChange): PortSet {
  if (before.sure === before.possible && after.sure === after.possible) {
    return PortSet.NONE;
  }
  const both = before.possible.and(after.possible);
  const settled = before.sure.without(after.sure).or(after.sure.without(before.sure));
  return both.and(settled.or(doubtsDiffer));
}
