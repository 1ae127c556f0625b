import { readProfile } from '../../aks/read-profile';
import { lint } from '../../lint/lint-cluster';
import type { Cluster, NetworkPolicyEntry } from '../../model/cluster';
import { networkPoliciesIn } from '../../model/network-policy-entry';
import { NetworkPolicyError } from '../../model/problem';
import { Reachability } from '../../reachability/reachability';
import { PORTRAIT_RENDERERS } from '../../render/outputs';
import { portraitOf } from '../../render/policy-portrait';
import type { ShowOptions } from '../commands/show';
import { EXIT_CODE } from '../exit-code';
import { namespaceOf, policyNamed } from '../namespace';
import { namesFiles } from '../options/source';
import { clusterMeant, readingFor, readSource } from '../read-source';
import { layoutOf, print, type Terminal } from '../terminal';

export async function run(
  terminal: Terminal,
  text: string,
  paths: readonly string[],
  options: ShowOptions,
): Promise<void> {
  const profile = readProfile(options);
  const kubectl = clusterMeant({ ...options, cluster: !namesFiles(paths, options) }, terminal);
  const { namespace, name } = policyNamed(text, await namespaceOf(options.namespace, kubectl));
  const { cluster, problems } = await readSource(paths, kubectl, terminal, {
    ...readingFor(profile, options),
    scope: { orIn: [namespace] },
  });
  const policy = find(cluster, name, namespace);
  const reachability = Reachability.of(cluster, { profile });
  const { findings } = lint(cluster, { profile, reachability });
  const portrait = portraitOf(policy, reachability.judged, findings);
  await print(terminal.stdout, PORTRAIT_RENDERERS[options.format](portrait, layoutOf(terminal)));
  terminal.exitCode = problems.length === 0 ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
}

/** @throws NetworkPolicyError `object-missing` */
function find(cluster: Cluster, name: string, namespace: string): NetworkPolicyEntry {
  const policies = networkPoliciesIn(cluster);
  const found = policies.find((each) => each.name === name && each.namespace === namespace);
  if (found !== undefined) {
    return found;
  }
  const elsewhere = policies.filter((each) => each.name === name).map((each) => each.namespace);
  const beside = policies.filter((each) => each.namespace === namespace).map((each) => each.name);
  const mayBeThere = cluster.unreadable.some(({ kind = 'NetworkPolicy' }) => kind === 'NetworkPolicy');
  throw new NetworkPolicyError({
    code: 'object-missing',
    at: 'show',
    got: `${namespace}/${name}`,
    problem: mayBeThere
      ? 'no network policy of this name could be read in this namespace; there may be one'
      : 'there is no network policy of this name in this namespace',
    fix:
      elsewhere.length > 0
        ? `there is one in ${elsewhere.join(', ')}: name it with --namespace`
        : beside.length > 0
          ? `namespace ${namespace} has ${beside.join(', ')}`
          : 'see aks-netpol list',
  });
}
