import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster, Workload } from 'cdk8s-aks-network-policy/analysis';
import { dump } from 'js-yaml';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly [field: string]: unknown;
  };
  readonly spec?: object;
  readonly status?: object;
}

/** A cluster as the objects that a user would have written. */
export function manifestsOf({ namespaces, workloads, policies }: Cluster): Manifest[] {
  return [
    ...namespaces.map(({ name, labels }) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    })),
    ...workloads.flatMap((workload) =>
      workload.pods.length === 0 ? [controller(workload)] : pods(workload),
    ),
    ...policies.map(({ written }) => written),
  ];
}

function controller({ kind, namespace, name, labels, ports }: Workload): Manifest {
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

function pods(workload: Workload): Manifest[] {
  const { kind, namespace, name, labels, ports } = workload;
  return workload.pods.map((pod) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace,
      labels,
      ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `${namespace}/${name}`, controller: true }],
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

/** YAML files by name: one for each namespace, or one for each object. */
export function yamlFiles(manifests: readonly Manifest[], per: 'namespace' | 'object'): Map<string, string> {
  const files = new Map<string, string>();
  for (const manifest of manifests) {
    const { kind, metadata } = manifest;
    const namespace = metadata.namespace ?? metadata.name;
    const name = per === 'namespace' ? namespace : `${namespace}-${kind.toLowerCase()}-${metadata.name}`;
    const before = files.get(`${name}.yaml`);
    files.set(`${name}.yaml`, `${before === undefined ? '' : `${before}---\n`}${dump(manifest)}`);
  }
  return files;
}

/** Manifests in a temporary folder, which is gone at the latest when the process ends. */
export interface ManifestFolder {
  readonly folder: string;
  readonly files: readonly string[];
  readonly remove: () => void;
}

export function writeManifests(...what: Parameters<typeof yamlFiles>): ManifestFolder {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const files = [...yamlFiles(...what)].map(([name, text]) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  });
  const remove = () => {
    process.removeListener('exit', removeFolder);
    removeFolder();
  };
  return { folder, files, remove };
}
