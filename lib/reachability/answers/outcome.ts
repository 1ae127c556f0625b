import type { PortSet } from '../../model/port-set';
import type { PortBounds } from '../sets/port-bounds';
import type { Outcome } from './verdict';

/** The outcome of several parts of a question together, each with what it asks for and what is open. */
export function outcomeOf(parts: readonly { readonly asked: PortSet; readonly open: PortBounds }[]): Outcome {
  let allowed = false;
  let denied = false;
  let doubtful = false;
  for (const { asked, open } of parts) {
    const { sure, possible } = open;
    allowed ||= sure.overlaps(asked);
    denied ||= !possible.covers(asked);
    doubtful ||= sure !== possible && !possible.and(asked).without(sure).isEmpty;
  }
  if (allowed && denied) {
    return 'partly';
  }
  return doubtful || !(allowed || denied) ? 'unknown' : allowed ? 'allowed' : 'denied';
}
