import { aboutUnjudged } from '../manifests/other-policies';
import { type ReadManifests, type ReadManifestsOptions, readManifests } from '../manifests/read-manifests';
import { defined } from '../model/defined';
import { describeManifestProblem, type ManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';
import type { KubectlOptions } from './kubectl';
import type { LiveScope } from './live-cluster';
import type { SourceOptions } from './source-options';
import { complain, inOneLine, type Terminal } from './terminal';

export interface ReadingOptions extends ReadManifestsOptions {
  /** What of a cluster is read. */
  readonly scope?: LiveScope;
}

/** How manifests are read for a cluster of a profile, and for a namespace that was named. */
export function readingFor(
  { kubernetesVersion }: Pick<ReadManifestsOptions, 'kubernetesVersion'>,
  defaultNamespace?: string,
): ReadManifestsOptions {
  return defined({ kubernetesVersion, defaultNamespace });
}

/**
 * Reads manifests or, with `--cluster`, the cluster; what could not be read is told at once.
 *
 * @throws NetworkPolicyError `source-unclear`, and when the cluster cannot be talked to
 */
export async function readSource(
  paths: readonly string[],
  options: SourceOptions,
  terminal: Terminal,
  reading: ReadingOptions = {},
): Promise<ReadManifests> {
  const read = await readQuietly(paths, options, terminal, reading);
  await complainOf(read, read.problems, terminal);
  return read;
}

/** Tells what could not be read, and what else in it may decide about traffic. */
export async function complainOf(
  read: ReadManifests,
  problems: readonly ManifestProblem[],
  terminal: Terminal,
): Promise<void> {
  await complain(terminal, [
    ...problems.map((problem) => `${inOneLine(describeManifestProblem(problem))}\n`),
    ...aboutUnjudged(read).map((line) => `${line}\n`),
  ]);
}

/** The same, but what could not be read is only among the problems. */
export async function readQuietly(
  paths: readonly string[],
  options: SourceOptions,
  terminal: Terminal,
  reading: ReadingOptions,
): Promise<ReadManifests> {
  if (options.cluster === true ? paths.length > 0 : paths.length === 0) {
    throw new NetworkPolicyError({
      code: 'source-unclear',
      at: options.cluster === true ? '--cluster' : 'the paths',
      got: paths.length === 0 ? 'nothing' : paths.join(' '),
      problem: 'objects are read from files or from a cluster, one of the two',
      fix: 'name files and folders, or write --cluster and no path',
    });
  }
  return options.cluster === true
    ? readCluster(options, terminal, reading.scope)
    : readManifests(paths, reading);
}

function readCluster(
  options: KubectlOptions,
  { stderr }: Terminal,
  scope?: LiveScope,
): Promise<ReadManifests> {
  // Loaded here, because files need none of it.
  const { Kubectl } = require('./kubectl') as typeof import('./kubectl');
  const { readLiveCluster } = require('./live-cluster') as typeof import('./live-cluster');
  const { showing } = require('./progress-line') as typeof import('./progress-line');
  return showing(stderr, 'reading the cluster', (show) =>
    readLiveCluster(
      new Kubectl(options, stderr),
      (kind, count) => show(`reading the cluster: ${count} ${kind} objects`),
      scope,
    ),
  );
}
