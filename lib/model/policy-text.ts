import { isBlankSelector, type LabelSelector } from './label-selector';
import type { TrafficPeer, TrafficPort } from './policy-rules';
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

/** `pods with app=web in namespace shop`, `10.0.0.0/8 except 10.1.0.0/16`: a peer as a person says it. */
export function describePeer(peer: TrafficPeer): string {
  switch (peer.kind) {
    case 'addresses':
      return peer.except.length === 0 ? peer.cidr : `${peer.cidr} except ${peer.except.join(', ')}`;
    case 'entity':
      return peer.entity === 'cluster' ? 'every pod and node' : 'every address outside the cluster';
    case 'pods':
      return `${such('pods', 'all pods', peer.pods)} in ${describeNamespaces(peer.namespaces)}`;
  }
}

/** `namespace shop`, `namespaces with team=web`, `all namespaces`. */
export function describeNamespaces(namespaces: string | LabelSelector): string {
  return typeof namespaces === 'string'
    ? `namespace ${namespaces}`
    : such('namespaces', 'all namespaces', namespaces);
}

/** `pods with app=web and tier=front`, or the words for all of them. */
export function such(noun: string, all: string, selector: LabelSelector): string {
  return isBlankSelector(selector) ? all : `${noun} with ${describeSelector(selector, ' and ')}`;
}

/** `5432/TCP`, `8000-8100/TCP`, `http/TCP`, `*\/UDP`: an entry of `ports` as kubectl writes it. */
export function describePort({ port = '*', endPort, protocol }: Omit<TrafficPort, 'at'>): string {
  return `${port}${endPort === undefined || endPort === port ? '' : `-${endPort}`}/${protocol}`;
}
