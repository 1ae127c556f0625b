import { readProfile } from '../lint/read-profile';
import { type PolicyEntry, qualifiedName } from '../model/cluster';
import { isOwned, managersOf } from '../model/ownership';
import { planPolicies } from '../model/policy-plan';
import type { DriftOptions } from './commands/drift';
import { EXIT_CODE } from './exit-code';
import { readPoliciesLive } from './live-source';
import { preview } from './preview';
import { readWanted } from './run-apply';
import { layoutOf, print, type Terminal } from './terminal';

/** Tells how a cluster differs from manifests: object by object, and in what can reach what. */
export async function runDrift(
  paths: readonly string[],
  options: DriftOptions,
  terminal: Terminal,
): Promise<void> {
  const profile = readProfile(options);
  const wanted = readWanted(paths, options.namespace, profile.kubernetesVersion);
  const live = await readPoliciesLive(options, terminal);
  const { steps: all, surplus } = planPolicies(wanted, live.cluster.policies);
  // Who owns a policy makes no difference to what it does.
  const steps = all.filter(
    ({ action, fields }) => action === 'create' || fields.some((field) => field !== 'owner'),
  );
  const foreign = options.all === true ? foreignTo(wanted, live.cluster.policies) : [];
  const lines = [
    ...steps.map(({ action, policy, fields }) =>
      action === 'create'
        ? `missing  ${qualifiedName(policy)}`
        : `changed  ${qualifiedName(policy)}  ${fields.join(', ')}`,
    ),
    ...surplus.map((policy) => `extra  ${qualifiedName(policy)}`),
    ...foreign.map((policy) => `foreign  ${qualifiedName(policy)}  ${managersOf(policy.policy).join(', ')}`),
  ];
  await print(
    terminal.stdout,
    [...lines].sort().map((line) => `${line}\n`),
  );
  const isSame = steps.length === 0 && surplus.length === 0;
  if (isSame) {
    await print(terminal.stdout, ['the cluster is as the manifests say\n']);
  } else {
    await print(terminal.stdout, ['\nTo bring it back:\n']);
    const put = steps.map(({ policy }) => policy);
    await print(
      terminal.stdout,
      preview(live.cluster, { put, remove: surplus }, profile, layoutOf(terminal)).lines,
    );
  }
  terminal.exitCode =
    live.problems.length > 0 ? EXIT_CODE.cannotJudge : isSame ? EXIT_CODE.yes : EXIT_CODE.no;
}

/** The policies of the cluster that neither the manifests nor code answer for. */
function foreignTo(wanted: readonly PolicyEntry[], live: readonly PolicyEntry[]): PolicyEntry[] {
  const names = new Set(wanted.map(qualifiedName));
  return live.filter((policy) => !names.has(qualifiedName(policy)) && !isOwned(policy.policy));
}
