import type { ManagedEngine } from './engines';
import { aksDocs, type FactSource } from './fact-source';

/** The DaemonSet that shows that an engine runs in a cluster. */
export interface EngineAgent {
  readonly engine: ManagedEngine;
  readonly namespace: string;
  readonly name: string;
  readonly source: FactSource;
}

/** The agents of engines. Their names are the same for an engine that somebody installed, so the cluster does not show who did. */
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

/** The agents of other engines, which people install on clusters that bring their own CNI. Their behaviour is not known. */
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

/** The namespaces of agents; kube-proxy runs in one of them, `kube-system`. */
export const AGENT_NAMESPACES: readonly string[] = [
  ...new Set([...ENGINE_AGENTS, ...OTHER_AGENTS].map(({ namespace }) => namespace)),
].sort();
