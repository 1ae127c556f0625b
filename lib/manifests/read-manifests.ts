import { refusesCidrFlaws } from '../model/cidr';
import type { Cluster, Namespace, RuleLines, Unreadable } from '../model/cluster';
import { compare } from '../model/collections';
import { defined } from '../model/defined';
import type { FieldPlaces, Intent } from '../model/finding';
import { CIDR_FLAW_CODES } from '../model/ip-block';
import { compareProblems, type ManifestProblem } from '../model/manifest-problem';
import { isList, refuseIf, show } from '../model/problem';
import type { UnjudgedPolicy } from '../model/unjudged-policy';
import { type ReadDocument, readDocuments } from '../yaml/documents';
import { Lines } from '../yaml/lines';
import { Collector } from './collector';
import { nothingRead } from './file-problems';
import type { FoundObjects } from './kinds';
import { noManifestIn } from './no-manifest';
import { DocumentOrigin, ObjectOrigin } from './origin';
import { SideFiles } from './side-files';
import { type FoundText, type ManifestSource, openSources } from './sources';
import { Stock } from './stock';
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
   * The version of the cluster's API server, `1.35` or `1.35.2`. Below 1.36 it takes CIDRs with host bits, leading
   * zeros or an IPv4 address written as IPv6, and so does this reader.
   *
   * @default they are problems, as from 1.36 on
   */
  readonly kubernetesVersion?: string;
  /**
   * Whether `written` tells the comments beside policies.
   *
   * @default false
   */
  readonly comments?: boolean;
  /**
   * Kinds of policies to leave out although nothing here judges them, such as `CiliumNetworkPolicy`; with the group
   * where several have the name, `NetworkPolicy.crd.projectcalico.org`. Answers then are as if there were none.
   *
   * @default none: a verdict that one of them could change is unknown
   */
  readonly ignoredKinds?: readonly string[];
  /**
   * Whether the files count that `app.synth()` writes beside manifests. Whoever can write manifests can write one, too.
   *
   * @default true: constructs, lines, and what programs accept of what they wrote themselves
   */
  readonly sideFiles?: boolean;
  /**
   * Files and folders that are left out, as `.gitignore` names them: `charts`, `*.values.yaml`, `/deploy/old/`; from a
   * folder among the sources on, or from where the program runs.
   *
   * @default none but `.git` and `node_modules`
   */
  readonly exclude?: readonly string[];
  /**
   * The folders of kustomizations of which what kustomize makes is among the sources, as a text. They and those that they
   * use are not told as not built.
   *
   * @default none
   */
  readonly built?: readonly string[];
}

export interface ReadManifests {
  readonly cluster: Cluster;
  /** Everything that could not be understood, in the order of files and places; empty when all was. */
  readonly problems: readonly ManifestProblem[];
  /** What a person should know of the input although nothing in it is lost, in the same order. */
  readonly remarks: readonly ManifestProblem[];
  /** The NetworkPolicies as they were given and in that order, each once, those with problems too. */
  readonly written: readonly WrittenPolicy[];
  /**
   * How many objects of each kind are passed over, such as `ConfigMap` or `Role.rbac.authorization.k8s.io`. Of those from
   * which somebody makes pods, such as `Prometheus.monitoring.coreos.com`, `cluster.makers` tells.
   */
  readonly skipped: Readonly<Record<string, number>>;
  /**
   * How many objects of each kind are read, NetworkPolicies not counted: `Deployment`, `Gateway.networking.istio.io`,
   * `CiliumNetworkPolicy.cilium.io`.
   */
  readonly otherKinds: Readonly<Record<string, number>>;
  /** How many policies of each kind `ignoredKinds` left out, by names such as `CiliumNetworkPolicy.cilium.io`. */
  readonly ignored: Readonly<Record<string, number>>;
  /**
   * Kinds of a live cluster on which no verdict is founded and which could not be listed, such as
   * `VirtualService.networking.istio.io`.
   *
   * @default none
   */
  readonly unlisted?: readonly string[];
  /**
   * What the programs accept, expect and found themselves, as far as it is about what was read: from the file that
   * `app.synth()` writes beside its manifests, or from the app or chart itself. The operator says nothing in it.
   */
  readonly intent: Intent;
  /**
   * The first folder with manifests that a cdk8s program may have written, `*.k8s.yaml`, and without the file that tells
   * what it accepts and expects.
   *
   * @default none
   */
  readonly sideFileMissing?: string;
  /** The lines of rules that were added by themselves. */
  readonly ruleLines: RuleLines;
  /** Where fields stand in the texts that were read; a text is read once more when somebody asks. */
  readonly fieldPlaces: FieldPlaces;
}

/**
 * Reads manifests as kubectl reads them, from files, folders, standard input (`-`), texts, objects and cdk8s
 * apps. Nothing is thrown for what they hold: what cannot be understood is a problem with its place, and stands
 * in `cluster.unreadable`, so that no verdict is founded on its absence.
 *
 * Synchronous, because Jest's matchers and `cdk8s synth` can wait for nothing, and because parsing, not the
 * disk, takes the time.
 *
 * @throws NetworkPolicyError `type-mismatch` for sources that are no list
 */
export function readManifests(
  sources: readonly ManifestSource[],
  options: ReadManifestsOptions = {},
): ReadManifests {
  // Of a path without brackets, each letter would be one.
  refuseIf((problems) => isList(sources, 'readManifests sources', problems));
  const collector = new Collector({
    defaultNamespace: options.defaultNamespace,
    accepted: refusesCidrFlaws(options.kubernetesVersion) ? [] : CIDR_FLAW_CODES,
    keepsComments: options.comments,
    ignoredKinds: options.ignoredKinds,
  });
  const sideFiles = new SideFiles(options.sideFiles);
  const stock = new Stock(options);
  for (const found of openSources(sources, sideFiles, stock)) {
    if ('problem' in found) {
      collector.fail(found.problem);
    } else if ('remark' in found) {
      collector.remarks.push(found.remark);
    } else if ('text' in found) {
      readText(found, collector, stock);
    } else {
      const { object, source = {} } = found;
      collector.add(object, new ObjectOrigin(source));
    }
  }
  const [first] = [...stock.passedOver, ...stock.excluded];
  // Of several files one may well be empty, as that of a chart without objects; of all of them a gate has to tell.
  if (collector.size === 0 && collector.problems.length === 0 && first !== undefined) {
    collector.problems.push(nothingRead(first));
  }
  const read = readingOf(collector, sideFiles);
  return { ...read, cluster: { ...read.cluster, inventory: stock.inventory(collector) } };
}

/** What a collector has taken, with what is known of its authors. */
export function readingOf(collector: Collector, sideFiles = new SideFiles()): ReadManifests {
  const { found, unjudged, unreadable } = collector.finish();
  return {
    cluster: toCluster(found, unjudged, unreadable),
    problems: [...collector.problems, ...sideFiles.problems].sort(compareProblems),
    remarks: [...collector.remarks, ...sideFiles.remarks].sort(compareProblems),
    written: collector.written,
    skipped: inOrder(collector.unread.counts),
    otherKinds: inOrder(collector.otherKinds),
    ignored: inOrder(collector.ignored),
    intent: sideFiles.intent(),
    ...defined({ sideFileMissing: sideFiles.missing }),
    ruleLines: sideFiles.rules(),
    fieldPlaces: collector.places,
  };
}

function inOrder(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => compare(a, b)));
}

function readText({ file, text, authors, named }: FoundText, collector: Collector, stock: Stock): void {
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
  const before = collector.size;
  const isNoManifest = noManifestIn(text, named !== undefined);
  const others: { readonly document: ReadDocument; readonly origin: DocumentOrigin }[] = [];
  for (const document of readDocuments(text)) {
    const origin = new DocumentOrigin(file, lines, document, authors);
    if (isNoManifest(document)) {
      others.push({ document, origin });
    } else {
      collector.add(document.value, origin, document.problems);
    }
  }
  if (collector.size > before) {
    stock.files++;
  } else if (named === undefined || (named === 'path' && others.length === 0)) {
    stock.passOver(file);
    return;
  }
  // Beside manifests, or where a person says that there are some, it is a mistake.
  for (const { document, origin } of others) {
    collector.refuse(document, origin);
  }
}

function toCluster(
  found: FoundObjects,
  unjudged: readonly UnjudgedPolicy[],
  unreadable: readonly Unreadable[],
): Cluster {
  const { controllers, pods, services, ingresses, makers, policies, nodes } = found;
  const workloads = groupWorkloads(controllers, pods);
  return {
    namespaces: withImplicit(found.namespaces, [
      ...workloads,
      ...services,
      ...ingresses,
      ...policies,
      ...unjudged,
      ...unreadable,
    ]),
    workloads: workloads.sort((a, b) => byName(a, b) || compare(a.kind, b.kind)),
    nodes: nodes.sort((a, b) => compare(a.name, b.name)),
    services: services.sort(byName),
    ingresses: ingresses.sort(byName),
    ...callers(found),
    ...(makers.length === 0
      ? {}
      : { makers: makers.sort((a, b) => byName(a, b) || compare(a.kind, b.kind)) }),
    policies: policies.sort(byName),
    ...(unjudged.length === 0 ? {} : { unjudged: [...unjudged].sort(byKindAndName) }),
    unreadable,
  };
}

/** What tells who calls pods, where there is any. */
function callers({
  apiServerCalls,
  gateways,
  routes,
  istioGateways,
  virtualServices,
  monitors,
}: FoundObjects): Pick<
  Cluster,
  'apiServerCalls' | 'gateways' | 'routes' | 'istioGateways' | 'virtualServices' | 'monitors'
> {
  return {
    ...(apiServerCalls.length === 0 ? {} : { apiServerCalls }),
    ...(gateways.length === 0 ? {} : { gateways: gateways.sort(byName) }),
    ...(routes.length === 0
      ? {}
      : { routes: routes.sort((a, b) => byName(a, b) || compare(a.kind, b.kind)) }),
    ...(istioGateways.length === 0 ? {} : { istioGateways: istioGateways.sort(byName) }),
    ...(virtualServices.length === 0 ? {} : { virtualServices: virtualServices.sort(byName) }),
    ...(monitors.length === 0
      ? {}
      : {
          monitors: monitors.sort(
            (a, b) => byName(a, b) || compare(a.kind, b.kind) || compare(a.group, b.group),
          ),
        }),
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

function byKindAndName(a: UnjudgedPolicy, b: UnjudgedPolicy): number {
  return (
    compare(a.kind, b.kind) || compare(a.group, b.group) || byName(a, b) || compare(a.content, b.content)
  );
}

function byName(a: Placed, b: Placed): number {
  return compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name ?? '', b.name ?? '');
}
