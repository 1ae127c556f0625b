import type { Maker } from '../../model/cluster';
import { remember } from '../../model/collections';
import { madeWithin } from '../../model/made-pods';
import type { PodSet } from '../../model/pod-set';
import type { PodSpace } from '../../model/pod-space';

/** Finds the objects from which pods of a set may come. */
export class Makers {
  private readonly known = new Map<string, readonly Maker[]>();
  private readonly makers: readonly Maker[];

  public constructor(
    makers: readonly Maker[],
    private readonly space: PodSpace,
  ) {
    // An object whose pods may be in any namespace says nothing about a set.
    this.makers = makers.filter(({ podNamespace }) => podNamespace !== undefined);
  }

  /** The objects whose pods may be in `set` and in no set of `except`; none for any pod. */
  public of(set: PodSet, except: readonly PodSet[] = []): readonly Maker[] {
    if (this.makers.length === 0 || set.isAny) {
      return [];
    }
    const key = [set, ...except].map((each) => each.key).join('\n');
    return remember(this.known, key, () =>
      this.makers.filter((maker) => {
        const made = madeWithin(set, maker);
        return made !== undefined && this.space.remains(made, except);
      }),
    );
  }
}
