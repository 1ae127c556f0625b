import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineProfile } from '../../lib/model/engine-profile';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';
import { deployment, policy } from '../support/shop';

/** Judged clusters of two workloads, with policies on one of them. */

export const judged = (objects: readonly object[], profile: EngineProfile = {}) =>
  Reachability.of(readManifests([...objects]).cluster, { profile });

/** A cluster in which the objects of a kind could be listed in some namespaces only. */
export const listedBut = (kind: string, except: readonly string[], objects: readonly object[]) => {
  const problem = {
    code: 'forbidden',
    at: kind,
    got: 'no',
    problem: 'may not be listed',
    fix: 'ask',
  } as const;
  const { cluster } = readManifests([...objects]);
  return Reachability.of({ ...cluster, unreadable: [{ kind, except, problem }] });
};

export const web = deployment('web');
export const db = deployment('db', [5432]);
export const onDb = (spec: NetworkPolicySpec) =>
  policy('db', { podSelector: { matchLabels: { app: 'db' } }, ...spec });
export const fromWeb = { from: [{ podSelector: { matchLabels: { app: 'web' } } }] };
export const port = (number: number, endPort = number) => ({ ports: [{ port: number, endPort }] });
