import { diffConnections } from '../../lib/diff/diff-connections';
import type { Party } from '../../lib/reachability/answers/parties';
import type { Reachability } from '../../lib/reachability/reachability';

/** What a change is called where both versions change places. */
const MIRRORED: Readonly<Record<string, string>> = {
  opened: 'closed',
  closed: 'opened',
  widened: 'narrowed',
  narrowed: 'widened',
  added: 'removed',
  removed: 'added',
};

/** The rows of a difference, and those of the way back with both versions changed in place: each in words, sorted. */
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
