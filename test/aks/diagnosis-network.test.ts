import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { type Diagnosis, diagnose } from '../../lib/aks/diagnosis';
import type { SeenCluster, SeenDaemonSet } from '../../lib/aks/seen-cluster';
import { calico, cilium, npm, proxy } from './daemon-sets';

/** What nodes, kube-proxy and ServiceCIDR objects tell of the cluster's network. */

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
