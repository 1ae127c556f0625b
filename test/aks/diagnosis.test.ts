import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { type Diagnosis, diagnose } from '../../lib/aks/diagnosis';
import type { SeenCluster, SeenDaemonSet } from '../../lib/aks/seen-cluster';

const agent = (namespace: string, name: string, ...images: string[]): SeenDaemonSet => ({
  namespace,
  name,
  images,
});
const npm = agent('kube-system', 'azure-npm', 'mcr.microsoft.com/containernetworking/azure-npm:v1.6.34');
const calico = agent('calico-system', 'calico-node', 'mcr.microsoft.com/oss/calico/node:v3.30.3');
const cilium = agent('kube-system', 'cilium', 'mcr.microsoft.com/oss/cilium/cilium:v1.17.9@sha256:abc');
const antrea = agent('kube-system', 'antrea-agent', 'antrea/antrea-agent-ubuntu:v2.4.0');
const proxy = agent('kube-system', 'kube-proxy');

const engineRow = ({ rows }: Diagnosis) => rows.find(({ what }) => what === 'Network policy engine');

test.each<{
  why: string;
  seen: SeenCluster;
  outside?: AksClusterProfile;
  engine: string | undefined;
  enforced: string;
  from: string;
}>([
  {
    why: 'Azure NPM by its DaemonSet',
    seen: { daemonSets: [proxy, npm] },
    engine: 'azure',
    enforced: 'yes',
    from: 'DaemonSet kube-system/azure-npm (v1.6.34)',
  },
  {
    why: 'Calico in a namespace of its own',
    seen: { daemonSets: [calico] },
    engine: 'calico',
    enforced: 'yes',
    from: 'DaemonSet calico-system/calico-node (v3.30.3)',
  },
  {
    why: 'Cilium, its version beside a digest',
    seen: { daemonSets: [cilium] },
    engine: 'cilium',
    enforced: 'yes',
    from: 'DaemonSet kube-system/cilium (v1.17.9)',
  },
  {
    why: 'no agent at all',
    seen: { daemonSets: [proxy] },
    engine: 'none',
    enforced: 'no',
    from: 'no DaemonSet kube-system/azure-npm, calico-system/calico-node, kube-system/cilium',
  },
  {
    why: 'an agent of that name in another namespace is none',
    seen: { daemonSets: [agent('shop', 'cilium')] },
    engine: 'none',
    enforced: 'no',
    from: 'no DaemonSet kube-system/azure-npm, calico-system/calico-node, kube-system/cilium',
  },
  {
    why: 'an engine that nothing is known of is not none',
    seen: { daemonSets: [proxy, antrea] },
    engine: undefined,
    enforced: 'unknown',
    from: 'DaemonSet kube-system/antrea-agent enforces policies in its own way',
  },
  {
    why: 'an engine beside agents that nothing is known of is the one that counts',
    seen: { daemonSets: [npm, antrea] },
    engine: 'azure',
    enforced: 'yes',
    from: 'DaemonSet kube-system/azure-npm (v1.6.34)',
  },
  {
    why: 'an agent that nothing is known of tells more than a namespace that is hidden',
    seen: { daemonSets: [antrea], hiddenNamespaces: ['calico-system'] },
    engine: undefined,
    enforced: 'unknown',
    from: 'DaemonSet kube-system/antrea-agent enforces policies in its own way',
  },
  {
    why: 'versions side by side are told once each, in order',
    seen: { daemonSets: [agent('kube-system', 'cilium', 'cilium:v2', 'cilium:v1', 'init:v2')] },
    engine: 'cilium',
    enforced: 'yes',
    from: 'DaemonSet kube-system/cilium (v1, v2)',
  },
  {
    why: 'an image without a tag tells no version',
    seen: { daemonSets: [agent('kube-system', 'cilium', 'registry:5000/cilium')] },
    engine: 'cilium',
    enforced: 'yes',
    from: 'DaemonSet kube-system/cilium',
  },
  {
    why: 'the version is that of the agent, not of its namesake elsewhere',
    seen: { daemonSets: [agent('shop', 'cilium', 'cilium:v9'), cilium] },
    engine: 'cilium',
    enforced: 'yes',
    from: 'DaemonSet kube-system/cilium (v1.17.9)',
  },
  {
    why: 'several engines cannot be told apart',
    seen: { daemonSets: [npm, cilium] },
    engine: undefined,
    enforced: 'unknown',
    from: 'agents of several engines: DaemonSet kube-system/azure-npm (v1.6.34), DaemonSet kube-system/cilium (v1.17.9)',
  },
  {
    why: 'an account that may not look cannot tell, which is not none',
    seen: {},
    engine: undefined,
    enforced: 'unknown',
    from: 'this account may not list DaemonSets in kube-system; one that may tells, or az aks show',
  },
  {
    why: 'an account that may look where the agent runs sees it',
    seen: { daemonSets: [npm], hiddenNamespaces: ['calico-system'] },
    engine: 'azure',
    enforced: 'yes',
    from: 'DaemonSet kube-system/azure-npm (v1.6.34)',
  },
  {
    why: 'an account that may look into some of the namespaces cannot tell what runs in the others',
    seen: { daemonSets: [proxy], hiddenNamespaces: ['calico-system', 'cilium'] },
    engine: undefined,
    enforced: 'unknown',
    from: 'this account may not list DaemonSets in calico-system, cilium; one that may tells, or az aks show',
  },
  {
    why: 'an engine that ARM does not show is the user’s own',
    seen: { daemonSets: [cilium] },
    outside: { engine: 'none' },
    engine: 'byo-cilium',
    enforced: 'yes',
    from: 'az aks show says none; DaemonSet kube-system/cilium (v1.17.9)',
  },
  {
    why: 'Calico that ARM does not show is the user’s own too',
    seen: { daemonSets: [calico] },
    outside: { engine: 'none' },
    engine: 'byo-calico',
    enforced: 'yes',
    from: 'az aks show says none; DaemonSet calico-system/calico-node (v3.30.3)',
  },
  {
    why: 'an engine of a cluster that brings its own CNI is the user’s own',
    seen: { daemonSets: [cilium] },
    outside: { networkPlugin: 'none', dataPlane: 'azure' },
    engine: 'byo-cilium',
    enforced: 'yes',
    from: 'az aks show says that the cluster brings its own CNI; DaemonSet kube-system/cilium (v1.17.9)',
  },
  {
    why: 'a CNI of one’s own may enforce policies with agents that nobody here knows',
    seen: { daemonSets: [proxy] },
    outside: { networkPlugin: 'none' },
    engine: undefined,
    enforced: 'unknown',
    from: 'az aks show says that the cluster brings its own CNI; no DaemonSet kube-system/azure-npm, calico-system/calico-node, kube-system/cilium',
  },
  {
    why: 'which engine a cluster with its own CNI is told to have counts, whatever is seen',
    seen: { daemonSets: [calico] },
    outside: { engine: 'byo-cilium', networkPlugin: 'none' },
    engine: 'byo-cilium',
    enforced: 'yes',
    from: 'az aks show says byo-cilium; DaemonSet calico-system/calico-node (v3.30.3)',
  },
  {
    why: 'what ARM shows counts where nothing is seen',
    seen: {},
    outside: { engine: 'azure' },
    engine: 'azure',
    enforced: 'yes',
    from: 'az aks show says azure; this account may not list DaemonSets in kube-system; one that may tells, or az aks show',
  },
])('$why', ({ seen, outside, engine, enforced, from }) => {
  const diagnosis = diagnose(seen, outside);
  expect(diagnosis.profile.engine).toBe(engine);
  expect(diagnosis.enforced).toBe(enforced);
  expect(engineRow(diagnosis)?.from).toBe(from);
});

const poolNode = (name: string, os: string, pool?: string) => ({
  name,
  os,
  podCidrs: [],
  ...(pool === undefined ? {} : { pool }),
});

test('nodes tell Windows pools and the version is the API server’s', () => {
  const { profile } = diagnose({
    daemonSets: [calico],
    nodes: [
      poolNode('a', 'linux', 'system'),
      poolNode('b', 'windows', 'win'),
      poolNode('c', 'windows', 'win'),
      poolNode('alone', 'windows'),
    ],
    version: 'v1.33.2-aks.1+build',
  });
  expect(profile).toEqual({
    engine: 'calico',
    kubernetesVersion: '1.33.2',
    windowsNodePools: ['alone', 'win'],
  });
});

test('a node that does not tell its system leaves Windows unknown', () => {
  const nodes = [poolNode('a', 'unknown'), poolNode('b', 'windows')];
  expect(diagnose({ daemonSets: [npm], nodes }).profile).toEqual({ engine: 'azure' });
});

test.each<{
  why: string;
  seen: SeenCluster;
  outside?: AksClusterProfile;
  what: string;
  is?: string;
  from: string;
}>([
  {
    why: 'the engine in the portal’s words',
    seen: { daemonSets: [npm] },
    what: 'Network policy engine',
    is: 'Azure Network Policy Manager',
    from: 'DaemonSet kube-system/azure-npm (v1.6.34)',
  },
  {
    why: 'no policies, which is not the same as policies that may not be listed',
    seen: { policies: 0 },
    what: 'Network policies',
    is: '0',
    from: 'NetworkPolicy objects',
  },
  {
    why: 'that policies may not be listed',
    seen: {},
    what: 'Network policies',
    from: 'this account may not list network policies',
  },
  {
    why: 'the nodes of every system',
    seen: { nodes: [poolNode('a', 'linux'), poolNode('b', 'windows')] },
    what: 'Nodes',
    is: '2',
    from: 'Node objects',
  },
  {
    why: 'that nodes may not be listed',
    seen: {},
    what: 'Nodes',
    from: 'this account may not list nodes',
  },
  {
    why: 'the version of the API server',
    seen: { version: 'v1.33.2' },
    what: 'Kubernetes version',
    is: '1.33.2',
    from: 'the API server',
  },
  {
    why: 'the version that az aks show tells, which counts',
    seen: { version: 'v1.33.2' },
    outside: { kubernetesVersion: '1.34.0' },
    what: 'Kubernetes version',
    is: '1.34.0',
    from: 'az aks show',
  },
  {
    why: 'no version where nobody tells one',
    seen: {},
    what: 'Kubernetes version',
    from: 'only az aks show tells',
  },
  {
    why: 'the pools of Windows nodes',
    seen: { nodes: [poolNode('a', 'windows', 'win')] },
    what: 'Windows node pools',
    is: 'win',
    from: 'the nodes’ operating systems',
  },
  {
    why: 'that no pool has Windows',
    seen: { nodes: [poolNode('a', 'linux')] },
    what: 'Windows node pools',
    is: 'none',
    from: 'the nodes’ operating systems',
  },
  {
    why: 'the pools that az aks show tells, which count',
    seen: { nodes: [poolNode('a', 'linux')] },
    outside: { windowsNodePools: ['win'] },
    what: 'Windows node pools',
    is: 'win',
    from: 'az aks show',
  },
  {
    why: 'no pools where nobody tells them',
    seen: {},
    what: 'Windows node pools',
    from: 'only az aks show tells',
  },
  {
    why: 'the range of pods that az aks show tells',
    seen: {},
    outside: { podCidrs: ['10.244.0.0/16'] },
    what: 'Pod CIDR',
    is: '10.244.0.0/16',
    from: 'az aks show',
  },
])('a line tells $why', ({ seen, outside, what, is, from }) => {
  const row = diagnose(seen, outside).rows.find((each) => each.what === what);
  expect({ is: row?.is, from: row?.from }).toEqual({ is, from });
});

test.each([
  { why: 'the policies that there are', policies: 3 },
  { why: 'that there are none', policies: 0 },
])('a diagnosis counts $why', ({ policies }) => {
  expect(diagnose({ policies }).policies).toBe(policies);
});

describe('what the cluster shows of its network', () => {
  const kubeProxy = (...words: string[]): SeenDaemonSet => ({ ...proxy, words: ['kube-proxy', ...words] });
  const node = (network: Readonly<Record<string, string>>, os = 'linux') => ({
    name: `${os}-${JSON.stringify(network)}`,
    os,
    podCidrs: [],
    network,
  });
  const rowOf = (field: string, { rows }: Diagnosis) => rows.find((row) => row.field === field);
  const EBPF = { 'kubernetes.azure.com/ebpf-dataplane': 'cilium' };
  const OVERLAY = { 'kubernetes.azure.com/podnetwork-type': 'overlay' };
  const localDns = (state: string) => ({ 'kubernetes.azure.com/localdns-state': state });
  const byLabel = (label: string) => `the nodes’ label kubernetes.azure.com/${label}`;
  const OUTSIDE = 'only az aks show tells';

  test.each<{
    why: string;
    seen: SeenCluster;
    outside?: AksClusterProfile;
    field: string;
    is?: string;
    from: string;
  }>([
    {
      why: 'the mode of kube-proxy, which Azure NPM does not go with',
      seen: { daemonSets: [npm, kubeProxy('--proxy-mode=ipvs')] },
      field: 'kubeProxy',
      is: 'IPVS',
      from: 'DaemonSet kube-system/kube-proxy, --proxy-mode; Azure Network Policy Manager does not support it',
    },
    {
      why: 'a mode beside an engine that goes with every one',
      seen: { daemonSets: [calico, kubeProxy('--proxy-mode', 'ipvs')] },
      field: 'kubeProxy',
      is: 'IPVS',
      from: 'DaemonSet kube-system/kube-proxy, --proxy-mode',
    },
    {
      why: 'the mode that kube-proxy has by itself',
      seen: { daemonSets: [npm, kubeProxy('--v=3')] },
      field: 'kubeProxy',
      is: 'iptables',
      from: 'DaemonSet kube-system/kube-proxy names no mode',
    },
    {
      why: 'no mode that stands in a file',
      seen: { daemonSets: [npm, kubeProxy('--config=/etc/config.yaml')] },
      field: 'kubeProxy',
      from: 'DaemonSet kube-system/kube-proxy reads its mode from a file',
    },
    {
      why: 'that there is no kube-proxy',
      seen: { daemonSets: [cilium] },
      field: 'kubeProxy',
      is: 'none',
      from: 'no DaemonSet kube-system/kube-proxy',
    },
    {
      why: 'that kube-proxy runs nowhere',
      seen: { daemonSets: [cilium, { ...kubeProxy(), wanted: 0 }], nodes: [node(EBPF)] },
      field: 'kubeProxy',
      is: 'none',
      from: 'DaemonSet kube-system/kube-proxy is for no node',
    },
    {
      why: 'nothing of kube-proxy to those who may not look',
      seen: {},
      field: 'kubeProxy',
      from: 'this account may not list DaemonSets in kube-system',
    },
    {
      why: 'nothing of kube-proxy to those who may look elsewhere',
      seen: { daemonSets: [calico], hiddenNamespaces: ['kube-system'] },
      field: 'kubeProxy',
      from: 'this account may not list DaemonSets in kube-system',
    },
    {
      why: 'the range of pods by kube-proxy’s flag',
      seen: { daemonSets: [kubeProxy('--cluster-cidr=10.244.0.0/16,fd12::/64')] },
      field: 'podCidrs',
      is: '10.244.0.0/16, fd12::/64',
      from: 'DaemonSet kube-system/kube-proxy, --cluster-cidr',
    },
    {
      why: 'no range of pods in a flag that has none',
      seen: { daemonSets: [kubeProxy('--cluster-cidr=')] },
      field: 'podCidrs',
      from: OUTSIDE,
    },
    {
      why: 'the ranges of services',
      seen: { serviceCidrs: ['10.0.0.0/16'] },
      field: 'serviceCidrs',
      is: '10.0.0.0/16',
      from: 'ServiceCIDR objects',
    },
    {
      why: 'the data plane of Linux nodes',
      seen: { daemonSets: [cilium], nodes: [node(EBPF), node(OVERLAY, 'windows')] },
      outside: { windowsNodePools: [] },
      field: 'dataPlane',
      is: 'cilium',
      from: byLabel('ebpf-dataplane'),
    },
    {
      why: 'no data plane that only some nodes have',
      seen: { daemonSets: [cilium], nodes: [node(EBPF), node({})] },
      field: 'dataPlane',
      from: OUTSIDE,
    },
    {
      why: 'no data plane that the service refuses beside the engine',
      seen: { daemonSets: [], nodes: [node(EBPF)] },
      field: 'dataPlane',
      from: OUTSIDE,
    },
    {
      why: 'the CNI and its mode',
      seen: { daemonSets: [npm], nodes: [node(OVERLAY)] },
      field: 'networkPlugin',
      is: 'azure, overlay',
      from: byLabel('podnetwork-type'),
    },
    {
      why: 'a CNI whose pods have a subnet',
      seen: { daemonSets: [npm], nodes: [node({ 'kubernetes.azure.com/podnetwork-type': 'vnet' })] },
      field: 'networkPlugin',
      is: 'azure',
      from: byLabel('podnetwork-type'),
    },
    {
      why: 'LocalDNS that any node has',
      seen: { nodes: [node(localDns('enabled')), node(localDns('disabled'))] },
      field: 'localDns',
      is: 'on',
      from: byLabel('localdns-state'),
    },
    {
      why: 'LocalDNS that no node has',
      seen: { nodes: [node(localDns('disabled'))] },
      field: 'localDns',
      is: 'off',
      from: byLabel('localdns-state'),
    },
    {
      why: 'nothing of LocalDNS where a node does not say',
      seen: { nodes: [node(localDns('disabled')), node({})] },
      field: 'localDns',
      from: OUTSIDE,
    },
    {
      why: 'less than az aks show tells',
      seen: { nodes: [node(localDns('enabled'))] },
      outside: { localDns: false },
      field: 'localDns',
      is: 'off',
      from: 'az aks show',
    },
    {
      why: 'no CNI beside the one that az aks show tells',
      seen: { daemonSets: [calico], nodes: [node(OVERLAY)] },
      outside: { networkPlugin: 'kubenet' },
      field: 'networkPlugin',
      is: 'kubenet',
      from: 'az aks show',
    },
  ])('is $why', ({ seen, outside, field, is, from }) => {
    const row = rowOf(field, diagnose(seen, outside));
    expect({ is: row?.is, from: row?.from }).toEqual({ is, from });
  });

  test('is in the profile that it writes', () => {
    const { profile } = diagnose({
      daemonSets: [cilium, kubeProxy('--cluster-cidr=10.244.0.0/16')],
      nodes: [node({ ...EBPF, ...OVERLAY, ...localDns('enabled') })],
      serviceCidrs: ['10.0.0.0/16'],
    });
    expect(profile).toEqual({
      engine: 'cilium',
      dataPlane: 'cilium',
      networkPlugin: 'azure',
      networkPluginMode: 'overlay',
      windowsNodePools: [],
      localDns: true,
      podCidrs: ['10.244.0.0/16'],
      serviceCidrs: ['10.0.0.0/16'],
    });
  });
});
