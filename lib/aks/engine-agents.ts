import type { ManagedEngine } from './engines';
import { aksDocs, type Source } from './fact-source';

/** The DaemonSet by which an engine is seen in a cluster. */
export interface EngineAgent {
  readonly engine: ManagedEngine;
  readonly namespace: string;
  readonly name: string;
  readonly source: Source;
}

/**
 * Where the agents of the engines run. An engine of one's own has the same names, so that whether AKS installed it
 * is not seen in the cluster.
 */
export const ENGINE_AGENTS: readonly EngineAgent[] = [
  {
    engine: 'azure',
    namespace: 'kube-system',
    name: 'azure-npm',
    source: {
      from: 'Azure/azure-container-networking, test scripts of NPM (rollout of ds azure-npm)',
      read: '2026-11-24',
    },
  },
  {
    engine: 'calico',
    namespace: 'calico-system',
    name: 'calico-node',
    source: { from: 'threads of Azure/AKS that name pods of calico-system', read: '2026-11-22' },
  },
  {
    engine: 'cilium',
    namespace: 'kube-system',
    name: 'cilium',
    source: aksDocs('azure-cni-powered-by-cilium.md'),
  },
];

/**
 * The DaemonSets of other engines that enforce NetworkPolicies, as people install them on a cluster that brings its own
 * CNI. What they make of policies is not known here.
 */
export const OTHER_AGENTS: readonly Omit<EngineAgent, 'engine'>[] = [
  {
    namespace: 'kube-system',
    name: 'antrea-agent',
    source: { from: 'antrea-io/antrea, build/yamls/antrea.yml', read: '2026-11-24' },
  },
  {
    namespace: 'kube-system',
    name: 'kube-router',
    source: { from: 'cloudnativelabs/kube-router, daemonset/ and its README', read: '2026-11-24' },
  },
];

/** Where agents run, and so does kube-proxy: `kube-system` and others. */
export const AGENT_NAMESPACES: readonly string[] = [
  ...new Set([...ENGINE_AGENTS, ...OTHER_AGENTS].map(({ namespace }) => namespace)),
].sort();
