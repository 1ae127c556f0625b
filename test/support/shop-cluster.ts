import { readManifests } from '../../lib/manifests/read-manifests';
import type { Cluster } from '../../lib/model/cluster';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';

const workload = (kind: string, namespace: string, name: string, port: number) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { namespace, name },
  spec: {
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, ports: [{ containerPort: port }] }] },
    },
  },
});

/** `shop/web` and `shop/db` behind a service, `mon/probe`, two nodes, and a policy `shop/db` if there is a spec. */
export function read(spec?: NetworkPolicySpec): Cluster {
  return readManifests([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mon', labels: { team: 'mon' } } },
    ...['n1', 'n2'].map((name, i) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
      status: { addresses: [{ type: 'InternalIP', address: `10.224.0.${i + 4}` }] },
    })),
    workload('Deployment', 'shop', 'web', 8080),
    workload('StatefulSet', 'shop', 'db', 5432),
    workload('DaemonSet', 'mon', 'probe', 9100),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'shop', name: 'db' },
      spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] },
    },
    ...(spec === undefined
      ? []
      : [
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { namespace: 'shop', name: 'db' },
            spec,
          },
        ]),
  ]).cluster;
}
