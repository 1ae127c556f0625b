import { workloadKey } from '../model/cluster';
import { PartyWords } from '../reachability/answers/party-words';
import type { Reachability } from '../reachability/reachability';
import { successorsOf } from './match-cells';

/** What the ends of changes are called. A workload that another kind has taken the place of is the one that it is now. */
export function changeWords({ judged: before }: Reachability, { judged: after }: Reachability): PartyWords {
  const replaced = successorsOf([before.cluster, after.cluster]);
  return PartyWords.ofVersions([before, after], (workload) => !replaced.has(workloadKey(workload)));
}
