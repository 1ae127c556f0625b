/**
 * What enforces network policies on a cluster. ARM knows the first four; for the other two, which somebody installed in
 * the cluster, it shows `none`.
 */
export type EngineName = 'none' | 'azure' | 'calico' | 'cilium' | 'byo-calico' | 'byo-cilium';

/** The configuration of a cluster that verdicts depend on. `AksClusterProfile` has these fields. */
export interface EngineProfile {
  /** Left out: verdicts follow the Kubernetes specification instead of an engine. */
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
