import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { type Diagnosis, diagnose } from '../../lib/aks/diagnosis';
import type { SeenCluster } from '../../lib/aks/seen-cluster';
import { agent, antrea, calico, cilium, npm, proxy } from './daemon-sets';

/** Which engine a cluster has, told from the agents that it shows and from what is known outside of it. */

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
    from: 'this account may not list DaemonSets in kube-system; ask with one that may, or az aks show',
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
    from: 'this account may not list DaemonSets in calico-system, cilium; ask with one that may, or az aks show',
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
    from: 'az aks show says azure; this account may not list DaemonSets in kube-system; ask with one that may, or az aks show',
  },
])('$why', ({ seen, outside, engine, enforced, from }) => {
  const diagnosis = diagnose(seen, outside);
  expect(diagnosis.profile.engine).toBe(engine);
  expect(diagnosis.enforced).toBe(enforced);
  expect(engineRow(diagnosis)?.from).toBe(from);
});
