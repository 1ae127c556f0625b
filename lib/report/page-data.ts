import type { Cluster } from '../model/cluster';
import type { EngineProfile } from '../model/engine-profile';
import type { Report } from './report-content';

/** What the page's own code gets: everything that a verdict can depend on, as plain values. */
export interface PageData {
  readonly cluster: Cluster;
  readonly profile: EngineProfile;
  readonly knownOnly: boolean;
  /** Whether all of it could be read. */
  readonly isComplete: boolean;
  /** Whether pods ask LocalDNS for names. */
  readonly localDns: boolean;
}

/** The element that holds it. */
export const DATA_ID = 'netpol-data';

export function pageData({ reachability, lint, localDns }: Report): PageData {
  const { judged, knownOnly } = reachability;
  const isComplete = lint.problems.length === 0;
  return { cluster: judged.cluster, profile: judged.world.engine.profile, knownOnly, isComplete, localDns };
}
