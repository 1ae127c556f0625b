import { refusesCidrFlaws } from '../model/cidr';
import type { Cluster, Namespace, UnjudgedPolicy, Unreadable } from '../model/cluster';
import { compare } from '../model/collections';
import { defined, filled } from '../model/defined';
import type { FieldPlaces, Intent } from '../model/finding';
import { CIDR_FLAW_CODES } from '../model/ip-block';
import { compareProblems, type ManifestProblem } from '../model/manifest-problem';
import { isList, refuseIf, show } from '../model/problem';
import type { RuleLines } from '../model/source-position';
import { type ReadDocument, readDocuments } from '../yaml/documents';
import { Lines } from '../yaml/lines';
import { Collector } from './collector';
import { nothingRead } from './file-problems';
import { type FoundText, type ManifestInput, openInputs } from './inputs';
import type { FoundObjects } from './manifest-kind';
import { noManifestIn } from './no-manifest';
import { DocumentOrigin, ObjectOrigin } from './origin';
import { SideFiles } from './side-files';
import { Stock } from './stock';
import { groupWorkloads } from './workloads';
import type { WrittenPolicy } from './written-policy';

export interface ReadManifestsOptions {
  /**
   * The namespace of objects without one, like `kubectl --namespace`.
   *
   * @default `default`
   */
  readonly defaultNamespace?: string;
  /**
   * The version of the cluster's API server, `1.35` or `1.35.2`. Before 1.36 it accepts CIDRs with host bits, leading
   * zeros or an IPv4 address written as IPv6, and so does this function.
   *
   * @default they are problems, as from 1.36 on
   */
  readonly kubernetesVersion?: string;
  /**
   * Whether `written` contains the comments of policies.
   *
   * @default false
   */
  readonly comments?: boolean;
  /**
   * Kinds of policies to leave out, among those that are not judged, such as `CiliumNetworkPolicy`; with the group if
   * several have the name, `NetworkPolicy.crd.projectcalico.org`. Answers are then as if there were none.
   *
   * @default none: a verdict that one of them could change is unknown
   */
  readonly ignoredKinds?: readonly string[];
  /**
   * Whether the side files count that `app.synth()` writes beside manifests. Whoever can write manifests can write them.
   *
   * @default true: constructs, lines, and what programs accept of what they wrote themselves
   */
  readonly sideFiles?: boolean;
  /**
   * Patterns of files and folders to leave out, as in `.gitignore`: `charts`, `*.values.yaml`, `/deploy/old/`; relative to
   * a folder among the inputs, or to the working directory.
   *
   * @default none but `.git` and `node_modules`
   */
  readonly exclude?: readonly string[];
  /**
   * The folders of kustomizations whose result is among the inputs, as a text. They and those that they use do not count
   * as not built.
   *
   * @default none
   */
  readonly built?: readonly string[];
}

export interface ReadManifests {
  readonly cluster: Cluster;
  /** Everything that could not be understood, in the order of files and positions. */
  readonly problems: readonly ManifestProblem[];
  /** Remarks about the input that change no answer, in the same order. */
  readonly remarks: readonly ManifestProblem[];
  /** The policies of kinds that constructs write as they were given, in that order, each once, including those with problems. */
  readonly written: readonly WrittenPolicy[];
  /**
   * The number of objects that are passed over, by kind, such as `ConfigMap` or `Role.rbac.authorization.k8s.io`. Those
   * from which pods are made, such as `Prometheus.monitoring.coreos.com`, are in `cluster.makers` as well.
   */
  readonly skipped: Readonly<Record<string, number>>;
  /**
   * The number of objects that are read, by kind, without NetworkPolicies: `Deployment`, `Gateway.networking.istio.io`,
   * `CiliumNetworkPolicy.cilium.io`.
   */
  readonly otherKinds: Readonly<Record<string, number>>;
  /** The number of policies that `ignoredKinds` left out, by kind, such as `CiliumNetworkPolicy.cilium.io`. */
  readonly ignored: Readonly<Record<string, number>>;
  /**
   * Kinds of a live cluster that could not be listed, and that no verdict depends on, such as
   * `VirtualService.networking.istio.io`.
   *
   * @default none
   */
  readonly unlisted?: readonly string[];
  /**
   * What the programs found, accept and expect about the objects that were read: from side files, or from the app or chart
   * itself. The operator's part is empty.
   */
  readonly intent: Intent;
  /**
   * The first folder with manifests that a cdk8s program may have written, `*.k8s.yaml`, and without a side file.
   *
   * @default none
   */
  readonly sideFileMissing?: string;
  /** The lines of rules that were added later. */
  readonly ruleLines: RuleLines;
  /** The places of fields in the texts that were read; a text is read again at the first question about it. */
  readonly fieldPlaces: FieldPlaces;
}

/**
 * Reads manifests as kubectl does, from files, folders, standard input (`-`), texts, objects and cdk8s apps. Never throws
 * for their content: what cannot be understood is a problem with its position, and is in `cluster.unreadable`, so that
 * verdicts that may depend on it are unknown.
 *
 * Synchronous, because Jest's matchers and `cdk8s synth` cannot wait, and because parsing takes the time, not the disk.
 *
 * @throws NetworkPolicyError `type-mismatch` if the inputs are not a list
 */
export function readManifests(
  inputs: readonly ManifestInput[],
  options: ReadManifestsOptions = {},
): ReadManifests {
  // Without this check, each letter of a path would be an input.
  refuseIf((problems) => isList(inputs, 'readManifests inputs', problems));
  const collector = new Collector({
    defaultNamespace: options.defaultNamespace,
    accepted: refusesCidrFlaws(options.kubernetesVersion) ? [] : CIDR_FLAW_CODES,
    keepsComments: options.comments,
    ignoredKinds: options.ignoredKinds,
  });
  const sideFiles = new SideFiles(options.sideFiles);
  const stock = new Stock(options);
  for (const found of openInputs(inputs, sideFiles, stock)) {
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
  // One of several files may be empty, such as that of a chart without objects; but not all of them.
  if (collector.size === 0 && collector.problems.length === 0 && first !== undefined) {
    collector.problems.push(nothingRead(first));
  }
  const read = readingOf(collector, sideFiles);
  return { ...read, cluster: { ...read.cluster, inventory: stock.inventory(collector) } };
}

/** The result of a collector and its side files. */
export function readingOf(collector: Collector, sideFiles = new SideFiles()): ReadManifests {
  const { found, unjudged, unreadable } = collector.finish();
  return {
    cluster: toCluster(found, unjudged, unreadable),
    problems: [...collector.problems, ...sideFiles.problems].sort(compareProblems),
    remarks: [...collector.remarks, ...sideFiles.remarks].sort(compareProblems),
    written: collector.written.all,
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
      at: 'the input',
      got: show(text.slice(Math.max(nul - 10, 0), nul + 10)),
      problem: 'contains a NUL byte, so it is not text',
      fix: 'only give files with manifests',
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
    stock.passedOver.push(file);
    return;
  }
  // In a file with manifests, or one that a person named, another document is a mistake.
  for (const { document, origin } of others) {
    collector.refuse(document, origin);
  }
}

function toCluster(
  found: FoundObjects,
  unjudged: readonly UnjudgedPolicy[],
  unreadable: readonly Unreadable[],
): Cluster {
  const { controllers, pods, services, ingresses, policies, nodes } = found;
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
    workloads: workloads.sort(byNameAndKind),
    nodes: nodes.sort((a, b) => compare(a.name, b.name)),
    services: services.sort(byName),
    ingresses: ingresses.sort(byName),
    ...filled({
      apiServerCalls: found.apiServerCalls,
      gateways: found.gateways.sort(byName),
      routes: found.routes.sort(byNameAndKind),
      istioGateways: found.istioGateways.sort(byName),
      virtualServices: found.virtualServices.sort(byName),
      monitors: found.monitors.sort((a, b) => byNameAndKind(a, b) || compare(a.group, b.group)),
      makers: found.makers.sort(byNameAndKind),
    }),
    policies: policies.sort(byName),
    ...filled({ unjudged: [...unjudged].sort(byKindAndName) }),
    unreadable,
  };
}

interface Named {
  readonly namespace?: string;
  readonly name?: string;
}

/** The declared namespaces, and the undeclared ones of objects. */
function withImplicit(
  declared: readonly Namespace[],
  objects: readonly (Named & { readonly kind?: string })[],
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

function byNameAndKind(a: Named & { readonly kind: string }, b: Named & { readonly kind: string }): number {
  return byName(a, b) || compare(a.kind, b.kind);
}

function byName(a: Named, b: Named): number {
  return compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name ?? '', b.name ?? '');
}
