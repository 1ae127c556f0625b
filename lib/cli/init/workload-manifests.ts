import type { Namespace, Workload } from '../../model/cluster';
import { defined } from '../../model/defined';
import { manifestYaml } from '../../render/manifest-yaml';

/** The kinds whose pods come from a template as these kinds have it; pods of any other kind are written as a pod. */
const WITH_TEMPLATE = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Workloads as the least manifests that say what policies ask of them: names, labels, ports and the node's network. */
export function workloadManifests(workloads: readonly Workload[], namespace: Namespace): object[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace.name, labels: { ...namespace.labels } },
    },
    ...workloads.map(manifestOf),
  ];
}

/** The same as a file. */
export function* workloadYaml(manifests: readonly object[]): Generator<string> {
  for (const manifest of manifests) {
    yield `---\n${manifestYaml(manifest as Readonly<Record<string, unknown>>)}`;
  }
}

function manifestOf({ kind, namespace, name, labels, ports, hostNetwork }: Workload): object {
  const spec = {
    ...(hostNetwork && { hostNetwork }),
    containers: [
      {
        name: 'app',
        image: 'not-known',
        ports: ports.map((port) =>
          defined({ containerPort: port.port, protocol: port.protocol, name: port.name }),
        ),
      },
    ],
  };
  return WITH_TEMPLATE.includes(kind)
    ? {
        apiVersion: 'apps/v1',
        kind,
        metadata: { namespace, name },
        spec: {
          selector: { matchLabels: { ...labels } },
          template: { metadata: { labels: { ...labels } }, spec },
        },
      }
    : { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name, labels: { ...labels } }, spec };
}
