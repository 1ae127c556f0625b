import { policyModule } from '../../lib/codegen/module';
import { readManifests } from '../../lib/manifests/read-manifests';
import { append, compare } from '../../lib/model/collections';
import type { NetworkPolicy } from '../../lib/model/network-policy';
import { type StoredSpec, storedSpec } from '../../lib/model/stored-spec';
import { synthesizeModule } from '../support/run-module';

/** The module that policies become, what it writes, and what was said about it. */
export function importPolicies(policies: readonly object[], options: { readonly adopt?: boolean } = {}) {
  const { written } = readManifests([policies]);
  const { text, notes } = policyModule(written, options);
  return { written, text, notes, objects: synthesizeModule(text) };
}

/** The module that YAML becomes. */
export function importYaml(text: string, options: { readonly adopt?: boolean } = {}) {
  const { written } = readManifests([{ file: 'a.yaml', text }], { comments: true });
  return policyModule(written, options);
}

/**
 * A stored spec without what means nothing: a type twice, and a pod selector for every pod beside a namespace selector.
 * The order of types means nothing either, and is kept so that nobody has to look why it changed.
 */
export function meaningOf(spec: StoredSpec): unknown {
  return JSON.parse(JSON.stringify({ ...spec, policyTypes: [...new Set(spec.policyTypes)] }), (_, value) => {
    if (value?.namespaceSelector !== undefined && Object.keys(value.podSelector ?? {}).length === 0) {
      const { podSelector, ...rest } = value;
      return rest;
    }
    return value;
  });
}

/** All of a policy that the server would keep of it, but for what it writes itself. */
export function keptOf(policy: object): unknown {
  const { metadata, spec } = policy as NetworkPolicy & { metadata: Record<string, unknown> };
  const {
    name,
    generateName,
    namespace = 'default',
    labels,
    annotations,
    ownerReferences,
    finalizers,
  } = metadata;
  const maps = [labels, annotations].map((map) =>
    Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, value ?? ''])),
  );
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...own } = maps[1] as Record<string, string>;
  return {
    name: name || undefined,
    generateName: generateName || undefined,
    namespace: namespace === '' || namespace === null ? 'default' : namespace,
    labels: maps[0],
    annotations: own,
    ownerReferences: ownerReferences ?? [],
    finalizers: finalizers ?? [],
    spec: meaningOf(storedSpec(spec)),
  };
}

/** Objects namespace by namespace, in their order within each. An app orders its charts in its own way. */
export function byNamespace<T>(objects: readonly T[], namespaceOf: (object: T) => unknown): T[] {
  const groups = new Map<string, T[]>();
  for (const each of objects) {
    append(groups, String(namespaceOf(each)), each);
  }
  return [...groups].sort(([a], [b]) => compare(a, b)).flatMap(([, group]) => group);
}
