import type { EntityPeer } from '../model/policy-rules';

/** What Cilium knows by its name. */
interface KnownEntity {
  /** What rules call those whom it means; nothing where it is not known whom. */
  readonly means: readonly EntityPeer['entity'][];
  /** Whether Cilium has a label of the name, with the source `reserved`. */
  readonly isReserved: boolean;
}

const reserved = (entity: EntityPeer['entity']): KnownEntity => ({ means: [entity], isReserved: true });

/**
 * The entities of rules.
 *
 * @see cilium v1.19.5, pkg/policy/api/entity.go
 */
export const ENTITIES: ReadonlyMap<string, KnownEntity> = new Map<string, KnownEntity>([
  ['all', { means: ['all'], isReserved: false }],
  ['world', reserved('world')],
  ['world-ipv4', { means: [], isReserved: false }],
  ['world-ipv6', { means: [], isReserved: false }],
  // The API server is one of the cluster's wherever it runs.
  ['cluster', { means: ['cluster', 'kube-apiserver'], isReserved: false }],
  ['host', reserved('host')],
  ['remote-node', reserved('remote-node')],
  ['kube-apiserver', reserved('kube-apiserver')],
  ['init', reserved('init')],
  ['ingress', reserved('ingress')],
  ['health', reserved('health')],
  ['unmanaged', { means: [], isReserved: false }],
  ['none', { means: ['none'], isReserved: false }],
]);
