import { type LivePart, readLive } from '../manifests/read-live';
import type { ReadManifests } from '../manifests/read-manifests';
import type { PolicyEntry } from '../model/cluster';
import type { ManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';
import type { Kubectl } from './kubectl';

/** The kinds that judgements need, and where the API server lists them. */
const LISTS: readonly (readonly [kind: string, apiVersion: string, plural: string])[] = [
  ['Namespace', 'v1', 'namespaces'],
  ['Node', 'v1', 'nodes'],
  ['NetworkPolicy', 'networking.k8s.io/v1', 'networkpolicies'],
  ['Deployment', 'apps/v1', 'deployments'],
  ['StatefulSet', 'apps/v1', 'statefulsets'],
  ['DaemonSet', 'apps/v1', 'daemonsets'],
  ['ReplicaSet', 'apps/v1', 'replicasets'],
  ['Job', 'batch/v1', 'jobs'],
  ['CronJob', 'batch/v1', 'cronjobs'],
  ['Service', 'v1', 'services'],
  ['Ingress', 'networking.k8s.io/v1', 'ingresses'],
  // The controllers come first, so that pods are grouped as they arrive.
  ['Pod', 'v1', 'pods'],
];

/** Told the kind and how many objects of it have come. */
export type Progress = (kind: string, count: number) => void;

/**
 * Everything in a cluster that judgements need. A kind that may not be listed is a problem and stands among the
 * unreadable: what depends on it is unknown.
 *
 * @throws NetworkPolicyError when the cluster cannot be talked to at all
 */
export function readLiveCluster(kubectl: Kubectl, progress?: Progress): Promise<ReadManifests> {
  return readLive(partsOf(kubectl, LISTS, progress));
}

/**
 * The policies of a cluster and nothing else.
 *
 * @throws NetworkPolicyError when the cluster cannot be talked to at all
 */
export async function readLivePolicies(kubectl: Kubectl): Promise<readonly PolicyEntry[]> {
  const lists = LISTS.filter(([kind]) => kind === 'NetworkPolicy');
  const { cluster } = await readLive(partsOf(kubectl, lists));
  return cluster.policies;
}

async function* partsOf(
  kubectl: Kubectl,
  lists: typeof LISTS,
  progress: Progress = () => {},
): AsyncGenerator<LivePart> {
  for (const [kind, apiVersion, plural] of lists) {
    let count = 0;
    try {
      const group = apiVersion.includes('/') ? 'apis' : 'api';
      for await (const objects of kubectl.objects(`/${group}/${apiVersion}/${plural}`)) {
        count += objects.length;
        progress(kind, count);
        yield { kind, apiVersion, objects };
      }
    } catch (error) {
      if (!(error instanceof NetworkPolicyError) || error.code !== 'forbidden') {
        throw error;
      }
      yield { kind, problem: withoutPlace(error, kind) };
    }
  }
}

function withoutPlace({ code, got, problem, fix }: NetworkPolicyError, kind: string): ManifestProblem {
  return { code, at: `listing ${kind} objects`, got, problem, fix, source: {} };
}
