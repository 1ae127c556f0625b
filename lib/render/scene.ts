import { type Workload, workloadKey } from '../model/cluster';
import { entryPointsOf } from '../model/entry-points';
import { IpSet } from '../model/ip-set';
import type { Reachability } from '../reachability/reachability';
import type { Scene } from './listing';

/**
 * What a picture of a cluster knows beside the rows.
 *
 * @param shown who is shown although nobody may reach them, nor they anybody. @default every workload
 */
export function sceneOf(reachability: Reachability, shown?: readonly Workload[]): Scene {
  const scene = sceneOfVersions(reachability);
  const entryPoints = entryPointsOf(reachability.judged.cluster);
  return { ...scene, shown: shown ?? scene.workloads, entryPoints };
}

/** The same for what changes between versions: who is in no row does not change, and is not shown. */
export function sceneOfVersions(...versions: readonly Reachability[]): Scene {
  const workloads = versions
    .flatMap(({ judged }) => [...judged.world.index.byWorkload.keys()])
    .filter(({ assumed }) => assumed !== true);
  return {
    // A workload of both versions is one.
    workloads: [...new Map(workloads.map((workload) => [workloadKey(workload), workload])).values()],
    shown: [],
    addresses: IpSet.union(versions.map(({ judged }) => judged.addresses)),
    entryPoints: [],
  };
}
