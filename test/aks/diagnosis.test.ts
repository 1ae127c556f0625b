import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { diagnose } from '../../lib/aks/diagnosis';
import type { SeenCluster } from '../../lib/aks/seen-cluster';
import { calico, npm } from './daemon-sets';

/** The profile that a diagnosis writes, and its lines; its engine and its network have files of their own. */

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
