import type { Connection, ConnectionFilter } from '../reachability/answers/parties';
import type { Reachability } from '../reachability/reachability';

/** What pods of a namespace reach, and then who else reaches them. */
export function* connectionsOfNamespace(
  namespace: string,
  reachability: Pick<Reachability, 'connections'>,
  filter: Pick<ConnectionFilter, 'groupBy' | 'ports'> = {},
): Generator<Connection> {
  const end = `${namespace}/*`;
  yield* reachability.connections({ from: end, ...filter });
  for (const row of reachability.connections({ to: end, ...filter })) {
    // What all senders of a row have in the namespace stands there already.
    if (!row.from.workloads?.every(({ workload }) => workload.namespace === namespace)) {
      yield row;
    }
  }
}
