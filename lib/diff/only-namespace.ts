import { PodSet } from '../model/pod-set';
import type { Party } from '../reachability/answers/parties';
import type { ConnectionChange } from './connection-change';
import type { EntryChange } from './entry-change';

/** Tells whether a change is about pods of a namespace, known or possible ones. */
export function isAboutNamespace(namespace: string): (row: ConnectionChange | EntryChange) => boolean {
  const pods = PodSet.inNamespace(namespace);
  const has = ({ workloads, possible }: Party) =>
    workloads === undefined
      ? possible !== undefined &&
        !possible.set.isApart(pods) &&
        !possible.except.some((each) => pods.isWithin(each))
      : workloads.some(({ workload }) => workload.namespace === namespace);
  return (row) =>
    has(row.to) || ('entryPoint' in row ? row.entryPoint.namespace === namespace : has(row.from));
}
