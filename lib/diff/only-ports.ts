import type { PortSet } from '../model/port-set';
import type { ConnectionChange } from './connection-change';
import type { EntryChange } from './entry-change';

/**
 * Tells whether something of a change is about some of these ports. The row says what changes on all of its ports. A way in
 * of which nobody knows where it leads is about every port.
 */
export function isAboutPorts(ports: PortSet): (row: ConnectionChange | EntryChange) => boolean {
  const isAsked = (led: PortSet) => led.isEmpty || led.overlaps(ports);
  return (row) =>
    'entryPoint' in row
      ? isAsked(row.before.or(row.after))
      : [row.opened, row.closed, row.unknown].some((each) => each.overlaps(ports));
}
