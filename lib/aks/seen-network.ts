import { readCidr } from '../model/cidr';
import { qualifiedName } from '../model/cluster';
import type { AksClusterProfile } from './cluster-profile';
import { aksDocs, type FactSource } from './fact-source';
import type { SeenCluster, SeenDaemonSet, SeenNode } from './seen-cluster';

/**
 * AKS's labels about the network of a node.
 *
 * @see Azure/karpenter-provider-azure, pkg/providers/labels/labels.go, read 2026-11-28
 */
export const NETWORK_LABELS = {
  dataPlane: 'kubernetes.azure.com/ebpf-dataplane',
  podNetwork: 'kubernetes.azure.com/podnetwork-type',
  localDns: 'kubernetes.azure.com/localdns-state',
} as const;

/** The DaemonSet of kube-proxy, whose command line contains its mode and the range of pod addresses. */
export const KUBE_PROXY = {
  namespace: 'kube-system',
  name: 'kube-proxy',
  modes: { iptables: 'iptables', ipvs: 'IPVS', nftables: 'nftables' } as Readonly<Record<string, string>>,
  sources: [
    aksDocs('configure-kube-proxy.md', '2026-11-28'),
    { from: 'Azure/azure-container-networking#1612', read: '2026-11-28' },
  ] as readonly FactSource[],
};

/** A value that the cluster shows, or why it does not. */
export interface SeenValue<T> {
  readonly is?: T;
  readonly from: string;
}

/** For what the cluster does not show. */
export const OUTSIDE = 'only az aks show tells';

/** What the objects of a cluster show of its network. */
export interface SeenNetwork {
  readonly dataPlane: SeenValue<AksClusterProfile['dataPlane']>;
  readonly networkPlugin: SeenValue<AksClusterProfile['networkPlugin']>;
  readonly networkPluginMode: SeenValue<AksClusterProfile['networkPluginMode']>;
  readonly localDns: SeenValue<boolean>;
  readonly podCidrs: SeenValue<readonly string[]>;
  readonly serviceCidrs: SeenValue<readonly string[]>;
  readonly kubeProxy: SeenValue<string>;
}

export function networkSeen(seen: SeenCluster): SeenNetwork {
  const { nodes = [], serviceCidrs = [] } = seen;
  const { dataPlane, podNetwork, localDns } = NETWORK_LABELS;
  const planes = labelsOf(
    nodes.filter(({ os }) => os !== 'windows'),
    dataPlane,
  );
  const networks = labelsOf(nodes, podNetwork);
  const [network] = networks;
  const isOne = networks.size === 1 && network !== undefined;
  const states = labelsOf(nodes, localDns);
  return {
    dataPlane: planes.size === 1 && planes.has('cilium') ? byLabel('cilium', dataPlane) : { from: OUTSIDE },
    networkPlugin: isOne ? byLabel('azure', podNetwork) : { from: OUTSIDE },
    networkPluginMode: isOne
      ? byLabel(network === 'overlay' ? 'overlay' : 'none', podNetwork)
      : { from: OUTSIDE },
    localDns: states.has('enabled')
      ? byLabel(true, localDns)
      : states.size === 1 && states.has('disabled')
        ? byLabel(false, localDns)
        : { from: OUTSIDE },
    podCidrs: podCidrsOf(seen),
    serviceCidrs:
      serviceCidrs.length > 0 ? { is: serviceCidrs, from: 'ServiceCIDR objects' } : { from: OUTSIDE },
    kubeProxy: kubeProxyOf(seen),
  };
}

/** The values of a label on nodes, with `undefined` for a node without it. */
function labelsOf(nodes: readonly SeenNode[], label: string): ReadonlySet<string | undefined> {
  return new Set(nodes.map(({ network = {} }) => network[label]));
}

function byLabel<T>(is: T, label: string): SeenValue<T> {
  return { is, from: `the nodes’ label ${label}` };
}

function podCidrsOf({ daemonSets, nodes = [] }: SeenCluster): SeenValue<readonly string[]> {
  const ranges = (optionOf(kubeProxyIn(daemonSets), 'cluster-cidr') ?? '').split(',').filter(isCidr);
  if (ranges.length > 0) {
    return { is: ranges, from: `DaemonSet ${PROXY_NAME}, --cluster-cidr` };
  }
  const [first, ...others] = [...new Set(nodes.flatMap(({ podCidrs }) => podCidrs))].sort();
  return first === undefined
    ? { from: OUTSIDE }
    : {
        from: `${OUTSIDE}; the nodes have ${others.length === 0 ? 'a range' : `${others.length + 1} ranges`} of it, from ${first}`,
      };
}

const isCidr = (text: string) => readCidr(text) !== undefined;

const PROXY_NAME = qualifiedName(KUBE_PROXY);

function kubeProxyIn(daemonSets: SeenCluster['daemonSets']): SeenDaemonSet | undefined {
  return daemonSets?.find(
    ({ namespace, name }) => namespace === KUBE_PROXY.namespace && name === KUBE_PROXY.name,
  );
}

function kubeProxyOf({ daemonSets, hiddenNamespaces = [], nodes = [] }: SeenCluster): SeenValue<string> {
  if (daemonSets === undefined || hiddenNamespaces.includes(KUBE_PROXY.namespace)) {
    return { from: `this account may not list DaemonSets in ${KUBE_PROXY.namespace}` };
  }
  const proxy = kubeProxyIn(daemonSets);
  if (proxy === undefined) {
    return { is: 'none', from: `no DaemonSet ${PROXY_NAME}` };
  }
  // If Cilium replaces kube-proxy, AKS keeps the DaemonSet but schedules it on no node.
  if (proxy.wanted === 0 && nodes.length > 0) {
    return { is: 'none', from: `DaemonSet ${PROXY_NAME} is for no node` };
  }
  const mode = optionOf(proxy, 'proxy-mode');
  if (mode !== undefined) {
    return { is: KUBE_PROXY.modes[mode] ?? mode, from: `DaemonSet ${PROXY_NAME}, --proxy-mode` };
  }
  return optionOf(proxy, 'config') !== undefined
    ? { from: `DaemonSet ${PROXY_NAME} reads its mode from a file` }
    : { is: 'iptables', from: `DaemonSet ${PROXY_NAME} names no mode` };
}

/** The value of `--option=value` or `--option value`. */
function optionOf(daemonSet: SeenDaemonSet | undefined, option: string): string | undefined {
  const words = daemonSet?.words ?? [];
  const joined = words.find((word) => word.startsWith(`--${option}=`));
  if (joined !== undefined) {
    return joined.slice(option.length + 3);
  }
  const at = words.indexOf(`--${option}`);
  return at === -1 ? undefined : words[at + 1];
}
