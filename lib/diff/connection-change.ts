import type { PortSet } from '../model/port-set';
import type { Party } from '../reachability/answers/parties';
import type { Cause } from './cause';

/**
 * What happens to a connection.
 *
 * - `opened`, `widened`: allowed where it was denied, wholly or on more ports than before
 * - `closed`, `narrowed`: denied where it was allowed, wholly or on some ports
 * - `changed`: opened on some ports and closed on others
 * - `unknown`: whether or how it changed depends on something unknown
 * - `added`, `removed`: an end of it is new, or gone, although perhaps no policy changed
 */
export const CHANGE_WORDS = [
  'opened',
  'widened',
  'changed',
  'narrowed',
  'closed',
  'unknown',
  'added',
  'removed',
] as const;

export type ChangeWord = (typeof CHANGE_WORDS)[number];

/** The ports that are open in one version. */
export interface OpenPorts {
  readonly allowed: PortSet;
  /** The ports that may be open: it depends on something unknown. */
  readonly unknown: PortSet;
}

/** What changes from all of one party to all of the other. */
export interface ConnectionChange {
  readonly change: ChangeWord;
  readonly from: Party;
  readonly to: Party;
  readonly before: OpenPorts;
  readonly after: OpenPorts;
  /** The ports denied before and allowed after; also if an end is new. */
  readonly opened: PortSet;
  /** The ports allowed before and denied after; also if an end is gone. */
  readonly closed: PortSet;
  /** The ports of which it is unknown whether or how they changed. */
  readonly unknown: PortSet;
  /**
   * The responsible policies and rules: each for some pair of the row, and together for all. Computed when asked for.
   * Empty if an end is new or gone.
   */
  readonly by: readonly Cause[];
}

/**
 * How many pairs of ends the row stands for. Address ranges are one end, and so are pods that no manifest tells of. A
 * pod and itself are no pair.
 */
export function countConnections({ from, to }: Pick<ConnectionChange, 'from' | 'to'>): number {
  if (from.workloads === undefined || to.workloads === undefined) {
    return (from.workloads ?? to.workloads ?? [undefined]).length;
  }
  const pods = new Set(from.workloads.map(({ workload }) => workload).filter(({ kind }) => kind === 'Pod'));
  const selves = to.workloads.filter(({ workload }) => pods.has(workload)).length;
  return from.workloads.length * to.workloads.length - selves;
}
