import { isBlankSelector, type LabelSelector } from './label-selector';
import { NAMESPACE_NAME_LABEL } from './labels';
import { PodSet } from './pod-set';
import type { EntityName, PodSelection, TrafficPeer, TrafficPort } from './policy-rules';
import { requirementsOf } from './selector-match';

/** `app=web, tier in (a, b), kind notin (c, d), !old`: a selector as kubectl reads it; `''` if it matches everything. */
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

/** `pods with app=web in namespace shop`, `10.0.0.0/8 except 10.1.0.0/16` */
export function describePeer(peer: TrafficPeer): string {
  switch (peer.kind) {
    case 'addresses':
      return peer.except.length === 0 ? peer.cidr : `${peer.cidr} except ${peer.except.join(', ')}`;
    case 'entity':
      return ENTITY_WORDS[peer.entity];
    case 'name':
      return peer.name;
    case 'pods': {
      const set = PodSet.of(peer);
      return set?.namespace === undefined ? describePods(peer) : describePodSet(set);
    }
  }
}

const ENTITY_WORDS: Readonly<Record<EntityName, string>> = {
  all: 'everybody',
  cluster: 'every pod and node',
  world: 'every address outside the cluster',
  nodes: 'every node',
  host: "the pod's own node",
  'remote-node': "every node except the pod's own",
  'kube-apiserver': 'the API server',
  init: 'pods that are being created',
  ingress: "Cilium's ingress proxy",
  health: "Cilium's health checks",
  none: 'nobody',
};

/** `any pod`, `any pod of namespace shop`, `pods with app=web in any namespace` */
export function describePods({ namespaces, pods }: PodSelection): string {
  const isAnywhere = typeof namespaces !== 'string' && isBlankSelector(namespaces);
  if (isBlankSelector(pods)) {
    return isAnywhere ? 'any pod' : `any pod of ${describeNamespaces(namespaces)}`;
  }
  return `${nounWith(pods, 'pods')} in ${isAnywhere ? 'any namespace' : describeNamespaces(namespaces)}`;
}

/** The same for a set, which may also require labels of the one namespace it names: `of namespace dev with team=web`. */
export function describePodSet({ namespace, namespaceSelector, podSelector: pods }: PodSet): string {
  if (namespace === undefined || isBlankSelector(namespaceSelector)) {
    return describePods({ namespaces: namespace ?? namespaceSelector, pods });
  }
  return nounWith(namespaceSelector, describePods({ namespaces: namespace, pods }));
}

/** `namespace shop`, `namespaces with team=web`, `namespaces other than dev and test`, `all namespaces`. */
export function describeNamespaces(namespaces: string | LabelSelector): string {
  if (typeof namespaces === 'string') {
    return `namespace ${namespaces}`;
  }
  const requirements = requirementsOf(namespaces);
  const named = requirements.find(({ key }) => key === NAMESPACE_NAME_LABEL);
  if (named?.values === undefined) {
    return nounWith(namespaces, 'namespaces', 'all namespaces');
  }
  const rest = { matchExpressions: requirements.filter((each) => each !== named) };
  const names = named.values.join(' and ');
  if (named.operator === 'In') {
    return nounWith(rest, `namespace${named.values.length === 1 ? '' : 's'} ${names}`);
  }
  return `${nounWith(rest, 'namespaces')} other than ${names}`;
}

/**
 * `pods with app=web and tier=front and without old`
 *
 * @param all for a selector that matches everything
 */
export function nounWith(selector: LabelSelector, noun: string, all = noun): string {
  if (isBlankSelector(selector)) {
    return all;
  }
  const requirements = requirementsOf(selector);
  const having = requirements.filter(({ operator }) => operator !== 'DoesNotExist');
  const lacking = requirements.filter(({ operator }) => operator === 'DoesNotExist').map(({ key }) => key);
  const parts = [
    ...(having.length === 0 ? [] : [`with ${describeSelector({ matchExpressions: having }, ' and ')}`]),
    ...(lacking.length === 0 ? [] : [`without ${lacking.join(' and ')}`]),
  ];
  return `${noun} ${parts.join(' and ')}`;
}

/** `5432/TCP`, `8000-8100/TCP`, `http/TCP`, `*\/UDP`: an entry of `ports` as kubectl writes it. */
export function describePort({ port = '*', endPort, protocol }: Omit<TrafficPort, 'at'>): string {
  return `${port}${endPort === undefined || endPort === port ? '' : `-${endPort}`}/${protocol}`;
}
