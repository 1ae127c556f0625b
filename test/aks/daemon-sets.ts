import type { SeenDaemonSet } from '../../lib/aks/seen-cluster';

/** DaemonSets as a cluster shows them: the agents of the engines, and kube-proxy. */

export const agent = (namespace: string, name: string, ...images: string[]): SeenDaemonSet => ({
  namespace,
  name,
  images,
});
export const npm = agent(
  'kube-system',
  'azure-npm',
  'mcr.microsoft.com/containernetworking/azure-npm:v1.6.34',
);
export const calico = agent('calico-system', 'calico-node', 'mcr.microsoft.com/oss/calico/node:v3.30.3');
export const cilium = agent(
  'kube-system',
  'cilium',
  'mcr.microsoft.com/oss/cilium/cilium:v1.17.9@sha256:abc',
);
export const antrea = agent('kube-system', 'antrea-agent', 'antrea/antrea-agent-ubuntu:v2.4.0');
export const proxy = agent('kube-system', 'kube-proxy');
