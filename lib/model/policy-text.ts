import { isBlankSelector, type LabelSelector } from './label-selector';
import type { NetworkPolicyPeer, NetworkPolicyPort } from './network-policy';
import { requirementsOf } from './selector-match';

/** `app=web, tier in (a, b), kind notin (c, d), !old`: a selector as kubectl takes one; `''` when it matches everything. */
export function describeSelector(selector: LabelSelector, separator = ', '): string {
  return requirementsOf(selector)
    .map(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`;
        case 'NotIn':
          return values.length === 1 ? `${key}!=${values[0]}` : `${key} notin (${values.join(', ')})`;
        case 'Exists':
          return key;
        default:
          return `!${key}`;
      }
    })
    .join(separator);
}

/**
 * `pods with app=web in namespace shop`, `10.0.0.0/8 except 10.1.0.0/16`: a peer as a person says it.
 *
 * @param own the namespace of the policy that holds it
 */
export function describePeer(
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
  own: string,
): string {
  if (ipBlock != null) {
    const except = ipBlock.except ?? [];
    return except.length === 0 ? ipBlock.cidr : `${ipBlock.cidr} except ${except.join(', ')}`;
  }
  const pods = such('pods', 'all pods', podSelector ?? {});
  return namespaceSelector == null
    ? `${pods} in namespace ${own}`
    : `${pods} in ${such('namespaces', 'all namespaces', namespaceSelector)}`;
}

/** `pods with app=web and tier=front`, or the words for all of them. */
export function such(noun: string, all: string, selector: LabelSelector): string {
  return isBlankSelector(selector) ? all : `${noun} with ${describeSelector(selector, ' and ')}`;
}

/** `5432/TCP`, `8000-8100/TCP`, `http/TCP`, `*\/UDP`: an entry of `ports` as kubectl writes it. */
export function describePort({ port = '*', endPort, protocol = 'TCP' }: NetworkPolicyPort): string {
  return `${port}${endPort == null || endPort === port ? '' : `-${endPort}`}/${protocol}`;
}
