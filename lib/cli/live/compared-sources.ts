import type { AksClusterProfile } from '../../aks/cluster-profile';
import type { ReadManifests } from '../../manifests/read-manifests';
import type { EngineProfile } from '../../model/engine-profile';
import type { ManifestProblem } from '../../model/manifest-problem';
import { describePlace } from '../../model/place';
import { NetworkPolicyError } from '../../model/problem';
import { count } from '../../model/word-list';
import { namespaceOf } from '../namespace';
import type { AcceptOptions } from '../options/accepting';
import type { IgnoreOptions } from '../options/judging';
import { type NamespaceOptions, namesFiles, type PathOptions } from '../options/source';
import { aboutReading, readFiles, readingFor, readSource } from '../read-source';
import { complain, inLines, type Terminal } from '../terminal';
import type { Kubectl } from './kubectl';
import type { LiveScope } from './live-cluster';

/**
 * Reads the manifests that a cluster is compared with, and tells what was passed over. All of them must be understood.
 *
 * @throws NetworkPolicyError `changes-refused`
 */
export async function readWanted(
  paths: readonly string[],
  kubectl: Kubectl,
  options: Pick<NamespaceOptions, 'namespace'> & PathOptions & Pick<AcceptOptions, 'sideFiles'>,
  profile: AksClusterProfile,
  terminal: Terminal,
  others: readonly ManifestProblem[] = [],
): Promise<ReadManifests> {
  const namespace = await namespaceOf(options.namespace, kubectl);
  refuseUnnamed(paths, options);
  const read = await readFiles(paths, readingFor(profile, { ...options, namespace }));
  const problems = [...others, ...read.problems];
  await complain(terminal, inLines(aboutReading(read, problems, options.verbose)));
  if (problems.length > 0) {
    throw new NetworkPolicyError({
      code: 'changes-refused',
      at: 'the manifests',
      got: count(problems.length, 'problem'),
      problem: 'not all of them could be understood, so none is compared with the cluster',
      fix: 'mend them first',
    });
  }
  return read;
}

/** @throws NetworkPolicyError `source-unclear` */
function refuseUnnamed(paths: readonly string[], options: PathOptions): void {
  if (!namesFiles(paths, options)) {
    throw new NetworkPolicyError({
      code: 'source-unclear',
      at: 'the paths',
      got: 'nothing',
      problem: 'no manifests are named',
      fix: 'name files and folders, or a kustomization with -k',
    });
  }
}

/**
 * Refuses manifests without policies.
 *
 * @param found the policies; for `drift`, which also finds a policy too many, the namespaces of all objects
 *
 * @throws NetworkPolicyError `objects-missing`
 */
export function refuseNone(found: readonly unknown[]): void {
  if (found.length === 0) {
    throw new NetworkPolicyError({
      code: 'objects-missing',
      at: 'the manifests',
      got: 'no NetworkPolicy',
      problem: 'there is no policy among them',
      fix: 'name files and folders with NetworkPolicies; other kinds are kubectl’s to apply',
    });
  }
}

/**
 * Reads the live cluster that manifests are compared with. Its policies must be known, at least in the namespaces that
 * are compared. An account with few rights may lack other kinds and namespaces: the preview says what is unknown for that.
 *
 * @param scope with the namespaces in which policies are compared
 * @throws NetworkPolicyError when the policies there cannot be listed
 */
export async function readPoliciesLive(
  kubectl: Kubectl,
  options: IgnoreOptions,
  terminal: Terminal,
  profile: EngineProfile,
  scope: Required<Pick<LiveScope, 'orIn'>> & Pick<LiveScope, 'withCallers'>,
): Promise<ReadManifests> {
  const live = await readSource([], kubectl, terminal, {
    ...readingFor(profile, options),
    scope,
  });
  const hidden = live.cluster.unreadable.find(
    ({ kind, except = [] }) =>
      (kind === undefined || kind === 'NetworkPolicy') && !scope.orIn.every((each) => except.includes(each)),
  );
  if (hidden !== undefined) {
    throw new NetworkPolicyError({
      ...hidden.problem,
      at: `the cluster's policies: ${describePlace(hidden.problem.at)}`,
    });
  }
  return live;
}
