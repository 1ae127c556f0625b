import type { ReadManifests } from '../manifests/read-manifests';
import { NetworkPolicyError } from '../model/problem';
import { readSource } from './source';
import type { SourceOptions } from './source-options';
import type { Terminal } from './terminal';

/**
 * A live cluster whose policies are known, for verbs that compare with it: all of them, or for an account with fewer
 * rights those of some namespaces. Other kinds, and other namespaces, may be missing: what depends on them is unknown
 * in the preview, and said.
 *
 * @param namespaces in which policies are compared
 * @throws NetworkPolicyError when the policies there cannot be listed
 */
export async function readPoliciesLive(
  options: SourceOptions,
  terminal: Terminal,
  namespaces: readonly string[],
): Promise<ReadManifests> {
  const scope = { orIn: namespaces };
  const live = await readSource([], { ...options, cluster: true }, terminal, { scope });
  const hidden = live.cluster.unreadable.find(
    ({ kind, except = [] }) =>
      (kind === undefined || kind === 'NetworkPolicy') && !namespaces.every((each) => except.includes(each)),
  );
  if (hidden !== undefined) {
    throw new NetworkPolicyError({ ...hidden.problem, at: `the cluster's policies: ${hidden.problem.at}` });
  }
  return live;
}
