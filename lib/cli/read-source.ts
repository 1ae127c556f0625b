import { aboutMakers } from '../manifests/read-maker';
import { type ReadManifests, type ReadManifestsOptions, readManifests } from '../manifests/read-manifests';
import { aboutUnjudged } from '../manifests/unjudged-lines';
import { defined } from '../model/defined';
import type { EngineProfile } from '../model/engine-profile';
import { aboutInventory } from '../model/inventory-lines';
import { describeManifestProblem, type ManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';
import type { Kubectl } from './live/kubectl';
import type { LiveScope } from './live/live-cluster';
import type { AcceptOptions } from './options/accepting';
import type { IgnoreOptions } from './options/judging';
import { type NamespaceOptions, namesFiles, type PathOptions, type SourceOptions } from './options/source';
import { complain, inLines, type Terminal } from './terminal';

export interface ReadingOptions extends ReadManifestsOptions {
  /** What of a cluster is read. */
  readonly scope?: LiveScope;
  /** The cluster's configuration, for what is said of policies that are not judged. */
  readonly profile?: EngineProfile;
  /** Kustomizations that are built and read. */
  readonly kustomize?: readonly string[];
  /** Whether everything is named that is passed over. */
  readonly isVerbose?: boolean;
}

/** The cluster that a command line means, one for all that a verb asks of it; `undefined` where it means files. */
export function clusterMeant(options: SourceOptions, { stderr }: Terminal): Kubectl | undefined {
  if (options.cluster !== true) {
    return undefined;
  }
  // Loaded here, because files need none of it.
  const { Kubectl } = require('./live/kubectl') as typeof import('./live/kubectl');
  return new Kubectl(options, stderr);
}

/** How manifests are read for a cluster of a profile, and by what was said of namespaces and kinds. */
export function readingFor(
  profile: EngineProfile,
  {
    namespace,
    ignoreKind,
    sideFiles,
    ...paths
  }: NamespaceOptions & IgnoreOptions & Pick<AcceptOptions, 'sideFiles'> = {},
): ReadingOptions {
  return defined({
    ...readingOfPaths(paths),
    kubernetesVersion: profile.kubernetesVersion,
    profile,
    defaultNamespace: namespace,
    ignoredKinds: ignoreKind,
    sideFiles,
  });
}

/** How files are read by what was said of them. */
export function readingOfPaths({ kustomize, exclude, verbose }: PathOptions): ReadingOptions {
  return defined({ kustomize, exclude, isVerbose: verbose });
}

/**
 * Reads manifests or a cluster; what could not be read is told at once.
 *
 * @param cluster the one that is meant; left out for files
 * @throws NetworkPolicyError `source-unclear`, and when the cluster cannot be talked to
 */
export async function readSource(
  paths: readonly string[],
  cluster: Kubectl | undefined,
  terminal: Terminal,
  reading: ReadingOptions = {},
): Promise<ReadManifests> {
  const read = await readQuietly(paths, cluster, terminal, reading);
  await complainOf(read, read.problems, terminal, reading);
  return read;
}

/**
 * What a person should know of what was read, whatever it is for: what could not be understood, and what was passed over.
 *
 * @param problems those of the reading, with others that belong to it
 */
export function aboutReading(
  { remarks, cluster }: Pick<ReadManifests, 'remarks' | 'cluster'>,
  problems: readonly ManifestProblem[],
  isVerbose: boolean | undefined,
): readonly string[] {
  return [
    ...[...problems, ...remarks].map(describeManifestProblem),
    ...aboutInventory(cluster.inventory, isVerbose),
  ];
}

/** Tells what could not be read, and what else in it may decide about traffic. */
export async function complainOf(
  read: ReadManifests,
  problems: readonly ManifestProblem[],
  terminal: Terminal,
  { profile, isVerbose }: Pick<ReadingOptions, 'profile' | 'isVerbose'>,
): Promise<void> {
  await complain(
    terminal,
    inLines([
      ...aboutReading(read, problems, isVerbose),
      ...aboutUnjudged(read, profile),
      ...aboutMakers(read.cluster),
    ]),
  );
}

/** The same, but what could not be read is only among the problems. */
export async function readQuietly(
  paths: readonly string[],
  cluster: Kubectl | undefined,
  terminal: Terminal,
  reading: ReadingOptions,
): Promise<ReadManifests> {
  const { kustomize = [] } = reading;
  const isNamed = namesFiles(paths, reading);
  if (isNamed === (cluster !== undefined)) {
    throw new NetworkPolicyError({
      code: 'source-unclear',
      at: cluster === undefined ? 'the paths' : '--cluster',
      got: isNamed ? [...paths, ...kustomize].join(' ') : 'nothing',
      problem: 'objects are read from files or from a cluster, one of the two',
      fix: 'name files and folders, or a kustomization with -k, or write --cluster and no path',
    });
  }
  return cluster === undefined
    ? readFiles(paths, reading)
    : readCluster(cluster, terminal, {
        ...reading.scope,
        ...defined({ ignoredKinds: reading.ignoredKinds }),
      });
}

/** Reads files and folders, and what kustomize makes of those that `-k` names. */
export async function readFiles(paths: readonly string[], reading: ReadingOptions): Promise<ReadManifests> {
  const { kustomize = [] } = reading;
  if (kustomize.length === 0) {
    return readManifests(paths, reading);
  }
  // Loaded here, because most runs build nothing.
  const { builtBy } = require('./kustomize') as typeof import('./kustomize');
  return readManifests([...paths, ...(await builtBy(kustomize))], { ...reading, built: kustomize });
}

function readCluster(kubectl: Kubectl, { stderr }: Terminal, scope?: LiveScope): Promise<ReadManifests> {
  // Loaded here, because files need none of it.
  const { readLiveCluster } = require('./live/live-cluster') as typeof import('./live/live-cluster');
  const { showing } = require('./progress-line') as typeof import('./progress-line');
  return showing(stderr, 'reading the cluster', (show) =>
    readLiveCluster(kubectl, (kind, count) => show(`reading the cluster: ${count} ${kind} objects`), scope),
  );
}
