import { type LivePart, readLive } from '../manifests/read-live';
import type { ReadManifests } from '../manifests/read-manifests';
import { CONTROLLER_KINDS, type PolicyEntry } from '../model/cluster';
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

/** The kinds whose objects are in no namespace. */
const CLUSTER_WIDE = ['Namespace', 'Node'];

/** The kinds that tell which pods a policy selects. */
export const KINDS_OF_SELECTION: readonly string[] = ['NetworkPolicy', ...CONTROLLER_KINDS, 'Pod'];

/** What of a cluster is read. */
export interface LiveScope {
  /**
   * Only these kinds.
   *
   * @default every kind that judgements need
   */
  readonly kinds?: readonly string[];
  /**
   * Only what is in this namespace, for which rights in it are enough.
   *
   * @default every namespace, and what is in none
   */
  readonly namespace?: string;
  /**
   * The namespaces where a kind is listed that may not be listed everywhere; what is elsewhere stays unreadable.
   *
   * @default none
   */
  readonly orIn?: readonly string[];
}

/** Told the kind and how many objects of it have come. */
export type Progress = (kind: string, count: number) => void;

/**
 * Everything in a cluster that judgements need. A kind that may not be listed is a problem and stands among the
 * unreadable: what depends on it is unknown.
 *
 * @throws NetworkPolicyError when the cluster cannot be talked to at all
 */
export function readLiveCluster(
  kubectl: Kubectl,
  progress?: Progress,
  scope: LiveScope = {},
): Promise<ReadManifests> {
  return readLive(partsOf(kubectl, scope, progress));
}

/**
 * The policies of a cluster and nothing else.
 *
 * @param orIn as in {@link LiveScope}
 * @throws NetworkPolicyError when the cluster cannot be talked to at all
 */
export async function readLivePolicies(
  kubectl: Kubectl,
  orIn: readonly string[],
): Promise<readonly PolicyEntry[]> {
  const { cluster } = await readLiveCluster(kubectl, undefined, { kinds: ['NetworkPolicy'], orIn });
  return cluster.policies;
}

/** How many lists are asked for at once: kubectl takes most of its time to start and to sign in. */
const AT_ONCE = 4;

async function* partsOf(
  kubectl: Kubectl,
  { kinds, namespace, orIn = [] }: LiveScope,
  progress: Progress = () => {},
): AsyncGenerator<LivePart> {
  const lists = LISTS.filter(
    ([kind]) =>
      (kinds === undefined || kinds.includes(kind)) &&
      (namespace === undefined || !CLUSTER_WIDE.includes(kind)),
  );
  const listingIn = (where: string | undefined, [, apiVersion, plural]: (typeof LISTS)[number]) => {
    const group = apiVersion.includes('/') ? 'apis' : 'api';
    const place = where === undefined ? '' : `namespaces/${where}/`;
    return new Listing(kubectl.objects(`/${group}/${apiVersion}/${place}${plural}`));
  };
  const listings = lists.map((list) => listingIn(namespace, list));
  for (const [i, list] of lists.entries()) {
    const [kind, apiVersion] = list;
    // The first is alone, so that whoever has to sign in does it once.
    for (const next of listings.slice(i, i + (i === 0 ? 1 : AT_ONCE))) {
      next.start();
    }
    for await (const part of partsOfOne(listings[i] as Listing, kind, apiVersion, progress)) {
      yield* 'problem' in part && !CLUSTER_WIDE.includes(kind)
        ? partsInPlaces(
            part,
            orIn.map((place) => [
              place,
              () => partsOfOne(listingIn(place, list), kind, apiVersion, progress),
            ]),
          )
        : [part];
    }
  }
}

/** What is in some namespaces of a kind that may not be listed everywhere, and then where it is hidden. */
async function* partsInPlaces(
  hidden: LivePart,
  places: readonly (readonly [name: string, list: () => AsyncGenerator<LivePart>])[],
): AsyncGenerator<LivePart> {
  const known: string[] = [];
  for (const [name, list] of places) {
    let isHidden = false;
    for await (const part of list()) {
      // That it is not listed everywhere is said once.
      if ('problem' in part) {
        isHidden = true;
      } else {
        yield part;
      }
    }
    if (!isHidden) {
      known.push(name);
    }
  }
  yield known.length === 0 ? hidden : { ...hidden, except: known };
}

async function* partsOfOne(
  listing: Listing,
  kind: string,
  apiVersion: string,
  progress: Progress,
): AsyncGenerator<LivePart> {
  let count = 0;
  try {
    for await (const objects of listing.read()) {
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

/** A list that can be asked for before it is read. */
class Listing {
  private first: Promise<IteratorResult<readonly object[]>> | undefined;

  public constructor(private readonly objects: AsyncGenerator<readonly object[]>) {}

  public start(): void {
    this.first ??= this.objects.next();
    // Its failure is met when it is read.
    this.first.catch(() => {});
  }

  public async *read(): AsyncGenerator<readonly object[]> {
    this.start();
    for (let next = await this.first; next?.done === false; next = await this.objects.next()) {
      yield next.value;
    }
  }
}

function withoutPlace({ code, got, problem, fix }: NetworkPolicyError, kind: string): ManifestProblem {
  return { code, at: `listing ${kind} objects`, got, problem, fix, source: {} };
}
