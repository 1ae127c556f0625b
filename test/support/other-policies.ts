/** Policies of kinds that nothing judges, in namespace `shop` where they stand in one. */
export const other = (kind: string, apiVersion: string, name: string, spec: object) => ({
  apiVersion,
  kind,
  metadata: { name, ...(CLUSTER_WIDE.includes(kind) ? {} : { namespace: 'shop' }) },
  spec,
});

const CLUSTER_WIDE = [
  'CiliumClusterwideNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
  'GlobalNetworkPolicy',
];

/**
 * A CiliumNetworkPolicy about pods of an app that denies or allows something coming in. It is not judged, because its
 * selector asks for a cluster of a mesh.
 */
export const cilium = (app: string, more: object = { ingressDeny: [{ fromEndpoints: [{}] }] }) =>
  other('CiliumNetworkPolicy', 'cilium.io/v2', `${app}-cilium`, {
    endpointSelector: { matchLabels: { app, 'io.cilium.k8s.policy.cluster': 'robot' } },
    ...more,
  });

/** The policy that AKS puts into clusters with eBPF host routing. */
export const AKS_BLOCK = other('CiliumClusterwideNetworkPolicy', 'cilium.io/v2', 'block-azure-destinations', {
  endpointSelector: {},
  enableDefaultDeny: { egress: false, ingress: false },
  egressDeny: [
    {
      toCIDR: ['168.63.129.16/32'],
      toPorts: [
        {
          ports: [
            { port: '80', protocol: 'TCP' },
            { port: '32526', protocol: 'TCP' },
          ],
        },
      ],
    },
  ],
});
