import { isEnforced, missingIn, refusalOn } from '../aks/enforcement';
import { type Cluster, qualifiedName, type UnjudgedPolicy } from '../model/cluster';
import { append, compare } from '../model/collections';
import { defined } from '../model/defined';
import type { EngineProfile } from '../model/engine-profile';
import { nameOfKind } from '../model/object-kinds';
import { PARTS_OF_OTHERS } from '../model/other-policies';
import { firstWords } from '../model/word-list';
import type { ReadManifests } from './read-manifests';

/** Policies for additional pod networks of Multus. */
const OF_OTHER_NETWORKS = 'MultiNetworkPolicy.k8s.cni.cncf.io';

/** Lines about policies that are not judged, and about kinds that could not be listed. */
export function aboutUnjudged(
  { cluster, skipped, ignored, unlisted = [] }: ReadManifests,
  profile: EngineProfile = {},
): readonly string[] {
  const { unjudged = [] } = cluster;
  const others = skipped[OF_OTHER_NETWORKS];
  const ofEffect = new Map<string, UnjudgedPolicy[]>();
  for (const policy of unjudged) {
    const effect = effectOf(policy, profile);
    if (effect !== undefined) {
      append(ofEffect, effect, policy);
    }
  }
  return [
    ...[...ofEffect]
      .sort(([a], [b]) => compare(a, b))
      .flatMap(([effect, some]) => [
        ...byKind(some.filter(({ name }) => name !== undefined)).map(
          (found) => `not judged: ${found}; ${effect}`,
        ),
        ...some
          .filter(({ name }) => name === undefined)
          .map((hidden) => `could not be listed: ${nameOf(hidden)}; if there are any, ${effect}`),
      ]),
    ...Object.entries(ignored).map(([name, count]) => `left out as asked: ${count} ${name}`),
    ...(others === undefined
      ? []
      : [
          `not judged: ${others} ${OF_OTHER_NETWORKS}; they are for additional pod networks, which no answer covers`,
        ]),
    ...unlistedLine(unlisted.filter(isPart), 'a policy that refers to one is not judged'),
    ...unlistedLine(
      unlisted.filter((each) => !isPart(each)),
      'rules do not know who calls pods through them',
    ),
  ];
}

/** What a policy that is not judged does to verdicts; undefined for one that is. */
function effectOf(policy: UnjudgedPolicy, profile: EngineProfile): string | undefined {
  const state = isEnforced(policy, profile);
  const refusal = refusalOn(policy, profile);
  if (state === 'yes') {
    return undefined;
  }
  if (state === 'no') {
    return refusal === undefined
      ? `the engine ${profile.engine} does not enforce them, so they change nothing`
      : 'Cilium refuses them, so they change nothing';
  }
  const missing = missingIn(policy, profile);
  const unknown = 'a verdict that they could change is unknown';
  if (policy.invalid !== undefined) {
    return `their status says that Cilium does not enforce them, but it may be older than what they say now, so ${unknown}`;
  }
  if (missing !== undefined) {
    return `${unknown} until the profile tells ${missing}`;
  }
  return refusal === undefined ? unknown : `${unknown}, because Cilium may refuse them`;
}

/** Whether policies refer to the objects of a kind. */
function isPart(kindName: string): boolean {
  return PARTS_OF_OTHERS.some(({ kind, apiVersions }) => nameOfKind(kind, apiVersions[0]) === kindName);
}

function unlistedLine(kinds: readonly string[], says: string): readonly string[] {
  return kinds.length === 0 ? [] : [`could not be listed: ${kinds.join(', ')}; ${says}`];
}

/**
 * Lines about policies of kinds that constructs do not write, which a verb ignores.
 *
 * @param how they are ignored: `not imported`
 */
export function aboutLeftAlone({ unjudged = [] }: Pick<Cluster, 'unjudged'>, how: string): readonly string[] {
  const others = unjudged.filter(({ written }) => written === undefined);
  return byKind(others).map((found) => `${how}: ${found}`);
}

/** `2 CiliumNetworkPolicy.cilium.io (shop/db, shop/web)`: a text for each kind. */
function byKind(policies: readonly UnjudgedPolicy[]): string[] {
  return [...new Set(policies.map(nameOf))].map((kind) => {
    const names = policies
      .filter((each) => nameOf(each) === kind)
      .map(({ namespace, name = '' }) => qualifiedName({ ...defined({ namespace }), name }));
    return `${names.length} ${kind} (${firstWords(names)})`;
  });
}

function nameOf({ kind, group }: UnjudgedPolicy): string {
  return `${kind}.${group}`;
}
