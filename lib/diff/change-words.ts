import { workloadKey } from '../model/cluster';
import { PartyWords } from '../reachability/answers/party-words';
import type { Reachability } from '../reachability/reachability';
import { successorsOf } from './match-cells';

/** Names for the ends of changes. A workload whose place another kind has taken has the name that it has now. */
export function changeWords({ judged: before }: Reachability, { judged: after }: Reachability): PartyWords {
  const replaced = successorsOf([before.cluster, after.cluster]);
  return PartyWords.ofVersions([before, after], (workload) => !replaced.has(workloadKey(workload)));
}
