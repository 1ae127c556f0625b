/** What an account could see of a cluster; what it may not list is left out. */
export interface SeenCluster {
  /** Left out when it may list none of the namespaces in which agents run. */
  readonly daemonSets?: readonly SeenDaemonSet[];
  /** The namespaces whose DaemonSets it may not list although it may list others'. */
  readonly hiddenNamespaces?: readonly string[];
  readonly nodes?: readonly SeenNode[];
  /** As the API server tells it: `v1.33.2`. */
  readonly version?: string;
  readonly policies?: number;
  /** The ranges of its ServiceCIDR objects, which API servers have from Kubernetes 1.33 on. */
  readonly serviceCidrs?: readonly string[];
}

export interface SeenDaemonSet {
  readonly namespace: string;
  readonly name: string;
  readonly images: readonly string[];
  /** The command lines of its containers, word by word. */
  readonly words?: readonly string[];
  /** How many nodes want a pod of it; left out while nobody has counted them. */
  readonly wanted?: number;
}

export interface SeenNode {
  readonly name: string;
  /** `linux`, `windows`, or `unknown` for a node that does not say. */
  readonly os: string;
  /** The node pool, where AKS's label tells it. */
  readonly pool?: string;
  readonly podCidrs: readonly string[];
  /** The labels by which AKS tells its kubelets of the network. */
  readonly network?: Readonly<Record<string, string>>;
}
