import type { Cluster } from '../../model/cluster';
import type { IpSet } from '../../model/ip-set';
import type { JudgedPolicy } from '../reading/judged-policy';
import type { Groupings } from './groups';
import type { PossibleGroups } from './possible-groups';
import type { World } from './world';

/** A judged cluster from the inside, for rooms that compare two of them. Versions of one may share a world. */
export interface JudgedCluster {
  readonly world: World;
  /** The policies, and what is unreadable and may be one. */
  readonly policies: readonly JudgedPolicy[];
  readonly groupings: Groupings;
  /** The addresses worth telling. */
  readonly addresses: IpSet;
  /** The policies about pods that no manifest tells of; left out where only known pods count. */
  readonly possible?: PossibleGroups;
  /** Workloads, nodes and what could not be read; its policies may be those of another version. */
  readonly cluster: Cluster;
}
