import type { ReadManifests } from '../../manifests/read-manifests';
import type { EngineProfile } from '../../model/engine-profile';
import { describePlace } from '../../model/place';
import { NetworkPolicyError } from '../../model/problem';
import type { IgnoreOptions } from '../judging-options';
import { readingFor, readSource } from '../read-source';
import type { Terminal } from '../terminal';
import type { Kubectl } from './kubectl';
import type { LiveScope } from './live-cluster';

/**
 * A live cluster whose policies are known, for verbs that compare with it: all of them, or for an account with fewer
 * rights those of some namespaces. Other kinds, and other namespaces, may be missing: what depends on them is unknown
 * in the preview, and said.
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
