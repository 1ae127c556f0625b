import { readProfile } from '../../aks/read-profile';
import { lint } from '../../lint/lint-cluster';
import type { Cluster } from '../../model/cluster';
import { POLICY_KIND_NAMES } from '../../model/policy-kinds';
import { NetworkPolicyError } from '../../model/problem';
import { type ManagedPolicy, managedPoliciesIn } from '../../plan/any-policy';
import { Reachability } from '../../reachability/reachability';
import { PORTRAIT_RENDERERS } from '../../render/outputs';
import { portraitOf } from '../../render/policy-portrait';
import type { ShowOptions } from '../commands/show';
import { EXIT_CODE } from '../exit-code';
import { findNamed, type NamedPolicy, nameGiven, policyNamed } from '../named-policy';
import { namespaceOf } from '../namespace';
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
  const named = policyNamed(text, await namespaceOf(options.namespace, kubectl), options.kind);
  const { cluster, problems } = await readSource(paths, kubectl, terminal, {
    ...readingFor(profile, options),
    scope: { orIn: [named.namespace] },
  });
  const policy = find(cluster, named);
  const reachability = Reachability.of(cluster, { profile });
  const { findings } = lint(cluster, { profile, reachability });
  const portrait = portraitOf(policy, reachability.judged, findings);
  await print(terminal.stdout, PORTRAIT_RENDERERS[options.format](portrait, layoutOf(terminal, options)));
  terminal.exitCode = problems.length === 0 ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
}

/** @throws NetworkPolicyError `object-missing`, `policy-ambiguous` */
function find(cluster: Cluster, named: NamedPolicy): ManagedPolicy {
  const { kind, namespace, name } = named;
  const policies = managedPoliciesIn(cluster).filter((each) => kind === undefined || each.kind === kind.kind);
  const found = findNamed(named, policies);
  if (found !== undefined) {
    return found;
  }
  const elsewhere = policies.flatMap((each) => (each.name === name ? (each.namespace ?? []) : []));
  const beside = [...new Set(policies.flatMap((each) => (each.namespace === namespace ? each.name : [])))];
  const isMeant = (of: string) => (kind === undefined ? POLICY_KIND_NAMES.includes(of) : of === kind.kind);
  const mayBeThere =
    cluster.unreadable.some(({ kind: of }) => of === undefined || isMeant(of)) ||
    cluster.unjudged?.some((each) => each.name === undefined && isMeant(each.kind)) === true;
  const what = kind === undefined ? 'network policy' : kind.kind;
  const where = kind?.isNamespaced === false ? '' : ' in this namespace';
  throw new NetworkPolicyError({
    code: 'object-missing',
    at: 'show',
    got: nameGiven(named),
    problem: mayBeThere
      ? `no ${what} of this name could be read${where}; there may be one`
      : `there is no ${what} of this name${where}`,
    fix:
      elsewhere.length > 0
        ? `there is one in ${elsewhere.join(', ')}: name it with --namespace`
        : beside.length > 0
          ? `namespace ${namespace} has ${beside.join(', ')}`
          : 'see aks-netpol list',
  });
}
