import { aboutMakers } from '../manifests/read-maker';
import { type ReadManifests, type ReadManifestsOptions, readManifests } from '../manifests/read-manifests';
import { aboutUnjudged } from '../manifests/unjudged-lines';
import { defined } from '../model/defined';
import type { EngineProfile } from '../model/engine-profile';
import { aboutInventory } from '../model/inventory-lines';
import { describeManifestProblem, type ManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';
import { builtBy } from './kustomize';
import { Kubectl } from './live/kubectl';
import { type LiveScope, readLiveCluster } from './live/live-cluster';
import type { AcceptOptions } from './options/accepting';
import type { IgnoreOptions } from './options/judging';
import { type NamespaceOptions, namesFiles, type SourceOptions } from './options/source';
import { showing } from './progress-line';
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
  /** The folder in which relative paths begin, and which no message names. @default the working directory */
  readonly base?: string;
}

/** The cluster that a command line names, for all that a verb asks of it; `undefined` where it names files. */
export function clusterMeant(options: SourceOptions, { stderr }: Terminal): Kubectl | undefined {
  return options.cluster === true ? new Kubectl(options, stderr) : undefined;
}

/** How manifests are read for a cluster of this profile, by what the options say. */
export function readingFor(
  profile: EngineProfile,
  options: NamespaceOptions & IgnoreOptions & Pick<AcceptOptions, 'sideFiles'> = {},
): ReadingOptions {
  const { namespace, ignoreKind, sideFiles, kustomize, exclude, verbose } = options;
  return defined({
    kubernetesVersion: profile.kubernetesVersion,
    profile,
    defaultNamespace: namespace,
    ignoredKinds: ignoreKind,
    sideFiles,
    kustomize,
    exclude,
    isVerbose: verbose,
  });
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
 * What every verb tells of what it has read: what could not be understood, and what was passed over.
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

/** The same on standard error, with what was read and is not judged although it may decide about traffic. */
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

/** Reads manifests or a cluster, and tells nobody what could not be read: it is among the problems. */
export async function readQuietly(
  paths: readonly string[],
  cluster: Kubectl | undefined,
  terminal: Terminal,
  reading: ReadingOptions,
): Promise<ReadManifests> {
  const isNamed = namesFiles(paths, reading);
  if (isNamed === (cluster !== undefined)) {
    throw new NetworkPolicyError({
      code: 'source-unclear',
      ...(isNamed
        ? {
            at: '--cluster',
            got: [...paths, ...(reading.kustomize ?? [])].join(' '),
            problem: 'files are named as well, and only one of the two is read',
            fix: 'leave out --cluster, or the files',
          }
        : {
            at: 'the paths',
            got: 'nothing',
            problem: 'there is nothing to read',
            fix: 'name files and folders, a kustomization with -k, or the live cluster with --cluster',
          }),
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
  const { kustomize = [], base } = reading;
  const built = kustomize.length === 0 ? [] : await builtBy(kustomize);
  const more = built.length === 0 ? {} : { built: kustomize };
  return inFolder(base, () => readManifests([...paths, ...built], { ...reading, ...more }));
}

/** Does something that does not wait in another working directory. */
function inFolder<Answer>(folder: string | undefined, work: () => Answer): Answer {
  if (folder === undefined) {
    return work();
  }
  const home = process.cwd();
  process.chdir(folder);
  try {
    return work();
  } finally {
    process.chdir(home);
  }
}

function readCluster(kubectl: Kubectl, { stderr }: Terminal, scope?: LiveScope): Promise<ReadManifests> {
  return showing(stderr, 'reading the cluster', (show) =>
    readLiveCluster(kubectl, (kind, count) => show(`reading the cluster: ${count} ${kind} objects`), scope),
  );
}
