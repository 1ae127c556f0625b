import { defined } from '../../model/defined';
import type { Connection, ConnectionFilter } from '../../reachability/answers/parties';
import type { Reachability } from '../../reachability/reachability';
import { connectionListing } from '../../render/connection-listing';
import { connectionTable } from '../../render/connection-table';
import { sceneOf } from '../../render/scene';
import type { ConnectionsOptions } from '../commands/connections';
import { judgeBetweenEnds } from '../judge-cluster';
import { printAnswer } from '../print-listing';
import type { Terminal } from '../terminal';

export async function run(
  terminal: Terminal,
  paths: readonly string[],
  options: ConnectionsOptions,
): Promise<void> {
  const { reachability, filter, namespace, answer } = await judgeBetweenEnds(paths, options, terminal);
  const { groupBy } = options;
  const isWhole = namespace === undefined && filter.from === undefined && filter.to === undefined;
  const connections =
    namespace === undefined
      ? reachability.connections({ ...filter, groupBy })
      : connectionsOf(namespace, reachability, { groupBy, ...defined({ ports: filter.ports }) });
  await printAnswer(
    terminal,
    options,
    () => connectionListing(connections, answer, sceneOf(reachability, isWhole ? undefined : [])),
    () => connectionTable(connections, reachability, answer),
  );
}

/** What pods of a namespace reach, and then who else reaches them. */
function* connectionsOf(
  namespace: string,
  reachability: Reachability,
  filter: Pick<ConnectionFilter, 'groupBy' | 'ports'>,
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
