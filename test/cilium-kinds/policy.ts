/** About the pods of the database. */
export const db = { endpointSelector: { matchLabels: { app: 'db' } } };

/** In namespace `shop` where it stands in one. */
export const policy = (spec: object, kind: 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy') => ({
  apiVersion: 'cilium.io/v2',
  kind,
  metadata: { name: 'a', ...(kind === 'CiliumNetworkPolicy' ? { namespace: 'shop' } : {}) },
  spec,
});
