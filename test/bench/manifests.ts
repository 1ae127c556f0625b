import { type Cluster, qualifiedName, type Workload } from '../../lib/model/cluster';

/** A cluster as the objects that a user would have written. */
export function manifestsOf({ namespaces, workloads, policies }: Cluster): object[] {
  return [
    ...namespaces.map(({ name, labels }) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    })),
    ...workloads.flatMap((workload) =>
      workload.pods.length === 0 ? [controller(workload)] : pods(workload),
    ),
    ...policies.map(({ policy }) => policy),
  ];
}

function controller({ kind, namespace, name, labels, ports }: Workload): object {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: labels.app } },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'main', image: `registry.example/${name}:1`, ports: containerPorts(ports) }],
        },
      },
    },
  };
}

function pods(workload: Workload): object[] {
  const { kind, namespace, name, labels, ports } = workload;
  return workload.pods.map((pod) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace,
      labels,
      ownerReferences: [
        { apiVersion: 'apps/v1', kind, name, uid: qualifiedName(workload), controller: true },
      ],
    },
    spec: {
      nodeName: pod.node,
      containers: [{ name: 'main', image: 'main:1', ports: containerPorts(ports) }],
    },
    status: { phase: 'Running', podIPs: pod.addresses.map((ip) => ({ ip })) },
  }));
}

function containerPorts(ports: Workload['ports']): object[] {
  return ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol }));
}
