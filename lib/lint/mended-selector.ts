import type { LabelSelector } from '../model/label-selector';

/**
 * A selector of which one requirement is about another key or other values; all of them stay where they are written.
 *
 * @param place of the requirement among those that `requirementsOf` lists
 */
export function withRequirement(
  { matchLabels, matchExpressions }: LabelSelector,
  place: number,
  { key, values }: { readonly key: string; readonly values: readonly string[] },
): LabelSelector {
  const labels = Object.entries(matchLabels ?? {});
  const mended = labels.map(([name, value], i) => (i === place ? [key, values[0]] : [name, value]));
  return {
    ...(matchLabels === undefined ? {} : { matchLabels: Object.fromEntries(mended) }),
    ...(matchExpressions === undefined
      ? {}
      : {
          matchExpressions: matchExpressions.map((each, i) =>
            labels.length + i === place ? { ...each, key, values } : each,
          ),
        }),
  };
}
