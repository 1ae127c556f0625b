import type { Maker } from './cluster';
import { remembered } from './collections';
import { PodSet } from './pod-set';
import { firstWords } from './word-list';

/** The pods of a set that a maker may have made; undefined if there can be none. */
export function madeWithin(set: PodSet, maker: Maker): PodSet | undefined {
  return set.and(madePods(maker));
}

/** The makers of a version, and those of the version before that it no longer has. */
export function uniteMakers(after: readonly Maker[], before: readonly Maker[]): readonly Maker[] {
  const keyOf = ({ kind, namespace, name }: Maker) => JSON.stringify([kind, namespace, name]);
  const known = new Set(after.map(keyOf));
  return [...after, ...before.filter((maker) => !known.has(keyOf(maker)))];
}

const madePods = remembered(
  ({ podNamespace, podLabels }: Maker) =>
    PodSet.of({ namespaces: podNamespace ?? {}, pods: { matchLabels: podLabels } }) as PodSet,
);

/**
 * `Prometheus main, HelmRelease flux-system/web`: the first makers. The API and JSON list all.
 *
 * @param home the namespace that is not shown
 */
export function nameMakers(makers: readonly Maker[], home?: string): string {
  return firstWords(
    makers.map(({ kind, namespace, name }) => `${kind} ${namespace === home ? '' : `${namespace}/`}${name}`),
  );
}

export function describeMakers(makers: readonly Maker[]): string {
  return `the pods of ${nameMakers(makers)}; no manifest declares them`;
}
