import { BlockList } from 'node:net';
import type { Labels, ReferenceEnd, Selector } from './reference-types';

export function prefixed({ matchLabels = {}, matchExpressions = [] }: Selector, prefix: string): Selector {
  return {
    matchLabels: Object.fromEntries(
      Object.entries(matchLabels).map(([key, value]) => [`${prefix}${key}`, value]),
    ),
    matchExpressions: matchExpressions.map((each) => ({ ...each, key: `${prefix}${each.key}` })),
  };
}

/** What a selector of other ends means where it names no namespace. */
export function inNamespace(selector: Selector, namespace: string | undefined): Selector {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  const plain = keys.map((key) => key.replace(/^(k8s|any):/, ''));
  const isNamed =
    keys.some((key) => key.startsWith('reserved:')) || plain.includes('io.kubernetes.pod.namespace');
  if (isNamed) {
    return selector;
  }
  const key = 'k8s:io.kubernetes.pod.namespace';
  if (namespace === undefined) {
    return { matchLabels, matchExpressions: [...matchExpressions, { key, operator: 'Exists' }] };
  }
  return plain.some((each) => each.startsWith('io.cilium.k8s.namespace.labels.'))
    ? selector
    : { matchLabels: { ...matchLabels, [key]: namespace }, matchExpressions };
}

export function meetsOne(
  { operator, values = [] }: { readonly operator: string; readonly values?: readonly string[] },
  value: string | undefined,
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    default:
      return (value !== undefined) === (operator === 'Exists');
  }
}

/** A key with a source is none that a service can have, and then every service is meant. */
export function isServiceSelected(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Labels,
): boolean {
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  return (
    keys.some((key) => key.includes(':')) ||
    (Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
      matchExpressions.every((each) => meetsOne(each, labels[each.key])))
  );
}

export function isEntity(entity: string, peer: ReferenceEnd): boolean {
  switch (entity) {
    case 'all':
      return true;
    case 'world':
      return 'address' in peer;
    case 'cluster':
      return !('address' in peer) || peer.isApiServer === true;
    case 'host':
      return 'node' in peer && peer.node === 'own';
    case 'remote-node':
      return 'node' in peer && peer.node === 'other';
    case 'kube-apiserver':
      return 'address' in peer && peer.isApiServer === true;
    default:
      return false;
  }
}

/** A block holds no pod and no node. */
export function isOutsideIn(peer: ReferenceEnd, cidr: string): boolean {
  return 'address' in peer && isIn(peer.address, cidr);
}

export function isIn(address: string, cidr: string): boolean {
  const [network = '', length] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(length));
  return list.check(address);
}
