import type { PortSet } from '../model/port-set';
import type { PortBounds } from '../reachability/sets/port-bounds';
import { layOver, type PortPart, type SetLike } from '../reachability/sets/port-map';
import type { PortChange, PortChanges } from './port-change';

/** Members with the same change of ports, which may be none. */
export interface ChangePart<S> {
  readonly set: S;
  readonly ports: PortChange;
}

/** Members with the same ports in doubt, for other reasons than before. */
export interface DoubtPart<S> {
  readonly set: S;
  readonly ports: PortSet;
}

/** Lays the parts of two versions over each other: disjoint parts again, each with its own change of ports. */
export function overlay<S extends SetLike<S>>(
  before: readonly PortPart<S>[],
  after: readonly PortPart<S>[],
  doubts: readonly DoubtPart<S>[],
  changes: PortChanges,
): ChangePart<S>[] {
  if (before === after && doubts.length === 0 && changes.before === changes.after) {
    return before.map(({ set, ports }) => ({ set, ports: changes.of(ports, ports) }));
  }
  const [closedBefore, closedAfter] = [changes.before.none, changes.after.none];
  const parts = layOver<S, PortBounds>([before, after]).map(
    ({ set, ports: [was = closedBefore, is = closedAfter] }) => ({ set, before: was, after: is }),
  );
  const merged = new Map<PortChange, S>();
  for (const part of parts) {
    for (const { set, before: was, after: is, doubt } of splitByDoubts(part, doubts)) {
      const ports = changes.of(was, is, doubt);
      merged.set(ports, merged.get(ports)?.or(set) ?? set);
    }
  }
  return [...merged].map(([ports, set]) => ({ set, ports }));
}

interface Laid<S> {
  readonly set: S;
  readonly before: PortBounds;
  readonly after: PortBounds;
  readonly doubt?: PortSet;
}

function splitByDoubts<S extends SetLike<S>>(
  part: Laid<S>,
  doubts: readonly DoubtPart<S>[],
): readonly Laid<S>[] {
  return doubts.reduce<readonly Laid<S>[]>(
    (parts, { set, ports }) =>
      parts.flatMap((each) => {
        if (!each.set.overlaps(set)) {
          return [each];
        }
        const apart = each.set.without(set);
        const within = {
          ...each,
          set: each.set.and(set),
          doubt: each.doubt === undefined ? ports : each.doubt.or(ports),
        };
        return apart.isEmpty ? [within] : [within, { ...each, set: apart }];
      }),
    [part],
  );
}
