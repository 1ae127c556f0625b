import type { Maker } from './cluster';
import { remembered } from './collections';
import { PodSet } from './pod-set';
import { firstWords } from './word-list';

/** The pods of a set that may come of an object from which somebody makes pods; undefined where none may. */
export function madeWithin(set: PodSet, maker: Maker): PodSet | undefined {
  return set.and(madePods(maker));
}

/** Those of a version, and of the one before it what it has no more. */
export function uniteMakers(after: readonly Maker[], before: readonly Maker[]): readonly Maker[] {
  const nameOf = ({ kind, namespace, name }: Maker) => `${kind} ${namespace}/${name}`;
  const known = new Set(after.map(nameOf));
  return [...after, ...before.filter((maker) => !known.has(nameOf(maker)))];
}

/** At the most those with these labels. */
const madePods = remembered(
  ({ podNamespace, podLabels }: Maker) =>
    PodSet.of({ namespaces: podNamespace ?? {}, pods: { matchLabels: podLabels } }) as PodSet,
);

/**
 * `Prometheus main, HelmRelease flux-system/web`: the first makers as a person names them; the API and JSON have all.
 *
 * @param home the namespace that need not be said
 */
export function nameMakers(makers: readonly Maker[], home?: string): string {
  return firstWords(
    makers.map(({ kind, namespace, name }) => `${kind} ${namespace === home ? '' : `${namespace}/`}${name}`),
  );
}

/** What a person should know of makers. */
export function describeMakers(makers: readonly Maker[]): string {
  return `the pods of ${nameMakers(makers)}; no manifest tells of them`;
}
