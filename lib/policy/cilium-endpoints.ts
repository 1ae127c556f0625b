import type { LabelSelector, LabelSelectorRequirement } from '../model/label-selector';
import { isLabelKey, type Labels, NAMESPACE_NAME_LABEL } from '../model/labels';
import { placeOf, type Spot } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';

/** What stands before labels that Kubernetes gives, so that they cannot be taken for Cilium's own. */
const SOURCE = 'k8s:';
/** The label of a pod that is the name of its namespace. */
const NAMESPACE = 'io.kubernetes.pod.namespace';
/** What stands before the labels of a pod's namespace. */
const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';

const HAS_NAMESPACE: LabelSelectorRequirement = { key: `${SOURCE}${NAMESPACE}`, operator: 'Exists' };

/**
 * A selector of Cilium's for pods.
 *
 * A selector that says nothing of namespaces means the policy's own, and one that says only what a namespace is not means
 * nodes and addresses, too. So each one says that there is a namespace, unless it says which.
 *
 * @param namespaces those of the pods; undefined: the policy's own
 * @throws NetworkPolicyError `label-key-reserved`, `label-key-invalid`
 * @see cilium v1.19.5, pkg/k8s/apis/cilium.io/utils, getEndpointSelector
 */
export function endpointSelector(
  pods: LabelSelector,
  namespaces: LabelSelector | undefined,
  at: Spot,
): LabelSelector {
  const own = translated(pods, (key) => podKey(key, at));
  if (namespaces === undefined) {
    return own;
  }
  const theirs = translated(namespaces, (key) => namespaceKey(key, at));
  const { matchExpressions = [] } = theirs;
  const saysWhich =
    theirs.matchLabels !== undefined ||
    matchExpressions.some(({ operator }) => operator === 'In' || operator === 'Exists');
  const labels = { ...theirs.matchLabels, ...own.matchLabels };
  const expressions = [
    ...(saysWhich ? [] : [HAS_NAMESPACE]),
    ...matchExpressions,
    ...(own.matchExpressions ?? []),
  ];
  return selectorOf(labels, expressions);
}

function translated(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  keyOf: (key: string) => string,
): LabelSelector {
  return selectorOf(
    Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [keyOf(key), value])),
    matchExpressions.map((each) => ({ ...each, key: keyOf(each.key) })),
  );
}

function selectorOf(labels: Labels, expressions: readonly LabelSelectorRequirement[]): LabelSelector {
  return {
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}

function podKey(key: string, at: Spot): string {
  if (key === NAMESPACE || key.startsWith('io.cilium.')) {
    throw new NetworkPolicyError({
      code: 'label-key-reserved',
      at: placeOf(at),
      got: show(key),
      problem: 'Cilium keeps labels of its own under this key, and no label of a pod',
      fix: 'select namespaces with Peer.otherNamespaces({ namespaces }), and pods by other labels',
    });
  }
  return checked(key, key, at);
}

function namespaceKey(key: string, at: Spot): string {
  return key === NAMESPACE_NAME_LABEL ? HAS_NAMESPACE.key : checked(`${NAMESPACE_LABELS}${key}`, key, at);
}

/** Cilium checks a key together with what stands before it, joined by a dot. */
function checked(whole: string, key: string, at: Spot): string {
  if (!isLabelKey(`k8s.${whole}`)) {
    throw new NetworkPolicyError({
      code: 'label-key-invalid',
      at: placeOf(at),
      got: show(key),
      problem: `Cilium writes it as ${SOURCE}${whole}, and has at most 63 characters for that without a "/" in it`,
      fix: 'select by a label with a shorter key, or with a DNS name and "/" in front',
    });
  }
  return `${SOURCE}${whole}`;
}
