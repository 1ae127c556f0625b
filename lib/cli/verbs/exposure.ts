import { exposureListing } from '../../render/exposure-listing';
import { exposureTable } from '../../render/exposure-table';
import { sceneOf } from '../../render/scene';
import { judgeBetweenEnds } from '../judge-cluster';
import type { BetweenEndsOptions } from '../options/ends';
import { printAnswer } from '../print-listing';
import type { Terminal } from '../terminal';

export async function run(
  terminal: Terminal,
  paths: readonly string[],
  options: BetweenEndsOptions,
): Promise<void> {
  const { reachability, filter, namespace, answer } = await judgeBetweenEnds(paths, options, terminal);
  const exposures = reachability
    .exposure(filter)
    .filter(({ workload }) => namespace === undefined || workload.namespace === namespace);
  const shown = exposures.map(({ workload }) => workload);
  await printAnswer(
    terminal,
    options,
    () => exposureListing(exposures, answer, sceneOf(reachability, shown)),
    () => exposureTable(exposures, reachability, answer, filter),
  );
}
