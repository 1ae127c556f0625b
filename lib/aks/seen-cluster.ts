import type { CiliumKindName } from '../model/other-policies';

/** What an account sees of a cluster; what it may not list is left out. */
export interface SeenCluster {
  /** Left out if it may list DaemonSets in none of the agents' namespaces. */
  readonly daemonSets?: readonly SeenDaemonSet[];
  /** The namespaces whose DaemonSets it may not list. */
  readonly hiddenNamespaces?: readonly string[];
  readonly nodes?: readonly SeenNode[];
  /** The API server's own: `v1.33.2`. */
  readonly version?: string;
  /** How many NetworkPolicies it has. */
  readonly policies?: number;
  /** Its policies of Cilium's own kinds; left out if the account may not list them. */
  readonly ciliumPolicies?: readonly SeenPolicy[];
  /** The ranges of its ServiceCIDR objects, which API servers have from Kubernetes 1.33 on. */
  readonly serviceCidrs?: readonly string[];
}

export interface SeenPolicy {
  readonly kind: CiliumKindName;
  readonly namespace?: string;
  readonly name: string;
  /** What its status says against it. */
  readonly invalid?: string;
}

export interface SeenDaemonSet {
  readonly namespace: string;
  readonly name: string;
  readonly images: readonly string[];
  /** The words of its containers' command lines. */
  readonly words?: readonly string[];
  /** `status.desiredNumberScheduled`; left out before the controller has set it. */
  readonly wanted?: number;
}

export interface SeenNode {
  readonly name: string;
  /** `linux`, `windows`, or `unknown` for a node without the label. */
  readonly os: string;
  /** The node pool, if AKS's label names it. */
  readonly pool?: string;
  readonly podCidrs: readonly string[];
  readonly network?: Readonly<Record<string, string>>;
}
