import type { PortSet } from './port-set';
import type { SourcePosition } from './source-position';

/** What happens between two ends, or may. */
export const CHANGE_MARKS = ['opened', 'closed', 'unknown'] as const;

export type ChangeMark = (typeof CHANGE_MARKS)[number];

/** Accepts that something opens or closes, or that nobody knows. */
export interface AcceptedChange {
  readonly change: ChangeMark;
  /** The names of all who may be at this end, as `aks-netpol diff --wide` writes them. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** @default any port */
  readonly ports?: PortSet;
  /** Why the change is all right. */
  readonly reason: string;
  /** The last day on which it is accepted, `YYYY-MM-DD`. @default forever */
  readonly until?: string;
  /** Where it was written. */
  readonly source?: SourcePosition;
}
