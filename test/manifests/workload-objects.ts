/** Controllers and live pods, as manifests and clusters have them. */

const VERSIONS: Readonly<Record<string, string>> = { Job: 'batch/v1', ReplicationController: 'v1' };

export const controller = (kind: string, name: string, labels: object, more: object = {}) => ({
  apiVersion: VERSIONS[kind] ?? 'apps/v1',
  kind,
  metadata: { name, namespace: 'shop', ...more },
  spec: { template: { metadata: { labels }, spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } },
});
export const pod = (
  name: string,
  labels: object,
  owner?: [kind: string, name: string],
  phase = 'Running',
) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    labels,
    ...(owner === undefined ? {} : ownedBy(...owner)),
  },
  spec: { nodeName: 'node-1' },
  status: { phase, podIP: '10.0.0.1' },
});
export const ownedBy = (kind: string, name: string) => ({
  ownerReferences: [{ kind, name, controller: true }],
});

export const web = { app: 'web' };
export const webLive = { app: 'web', 'pod-template-hash': '7d' };
