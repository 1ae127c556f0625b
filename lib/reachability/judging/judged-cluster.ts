import type { Cluster } from '../../model/cluster';
import type { IpSet } from '../../model/ip-set';
import type { JudgedPolicy } from '../reading/judged-policy';
import type { Groupings } from './groups';
import type { NamedHosts } from './named-hosts';
import type { PossibleGroups } from './possible-groups';
import type { World } from './world';

/**
 * The inside of a judgement, for rooms that compare or explain judgements. Versions of one cluster may share a world.
 */
export interface JudgedCluster {
  readonly world: World;
  /** Also policies that are not judged, and unreadable objects that may be policies. */
  readonly policies: readonly JudgedPolicy[];
  readonly groupings: Groupings;
  readonly names: NamedHosts;
  /** The addresses that answers tell of. */
  readonly addresses: IpSet;
  /** The groups of possible pods; left out if only known pods count. */
  readonly possible?: PossibleGroups;
  /** Workloads, nodes and what could not be read; its policies may be those of another version. */
  readonly cluster: Cluster;
}
