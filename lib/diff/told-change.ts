import { remembered } from '../model/collections';
import { PortSet } from '../model/port-set';
import type { Party } from '../reachability/answers/parties';
import type { PortBounds } from '../reachability/sets/port-bounds';
import type { Cause } from './cause';
import { type ChangeRow, type RowEnd, wordOf } from './change-rows';
import type { ChangeWord, ConnectionChange, OpenPorts } from './connection-change';

/** A row as a change. Parties and causes are computed when asked for, because many readers do not ask. */
export class ToldChange implements ConnectionChange {
  public readonly change: ChangeWord;
  public readonly before: OpenPorts;
  public readonly after: OpenPorts;
  public readonly opened: PortSet;
  public readonly closed: PortSet;
  public readonly unknown: PortSet;
  private known: readonly Cause[] | undefined;

  public constructor(
    private readonly row: ChangeRow,
    private readonly partyOf: (end: RowEnd) => Party,
    private readonly findCauses: () => readonly Cause[],
  ) {
    const { standing, ports } = row;
    const isHidden = standing === 'hidden-before' || standing === 'hidden-after';
    this.change = wordOf(row);
    this.before = standing === 'hidden-before' ? ANYTHING : openOf(ports.before);
    this.after = standing === 'hidden-after' ? ANYTHING : openOf(ports.after);
    this.opened = isHidden ? PortSet.NONE : ports.opened;
    this.closed = isHidden ? PortSet.NONE : ports.closed;
    this.unknown = isHidden ? PortSet.ALL : ports.unknown;
  }

  public get from(): Party {
    return this.partyOf(this.row.from);
  }

  public get to(): Party {
    return this.partyOf(this.row.to);
  }

  public get by(): readonly Cause[] {
    this.known ??= this.findCauses();
    return this.known;
  }
}

const ANYTHING: OpenPorts = { allowed: PortSet.NONE, unknown: PortSet.ALL };

/** Remembered because there are many rows and few such sets. */
const openOf = remembered(
  ({ sure, possible }: PortBounds): OpenPorts => ({
    allowed: sure,
    unknown: sure === possible ? PortSet.NONE : possible.without(sure),
  }),
);
