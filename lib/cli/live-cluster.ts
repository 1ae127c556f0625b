import { type LivePart, readLive } from '../manifests/read-live';
import type { ReadManifests } from '../manifests/read-manifests';
import type { PolicyEntry } from '../model/cluster';
import type { ManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';
import type { Kubectl } from './kubectl';

/** The kinds that judgements need, and where the API server lists them. */
const LISTS: readonly (readonly [kind: string, path: string])[] = [
  ['Namespace', '/api/v1/namespaces'],
  ['Node', '/api/v1/nodes'],
  ['NetworkPolicy', '/apis/networking.k8s.io/v1/networkpolicies'],
  ['Deployment', '/apis/apps/v1/deployments'],
  ['StatefulSet', '/apis/apps/v1/statefulsets'],
  ['DaemonSet', '/apis/apps/v1/daemonsets'],
  ['ReplicaSet', '/apis/apps/v1/replicasets'],
  ['Job', '/apis/batch/v1/jobs'],
  ['CronJob', '/apis/batch/v1/cronjobs'],
  ['Service', '/api/v1/services'],
  ['Ingress', '/apis/networking.k8s.io/v1/ingresses'],
  // The controllers come first, so that pods are grouped as they arrive.
  ['Pod', '/api/v1/pods'],
];

/** Told about each page: the kind and how many objects of it have come. */
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
  for (const [kind, path] of lists) {
    let count = 0;
    try {
      for await (const page of kubectl.pages(path)) {
        count += page.items.length;
        progress(kind, count);
        yield { page };
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
