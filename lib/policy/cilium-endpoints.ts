import {
  IN_ANY_NAMESPACE,
  isCiliumKey,
  joinSelectors,
  KUBERNETES_SOURCE,
  NAMESPACE_KEY,
  namespaceLabelKey,
  withKeys,
} from '../model/cilium-selector';
import type { LabelSelector } from '../model/label-selector';
import { placeOf, type Spot } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';

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
  const own = withKeys(pods, (key) => podKey(key, at));
  if (namespaces === undefined) {
    return own;
  }
  const theirs = withKeys(namespaces, (key) => namespaceKey(key, at));
  const { matchExpressions = [] } = theirs;
  const saysWhich =
    theirs.matchLabels !== undefined ||
    matchExpressions.some(({ operator }) => operator === 'In' || operator === 'Exists');
  const place = saysWhich ? theirs : joinSelectors({ matchExpressions: [IN_ANY_NAMESPACE] }, theirs);
  return joinSelectors(place, own);
}

function podKey(key: string, at: Spot): string {
  if (key === NAMESPACE_KEY || key.startsWith('io.cilium.')) {
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
  return checked(namespaceLabelKey(key).slice(KUBERNETES_SOURCE.length), key, at);
}

function checked(whole: string, key: string, at: Spot): string {
  const written = `${KUBERNETES_SOURCE}${whole}`;
  if (!isCiliumKey(written)) {
    throw new NetworkPolicyError({
      code: 'label-key-invalid',
      at: placeOf(at),
      got: show(key),
      problem: `Cilium writes it as ${written}, and has at most 63 characters for that without a "/" in it`,
      fix: 'select by a label with a shorter key, or with a DNS name and "/" in front',
    });
  }
  return written;
}
