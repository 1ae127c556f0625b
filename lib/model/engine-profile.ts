/**
 * What enforces network policies on a cluster. ARM knows the first four; it shows `none` for the two that
 * somebody installed in the cluster.
 */
export type EngineName = 'none' | 'azure' | 'calico' | 'cilium' | 'byo-calico' | 'byo-cilium';

/** What a verdict needs to know of a cluster's configuration. An AKS cluster profile fits. */
export interface EngineProfile {
  /** Left out: the Kubernetes specification judges, and no engine's own behaviour. */
  readonly engine?: EngineName;
  /** `1.33` or `1.33.4` */
  readonly kubernetesVersion?: string;
  /** The ranges that pod addresses come from. */
  readonly podCidrs?: readonly string[];
  /** The ranges that node addresses come from. */
  readonly nodeCidrs?: readonly string[];
  /** The addresses on which pods reach the API server. */
  readonly apiServerAddresses?: readonly string[];
  /** What Advanced Container Networking Services enforce. */
  readonly acns?: 'None' | 'FQDN' | 'L7';
  /** The ranges that services' own addresses come from. */
  readonly serviceCidrs?: readonly string[];
}
