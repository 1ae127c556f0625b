import { NetworkPolicyError } from '../model/problem';
import type { Connection } from '../reachability/answers/parties';
import { connectionListing } from '../render/connection-listing';
import { renderTable } from '../render/table';
import { unreadableManifests } from './check';
import { judgeSubject, type Subject } from './subject';

/**
 * A table of everything that is allowed or in doubt, including pods that no manifest declares. Its rows are sorted, those
 * of known workloads first, so that the same manifests give the same text.
 *
 * @throws AggregateError with a `NetworkPolicyError` for each problem, if not all manifests could be read
 */
export function connectivityTable(subject: Subject): string {
  const { reachability, problems } = judgeSubject(subject);
  if (problems.length > 0) {
    const errors = problems.map((problem) => new NetworkPolicyError(problem));
    throw new AggregateError(errors, unreadableManifests(problems).message);
  }
  const listing = connectionListing(reachability.connections(), reachability);
  const hasPossible = ({ from, to }: Connection) => (from.possible ?? to.possible) !== undefined;
  const keyed = [...listing.rows].map((row) => ({
    row,
    key: [hasPossible(row), ...listing.columns.map(({ cell }) => cell(row).join())].join('\n'),
  }));
  const rows = keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
  return [...renderTable({ ...listing, rows })].join('');
}
