import { PortSet } from '../model/port-set';
import type { ConnectionChange } from './connection-change';
import type { EntryChange } from './entry-change';
import type { NotBuiltChange } from './not-built-change';

/** A row of a difference. */
export type AnyChange = ConnectionChange | EntryChange | NotBuiltChange;

/** The ports that a row opens, those that it closes, and those of which nobody knows. */
export function changedPorts(row: AnyChange): Pick<ConnectionChange, 'opened' | 'closed' | 'unknown'> {
  if ('notBuilt' in row) {
    return { opened: PortSet.NONE, closed: PortSet.NONE, unknown: PortSet.ALL };
  }
  if ('entryPoint' in row) {
    const { before, after } = row;
    return { opened: after.without(before), closed: before.without(after), unknown: PortSet.NONE };
  }
  return row;
}
