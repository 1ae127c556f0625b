import type { Cluster, Namespace, Unreadable } from '../model/cluster';
import { show } from '../model/problem';
import { Collector } from './collector';
import { readDocuments } from './documents';
import type { Found } from './kinds';
import { Lines } from './lines';
import { compare, compareProblems, type ManifestProblem } from './manifest-problem';
import { DocumentOrigin, ObjectOrigin } from './origin';
import { type ManifestSource, type ManifestText, openSources } from './sources';
import { groupWorkloads } from './workloads';
import type { WrittenPolicy } from './written-policy';

export interface ReadManifestsOptions {
  /**
   * The namespace of objects that name none, as `kubectl --namespace` gives it.
   *
   * @default `default`
   */
  readonly defaultNamespace?: string;
  /**
   * Whether `written` tells the comments beside policies.
   *
   * @default false
   */
  readonly comments?: boolean;
}

export interface ReadManifests {
  readonly cluster: Cluster;
  /** Everything that could not be understood, in the order of files and places; empty when all was. */
  readonly problems: readonly ManifestProblem[];
  /** The NetworkPolicies as they were given and in that order, each once, those with problems too. */
  readonly written: readonly WrittenPolicy[];
  /** How many objects of each kind do not matter here, such as `ConfigMap` or `Role.rbac.authorization.k8s.io`. */
  readonly skipped: Readonly<Record<string, number>>;
}

/**
 * Reads manifests as kubectl reads them, from files, folders, standard input (`-`), texts, objects and cdk8s
 * apps. Nothing is thrown for what they hold: what cannot be understood is a problem with its place, and stands
 * in `cluster.unreadable`, so that no verdict is founded on its absence.
 *
 * Synchronous, because Jest's matchers and `cdk8s synth` can wait for nothing, and because parsing, not the
 * disk, takes the time.
 */
export function readManifests(
  sources: readonly ManifestSource[],
  options: ReadManifestsOptions = {},
): ReadManifests {
  const collector = new Collector(options.defaultNamespace ?? 'default', options.comments);
  for (const found of openSources(sources)) {
    if ('problem' in found) {
      collector.fail(found.problem);
    } else if ('text' in found) {
      readText(found, collector);
    } else {
      const { object, source = {} } = found;
      collector.add(object, new ObjectOrigin(source));
    }
  }
  return readingOf(collector);
}

/** What a collector has taken. */
export function readingOf(collector: Collector): ReadManifests {
  const { found, unreadable } = collector.finish();
  return {
    cluster: toCluster(found, unreadable),
    problems: collector.problems.sort(compareProblems),
    written: collector.written,
    skipped: Object.fromEntries([...collector.skipped].sort(([a], [b]) => compare(a, b))),
  };
}

function readText({ file, text }: ManifestText, collector: Collector): void {
  const nul = text.indexOf('\0');
  const lines = new Lines(text);
  if (nul >= 0) {
    collector.fail({
      code: 'encoding-invalid',
      at: 'the source',
      got: show(text.slice(Math.max(nul - 10, 0), nul + 10)),
      problem: 'a NUL byte stands in it: this is no text',
      fix: 'give files with manifests only',
      source: { file, ...lines.placeOf(nul) },
    });
    return;
  }
  for (const document of readDocuments(text)) {
    collector.add(document.value, new DocumentOrigin(file, lines, document), document.problems);
  }
}

function toCluster(found: Found, unreadable: readonly Unreadable[]): Cluster {
  const { controllers, pods, services, ingresses, policies, nodes } = found;
  const workloads = groupWorkloads(controllers, pods);
  return {
    namespaces: withImplicit(found.namespaces, [
      ...workloads,
      ...services,
      ...ingresses,
      ...policies,
      ...unreadable,
    ]),
    workloads: workloads.sort((a, b) => byName(a, b) || compare(a.kind, b.kind)),
    nodes: nodes.sort((a, b) => compare(a.name, b.name)),
    services: services.sort(byName),
    ingresses: ingresses.sort(byName),
    policies: policies.sort(byName),
    unreadable,
  };
}

interface Placed {
  readonly namespace?: string;
  readonly name?: string;
}

/** The declared namespaces, and those that objects stand in without a declaration. */
function withImplicit(
  declared: readonly Namespace[],
  objects: readonly (Placed & { readonly kind?: string })[],
): Namespace[] {
  const all = new Map(declared.map((namespace) => [namespace.name, namespace]));
  for (const { kind, namespace, name } of objects) {
    const implied = kind === 'Namespace' ? name : namespace;
    if (implied !== undefined && implied !== '' && !all.has(implied)) {
      all.set(implied, { name: implied, labels: {}, declared: false });
    }
  }
  return [...all.values()].sort((a, b) => compare(a.name, b.name));
}

function byName(a: Placed, b: Placed): number {
  return compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name ?? '', b.name ?? '');
}
