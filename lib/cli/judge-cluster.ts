import type { AksClusterProfile } from '../aks/cluster-profile';
import { readProfile } from '../aks/read-profile';
import { Reachability } from '../reachability/reachability';
import type { JudgingOptions, KnownOptions } from './judging-options';
import type { Kubectl } from './live/kubectl';
import type { NamespaceOptions } from './namespace';
import { readingFor, readSource } from './read-source';
import type { Terminal } from './terminal';

/** A judged cluster, and whether all of it could be read. */
export interface Judged {
  readonly reachability: Reachability;
  readonly isComplete: boolean;
}

/**
 * Reads manifests or a live cluster and judges them; everything that could not be read is told at once.
 *
 * @param cluster the one that is meant; left out for files
 * @param profile of the cluster. @default the one that the options tell of
 */
export async function judgeCluster(
  paths: readonly string[],
  cluster: Kubectl | undefined,
  options: JudgingOptions & NamespaceOptions & KnownOptions,
  terminal: Terminal,
  profile: AksClusterProfile = readProfile(options),
): Promise<Judged> {
  const reading = readingFor(profile, options);
  const read = await readSource(paths, cluster, terminal, reading);
  const knownOnly = options.knownOnly === true;
  return {
    reachability: Reachability.of(read.cluster, { profile, knownOnly }),
    isComplete: read.problems.length === 0,
  };
}
