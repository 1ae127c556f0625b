/** The entities that rules of Cilium's kinds can name. */
export const ENTITY_NAMES = [
  'all',
  'world',
  'cluster',
  'host',
  'remote-node',
  'kube-apiserver',
  'init',
  'ingress',
  'health',
  'unmanaged',
  'none',
] as const;

/** A name that Cilium has for peers by what they are. */
export type CiliumEntity = (typeof ENTITY_NAMES)[number];
