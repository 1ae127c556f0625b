import type { AksClusterProfile } from '../aks/cluster-profile';
import { diffConnections } from '../diff/diff-connections';
import { type ChangeSummary, summarizeChanges } from '../diff/summary';
import type { Cluster } from '../model/cluster';
import { type PolicyChange, Reachability } from '../reachability/reachability';
import { changeListing } from '../render/change-listing';
import type { Layout } from '../render/listing';
import { renderTable } from '../render/table';

/** What a change of policies opens and closes, before it is made. */
export interface Preview {
  readonly after: Reachability;
  readonly summary: ChangeSummary;
  /** For a person: the summary, and the first rows of what changes. */
  readonly lines: Iterable<string>;
}

/** How many rows a person is shown before being asked; `diff` lists them all. */
const SHOWN = 20;

export function preview(
  cluster: Cluster,
  change: PolicyChange,
  profile: AksClusterProfile,
  layout: Layout = {},
): Preview {
  const before = Reachability.of(cluster, { profile });
  const after = before.with(change);
  const changes = diffConnections(before, after);
  const summary = summarizeChanges(changes, before, after, { localDns: profile.localDns === true });
  return { after, summary, lines: shown() };

  function* shown(): Generator<string> {
    yield* renderTable(changeListing(changes.slice(0, SHOWN), summary), layout);
    if (changes.length > SHOWN) {
      yield `and ${changes.length - SHOWN} more rows\n`;
    }
  }
}
