import type { Cluster } from '../model/cluster';
import type { EngineProfile } from '../model/engine-profile';
import type { Reachability } from '../reachability/reachability';

/** What the page's own code gets: everything that a verdict can depend on, as plain values. */
export interface PageData {
  readonly cluster: Cluster;
  readonly profile: EngineProfile;
  readonly knownOnly: boolean;
  /** Whether pods ask LocalDNS for names. */
  readonly localDns: boolean;
}

/** The element that holds it. */
export const DATA_ID = 'netpol-data';

export function pageData({ judged, knownOnly }: Reachability, localDns: boolean): PageData {
  return { cluster: judged.cluster, profile: judged.world.engine.profile, knownOnly, localDns };
}
