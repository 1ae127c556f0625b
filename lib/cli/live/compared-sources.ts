import type { AksClusterProfile } from '../../aks/cluster-profile';
import { isAksPolicy } from '../../aks/own-policies';
import type { ReadManifests } from '../../manifests/read-manifests';
import type { EngineProfile } from '../../model/engine-profile';
import type { ManifestProblem } from '../../model/manifest-problem';
import { describePlace } from '../../model/place';
import { POLICY_KIND_NAMES, POLICY_KINDS, policyKindOf } from '../../model/policy-kinds';
import { isPlainObject, NetworkPolicyError } from '../../model/problem';
import { count } from '../../model/word-list';
import { type ManagedPolicy, managedPoliciesIn, policyName } from '../../plan/any-policy';
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

/**
 * The policies of manifests that a cluster is compared with. AKS's own are left alone, which is told.
 *
 * @throws NetworkPolicyError `changes-refused` for policies without a name, and for several of one name
 */
export async function wantedPolicies(
  { cluster }: ReadManifests,
  terminal: Terminal,
): Promise<readonly ManagedPolicy[]> {
  const { unjudged = [] } = cluster;
  const policies = managedPoliciesIn(cluster);
  const names = policies.map(policyName);
  refuseUnclear(
    unjudged.flatMap(({ kind, name = '', written }) => (name === '' && written !== undefined ? kind : [])),
    'policies without a name cannot be compared with those of a cluster',
  );
  refuseUnclear(
    names.filter((name, i) => names.indexOf(name) !== i),
    'there are several policies of this kind and name, which differ',
  );
  const own = policies.filter(isAksPolicy);
  await complain(
    terminal,
    inLines(own.map((policy) => `left alone, because it is AKS’s own: ${policyName(policy)}`)),
  );
  return policies.filter((policy) => !own.includes(policy));
}

function refuseUnclear(got: readonly string[], problem: string): void {
  if (got.length > 0) {
    throw new NetworkPolicyError({
      code: 'changes-refused',
      at: 'the manifests',
      got: [...new Set(got)].join(', '),
      problem,
      fix: 'give each policy one name, and write it once',
    });
  }
}

/**
 * Refuses policies of kinds that the cluster does not have.
 *
 * @throws NetworkPolicyError `kind-not-installed`
 */
export async function refuseNotInstalled(
  policies: readonly Pick<ManagedPolicy, 'kind'>[],
  kubectl: Kubectl,
): Promise<void> {
  const kinds = POLICY_KINDS.filter(
    ({ kind }) => kind !== 'NetworkPolicy' && policies.some((policy) => policy.kind === kind),
  );
  for (const { kind, apiVersion, plural } of kinds) {
    if (!(await isServed(kubectl, apiVersion, plural))) {
      throw new NetworkPolicyError({
        code: 'kind-not-installed',
        at: 'the cluster',
        got: `${kind} of ${apiVersion}`,
        problem: 'it does not have this kind, so nothing was done',
        fix: 'use a cluster with Cilium, whose operator installs the kind; or leave these policies out with --ignore-kind',
      });
    }
  }
}

async function isServed(kubectl: Kubectl, apiVersion: string, plural: string): Promise<boolean> {
  try {
    const { resources } = await kubectl.get(`/apis/${apiVersion}`);
    return Array.isArray(resources) && resources.some((each) => isPlainObject(each) && each.name === plural);
  } catch (error) {
    if (error instanceof NetworkPolicyError && error.code === 'object-missing') {
      return false;
    }
    throw error;
  }
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
      got: 'no policy',
      problem: `there is no ${POLICY_KIND_NAMES.join(', no ')} among them`,
      fix: 'name files and folders with policies; other kinds are kubectl’s to apply',
    });
  }
}

/**
 * Reads the live cluster that policies are compared with. Those of their kinds must be known, at least in the namespaces
 * that are compared. An account with few rights may lack other kinds and namespaces: the preview says what is unknown for
 * that.
 *
 * @param compared the policies, of which NetworkPolicies are always known
 * @param scope with the namespaces in which policies are compared
 * @throws NetworkPolicyError when the policies there cannot be listed
 */
export async function readPoliciesLive(
  kubectl: Kubectl,
  options: IgnoreOptions,
  terminal: Terminal,
  profile: EngineProfile,
  compared: readonly Pick<ManagedPolicy, 'kind'>[],
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
  const kinds = new Set<string>(compared.map(({ kind }) => kind));
  const unlisted = live.cluster.unjudged?.find(
    ({ kind, name, except = [] }) =>
      name === undefined &&
      kinds.has(kind) &&
      !(policyKindOf({ kind }).isNamespaced && scope.orIn.every((each) => except.includes(each))),
  );
  if (unlisted !== undefined) {
    const { kind, group } = unlisted;
    throw new NetworkPolicyError({
      code: 'forbidden',
      at: "the cluster's policies",
      got: `listing ${kind} objects`,
      problem: 'your account may not do this, so nothing is known of those that are there',
      fix: `ask for the verb list on ${policyKindOf({ kind }).plural}.${group}`,
    });
  }
  return live;
}
