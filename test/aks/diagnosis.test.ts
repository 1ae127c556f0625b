import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { type Diagnosis, diagnose, type SeenCluster, type SeenDaemonSet } from '../../lib/aks/diagnosis';

const agent = (namespace: string, name: string, ...images: string[]): SeenDaemonSet => ({
  namespace,
  name,
  images,
});
const npm = agent('kube-system', 'azure-npm', 'mcr.microsoft.com/containernetworking/azure-npm:v1.6.34');
const calico = agent('calico-system', 'calico-node', 'mcr.microsoft.com/oss/calico/node:v3.30.3');
const cilium = agent('kube-system', 'cilium', 'mcr.microsoft.com/oss/cilium/cilium:v1.17.9@sha256:abc');
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
    seen: { daemonSets: [proxy, agent('kube-system', 'antrea-agent', 'antrea/antrea-agent-ubuntu:v2.4.0')] },
    engine: undefined,
    enforced: 'unknown',
    from: 'DaemonSet kube-system/antrea-agent enforces policies in its own way',
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
    why: 'an engine that ARM does not show is the user’s own',
    seen: { daemonSets: [cilium] },
    outside: { engine: 'none' },
    engine: 'byo-cilium',
    enforced: 'yes',
    from: 'az aks show says none; DaemonSet kube-system/cilium (v1.17.9)',
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

test('nodes tell Windows pools and the version is the API server’s', () => {
  const node = (name: string, os: string, pool?: string) => ({
    name,
    os,
    podCidrs: [],
    ...(pool === undefined ? {} : { pool }),
  });
  const { profile } = diagnose({
    daemonSets: [calico],
    nodes: [node('a', 'linux', 'system'), node('b', 'windows', 'win'), node('c', 'windows', 'win')],
    version: 'v1.33.2',
  });
  expect(profile).toEqual({ engine: 'calico', kubernetesVersion: '1.33.2', windowsNodePools: ['win'] });
});

test('a node that does not tell its system leaves Windows unknown', () => {
  const nodes = [{ name: 'a', os: 'unknown', podCidrs: [] }];
  expect(diagnose({ daemonSets: [npm], nodes }).profile).toEqual({ engine: 'azure' });
});
