import type { Tristate } from '../../model/tristate';
import type { SetLike } from './port-map';

/**
 * A set of which some members may be in doubt: `sure` has the members that belong to it in every case, `possible` those
 * that belong to it in some case. Invariant: `sure` is a part of `possible`, and both are one object when nothing is in
 * doubt.
 */
export class Bounds<S extends SetLike<S>> {
  public static exactly<S extends SetLike<S>>(set: S): Bounds<S> {
    return new Bounds(set, set);
  }

  /** @param possible all of `sure`, and perhaps more */
  public static between<S extends SetLike<S>>(sure: S, possible: S): Bounds<S> {
    return sure.covers(possible) ? Bounds.exactly(sure) : new Bounds(sure, possible);
  }

  public constructor(
    public readonly sure: S,
    public readonly possible: S,
  ) {}

  public get isExact(): boolean {
    return this.sure === this.possible;
  }

  public and(other: Bounds<S>): Bounds<S> {
    const sure = this.sure.and(other.sure);
    return this.isExact && other.isExact
      ? Bounds.exactly(sure)
      : Bounds.between(sure, this.possible.and(other.possible));
  }

  public or(other: Bounds<S>): Bounds<S> {
    const sure = this.sure.or(other.sure);
    return this.isExact && other.isExact
      ? Bounds.exactly(sure)
      : Bounds.between(sure, this.possible.or(other.possible));
  }

  /** The members of `all` that are not in the set. */
  public complementIn(all: S): Bounds<S> {
    const sure = all.without(this.possible);
    return this.isExact ? Bounds.exactly(sure) : new Bounds(sure, all.without(this.sure));
  }

  /** `inCase` if a condition holds, `otherwise` if not, and the bounds of both if nobody knows. */
  public static choose<S extends SetLike<S>>(
    holds: Tristate,
    inCase: Bounds<S>,
    otherwise: Bounds<S>,
  ): Bounds<S> {
    return holds === 'yes'
      ? inCase
      : holds === 'no'
        ? otherwise
        : new Bounds(inCase.sure.and(otherwise.sure), inCase.possible.or(otherwise.possible));
  }
}
