import type { ReadManifests } from '../manifests/read-manifests';
import { NetworkPolicyError } from '../model/problem';
import { readSource } from './source';
import type { SourceOptions } from './source-options';
import type { Terminal } from './terminal';

/**
 * A live cluster whose policies are known, for verbs that compare with it. Other kinds may be missing: what depends
 * on them is unknown in the preview, and said.
 *
 * @throws NetworkPolicyError when its policies cannot be listed
 */
export async function readPoliciesLive(options: SourceOptions, terminal: Terminal): Promise<ReadManifests> {
  const live = await readSource([], { ...options, cluster: true }, terminal);
  const hidden = live.cluster.unreadable.find(({ kind }) => kind === undefined || kind === 'NetworkPolicy');
  if (hidden !== undefined) {
    throw new NetworkPolicyError({ ...hidden.problem, at: `the cluster's policies: ${hidden.problem.at}` });
  }
  return live;
}
