import { defined } from '../../model/defined';
import { connectionListing } from '../../render/connection-listing';
import { connectionTable } from '../../render/connection-table';
import { connectionsOfNamespace } from '../../render/namespace-connections';
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
      : connectionsOfNamespace(namespace, reachability, { groupBy, ...defined({ ports: filter.ports }) });
  await printAnswer(
    terminal,
    options,
    () => connectionListing(connections, answer, sceneOf(reachability, isWhole ? undefined : [])),
    () => connectionTable(connections, reachability, answer),
  );
}
