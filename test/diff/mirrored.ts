import { diffConnections } from '../../lib/diff/diff-connections';
import type { Party } from '../../lib/reachability/answers/parties';
import type { Reachability } from '../../lib/reachability/reachability';

/** The word for a change if both versions change places. */
const MIRRORED: Readonly<Record<string, string>> = {
  opened: 'closed',
  closed: 'opened',
  widened: 'narrowed',
  narrowed: 'widened',
  added: 'removed',
  removed: 'added',
};

/** The rows of a difference, and of the way back with both versions in changed places: in words, sorted. */
export function thereAndBack(was: Reachability, is: Reachability, nameOf: (party: Party) => unknown) {
  const there = diffConnections(was, is).map(({ change, from, to, before, after, opened, closed, unknown }) =>
    JSON.stringify([change, nameOf(from), nameOf(to), before, after, opened, closed, unknown]),
  );
  const back = diffConnections(is, was).map(({ change, from, to, before, after, opened, closed, unknown }) =>
    JSON.stringify([
      MIRRORED[change] ?? change,
      nameOf(from),
      nameOf(to),
      after,
      before,
      closed,
      opened,
      unknown,
    ]),
  );
  return { there: there.sort(), back: back.sort() };
}
