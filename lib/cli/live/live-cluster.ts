import { CALLER_KINDS } from '../../manifests/caller-kinds';
import { KINDS } from '../../manifests/kinds';
import { type LivePart, readLive } from '../../manifests/read-live';
import type { ReadManifests } from '../../manifests/read-manifests';
import { defined, filled } from '../../model/defined';
import type { ManifestProblem } from '../../model/manifest-problem';
import { CONTROLLER_KINDS, type InstalledKind, nameOfKind } from '../../model/object-kinds';
import { OTHER_POLICIES, otherPolicyOf, PARTS_OF_OTHERS } from '../../model/other-policies';
import { CILIUM_KINDS, POLICY_KIND_NAMES } from '../../model/policy-kinds';
import { NetworkPolicyError, type ProblemCode } from '../../model/problem';
import { type ManagedPolicy, managedPoliciesIn } from '../../plan/any-policy';
import { NO_CLUSTER } from '../exit-code';
import type { Kubectl } from './kubectl';
import { answerUnreadable, type ObjectList } from './object-list';

/** The kinds that tell which pods a policy selects. */
export const KINDS_OF_SELECTION: readonly string[] = [...POLICY_KIND_NAMES, ...CONTROLLER_KINDS, 'Pod'];

/** What of a cluster is read. */
export interface LiveScope {
  /**
   * Only these kinds of Kubernetes itself, and of Cilium's policies.
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
   * Whether to read what tells who calls pods, too, for rules.
   *
   * @default false
   */
  readonly withCallers?: boolean;
  /**
   * The namespaces where a kind is listed that may not be listed everywhere; what is elsewhere stays unreadable.
   *
   * @default none
   */
  readonly orIn?: readonly string[];
  /** Kinds of policies to leave out although they are not judged. @default none */
  readonly ignoredKinds?: readonly string[];
}

/** Told the kind and how many objects of it have come. */
export type Progress = (kind: string, count: number) => void;

/**
 * Everything in a cluster that judgements need. A kind that may not be listed is a problem and stands among the
 * unreadable: what depends on it is unknown.
 *
 * @throws NetworkPolicyError when the cluster cannot be talked to at all
 */
export async function readLiveCluster(
  kubectl: Kubectl,
  progress?: Progress,
  scope: LiveScope = {},
): Promise<ReadManifests> {
  return await readLive(partsOf(kubectl, scope, progress), isWhole(scope), scope.ignoredKinds);
}

/** Whether every pod is asked for. */
function isWhole({ kinds, namespace }: LiveScope): boolean {
  return kinds === undefined && namespace === undefined;
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
): Promise<readonly ManagedPolicy[]> {
  const { cluster } = await readLiveCluster(kubectl, undefined, { kinds: POLICY_KIND_NAMES, orIn });
  return managedPoliciesIn(cluster);
}

/** How many lists are asked for at once: kubectl takes most of its time to start and to sign in. */
const AT_ONCE = 4;

async function* partsOf(
  kubectl: Kubectl,
  scope: LiveScope,
  progress: Progress = () => {},
): AsyncGenerator<LivePart> {
  const { kinds, namespace, orIn = [], withCallers = false } = scope;
  const needed = [...KINDS]
    .map(([kind, how]) => ({ kind, ...how }))
    .filter(
      ({ kind, isNamespaced }) =>
        (kinds === undefined || kinds.includes(kind)) && (namespace === undefined || isNamespaced),
    );
  const others: readonly InstalledKind[] = isWhole(scope)
    ? [
        ...OTHER_POLICIES,
        ...PARTS_OF_OTHERS.filter(({ syntax }) => syntax === 'cilium'),
        ...(withCallers ? CALLER_KINDS : []),
      ]
    : CILIUM_KINDS.filter(
        ({ kind, isNamespaced }) =>
          kinds?.includes(kind) === true && (namespace === undefined || isNamespaced),
      );
  const installed = others.length === 0 ? [] : await servedLists(kubectl, others);
  const lists: readonly ObjectList[] = [...needed, ...installed.map(([first]) => first)];
  const listings = lists.map((list) => new Listing(kubectl, { ...list, ...defined({ namespace }) }));
  try {
    for (const [i, list] of lists.entries()) {
      // The first request is alone, so that whoever has to sign in does it once.
      for (const next of listings.slice(i, i + (i === 0 && !isWhole(scope) ? 1 : AT_ONCE))) {
        next.start();
      }
      const parts = partsOfOne(listings[i] as Listing, list, progress);
      const known = needed[i];
      if (known === undefined) {
        const [, ...later] = installed[i - needed.length] as ServedLists;
        const listed = (other: ObjectList) => partsOfOne(new Listing(kubectl, other), other, progress);
        yield* partsIfAny(parts, list, later, isInNamespaces(list) ? orIn : [], listed);
      } else {
        const inPlace = (place: string) =>
          partsOfOne(new Listing(kubectl, { ...list, namespace: place }), list, progress);
        yield* partsOfNeeded(parts, list.kind, known.isNamespaced ? orIn : [], inPlace);
      }
    }
  } finally {
    // Where one has failed, others still run, and would wait for somebody who reads them.
    for (const listing of listings) {
      listing.end();
    }
  }
}

/** The list of a kind in each version of its group that a cluster serves: which of them has the kind, the group does not say. */
type ServedLists = readonly [ObjectList, ...ObjectList[]];

/** The kinds that the cluster may have. */
async function servedLists(kubectl: Kubectl, kinds: readonly InstalledKind[]): Promise<ServedLists[]> {
  const served = await servedVersions(kubectl);
  return kinds.flatMap(({ kind, apiVersions, plural }) => {
    const [first, ...others] = apiVersions
      .filter((each) => served.has(each))
      .map((apiVersion): ObjectList => ({ kind, apiVersion, plural }));
    return first === undefined ? [] : [[first, ...others] as const];
  });
}

/** @throws NetworkPolicyError `answer-unreadable` */
async function servedVersions(kubectl: Kubectl): Promise<ReadonlySet<unknown>> {
  const answer = await kubectl.get('/apis');
  const groups: unknown = answer.kind === 'APIGroupList' ? answer.groups : undefined;
  const versions = listed(groups)?.map((group) => listed((group as { versions?: unknown } | null)?.versions));
  if (versions === undefined || versions.includes(undefined)) {
    throw answerUnreadable('/apis', answer, 'is no APIGroupList');
  }
  return new Set(
    versions.flat().map((version) => (version as { groupVersion?: unknown } | null)?.groupVersion),
  );
}

function listed(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/**
 * What is there of an installed kind: a version that is served may lack it, and another may have it.
 *
 * @param places where it is listed if it may not be listed everywhere
 */
async function* partsIfAny(
  parts: AsyncGenerator<LivePart>,
  list: ObjectList,
  others: readonly ObjectList[],
  places: readonly string[],
  listed: (list: ObjectList) => AsyncGenerator<LivePart>,
): AsyncGenerator<LivePart> {
  try {
    yield* parts;
  } catch (error) {
    const { kind, apiVersion } = list;
    const [next, ...rest] = others;
    if (refusalIn(error) !== 'object-missing') {
      const hidden = otherPolicyOf(kind, apiVersion);
      const known: string[] = [];
      for (const namespace of places) {
        try {
          yield* listed({ ...list, namespace });
          known.push(namespace);
        } catch (again) {
          refusalIn(again);
        }
      }
      yield hidden === undefined
        ? { unlisted: nameOfKind(kind, apiVersion) }
        : { hidden, ...filled({ except: known }) };
    } else if (next !== undefined) {
      yield* partsIfAny(listed(next), next, rest, places, listed);
    }
  }
}

/** With which code the cluster has refused; any other failure is thrown again. */
function refusalIn(error: unknown): ProblemCode {
  if (!(error instanceof NetworkPolicyError) || NO_CLUSTER.includes(error.code)) {
    throw error;
  }
  return error.code;
}

function isInNamespaces({ kind, apiVersion }: ObjectList): boolean {
  return otherPolicyOf(kind, apiVersion)?.isNamespaced === true;
}

/** What is there of a kind, or where it may not be listed everywhere, in some namespaces, and then what is hidden. */
async function* partsOfNeeded(
  parts: AsyncGenerator<LivePart>,
  kind: string,
  places: readonly string[],
  inPlace: (namespace: string) => AsyncGenerator<LivePart>,
): AsyncGenerator<LivePart> {
  try {
    yield* parts;
  } catch (error) {
    const problem = whyHidden(error, kind);
    const known: string[] = [];
    for (const place of places) {
      try {
        yield* inPlace(place);
        known.push(place);
      } catch (again) {
        // That it is not listed everywhere is said once.
        whyHidden(again, kind);
      }
    }
    yield { kind, problem, ...(known.length === 0 ? {} : { except: known }) };
  }
}

/** Why a kind may not be listed; any other failure is thrown again. */
function whyHidden(error: unknown, kind: string): ManifestProblem {
  if (!(error instanceof NetworkPolicyError) || error.code !== 'forbidden') {
    throw error;
  }
  const { code, got, problem, fix } = error;
  return { code, at: `listing ${kind} objects`, got, problem, fix, source: {} };
}

async function* partsOfOne(
  listing: Listing,
  { kind, apiVersion }: ObjectList,
  progress: Progress,
): AsyncGenerator<LivePart> {
  let count = 0;
  for await (const objects of listing.read()) {
    count += objects.length;
    progress(kind, count);
    yield { kind, apiVersion, objects };
  }
}

/** A list that can be asked for before it is read. */
class Listing {
  private readonly over = new AbortController();
  private readonly objects: AsyncGenerator<readonly object[]>;
  private first: Promise<IteratorResult<readonly object[]>> | undefined;

  public constructor(kubectl: Kubectl, list: ObjectList) {
    this.objects = kubectl.objects(list, this.over.signal);
  }

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

  public end(): void {
    this.over.abort();
    void this.objects.return(undefined);
  }
}
