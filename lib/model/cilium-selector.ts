import type { LabelSelector, LabelSelectorRequirement } from './label-selector';
import { isLabelKey, type Labels, NAMESPACE_NAME_LABEL } from './labels';

/** How Cilium writes which pods are meant: one selector has the labels of pods and of their namespaces. */

/** What stands before the key of a label that Kubernetes gives, so that it cannot be taken for one of Cilium's own. */
export const KUBERNETES_SOURCE = 'k8s:';

/** The key of the label that is the name of a pod's namespace. */
export const NAMESPACE_KEY = 'io.kubernetes.pod.namespace';

/** What stands before the keys of the labels of a pod's namespace. */
export const NAMESPACE_LABEL_PREFIX = 'io.cilium.k8s.namespace.labels.';

/** That a pod is in a namespace, as every pod is. */
export const IN_ANY_NAMESPACE: LabelSelectorRequirement = {
  key: `${KUBERNETES_SOURCE}${NAMESPACE_KEY}`,
  operator: 'Exists',
};

/** The key of a label of a namespace, with its source. */
export function namespaceLabelKey(key: string): string {
  return `${KUBERNETES_SOURCE}${key === NAMESPACE_NAME_LABEL ? NAMESPACE_KEY : `${NAMESPACE_LABEL_PREFIX}${key}`}`;
}

/** Whether Cilium takes a key with its source, which it checks together, joined by a dot. */
export function isCiliumKey(key: string): boolean {
  return isLabelKey(key.replace(':', '.'));
}

/** The same selector with other keys. */
export function withKeys(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  keyOf: (key: string) => string,
): LabelSelector {
  return selectorWith(
    Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [keyOf(key), value])),
    matchExpressions.map(({ key, operator, values = [] }) => ({
      key: keyOf(key),
      operator,
      ...(values.length === 0 ? {} : { values }),
    })),
  );
}

/** All that both ask for. */
export function joinSelectors(a: LabelSelector, b: LabelSelector): LabelSelector {
  return selectorWith({ ...a.matchLabels, ...b.matchLabels }, [
    ...(a.matchExpressions ?? []),
    ...(b.matchExpressions ?? []),
  ]);
}

/** A selector without empty fields. */
function selectorWith(
  matchLabels: Labels,
  matchExpressions: readonly LabelSelectorRequirement[],
): LabelSelector {
  return {
    ...(Object.keys(matchLabels).length === 0 ? {} : { matchLabels }),
    ...(matchExpressions.length === 0 ? {} : { matchExpressions }),
  };
}
