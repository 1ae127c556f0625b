import { lint } from '../lint/lint';
import { readProfile } from '../lint/read-profile';
import { readManifests } from '../manifests/read-manifests';
import { type Cluster, type PolicyEntry, qualifiedName } from '../model/cluster';
import { isCounted, type LintFinding } from '../model/finding';
import { describeManifestProblem } from '../model/manifest-problem';
import { type PolicyPlan, planPolicies } from '../model/policy-plan';
import { NetworkPolicyError } from '../model/problem';
import { confirm } from './confirmation';
import { EXIT_CODE, type ExitCode, NO_CLUSTER } from './exit-code';
import { Interruption } from './interruption';
import { Kubectl } from './kubectl';
import { readPoliciesLive } from './live-source';
import { describeProgress, PolicyWriter, type Progress } from './policy-writer';
import { preview } from './preview';
import { layoutOf, type Terminal, tell } from './terminal';
import type { ApplyOptions } from './write-options';

/**
 * Applies policies: judged first, then refused or not by the server's own dry run, then shown with what they open
 * and close, then confirmed, then applied one by one.
 *
 * @param isNew whether a policy that is there already is a mistake
 */
export async function runApply(
  paths: readonly string[],
  isNew: boolean,
  options: ApplyOptions,
  terminal: Terminal,
): Promise<void> {
  const profile = readProfile(options);
  const wanted = readWanted(paths, options.namespace, profile.kubernetesVersion);
  const live = await readPoliciesLive(options, terminal);
  const plan = planPolicies(wanted, live.cluster.policies);
  if (isNew) {
    refuseExisting(plan);
  }
  const say = (lines: Iterable<string>) => tell(terminal, lines);
  await say(planLines(plan));
  if (plan.steps.length === 0) {
    terminal.exitCode = EXIT_CODE.yes;
    return;
  }
  const policies = plan.steps.map(({ policy }) => policy);
  const findings = findingsAbout(policies, withPolicies(live.cluster, policies), profile);
  await say(findings.map(findingLine));
  const stopping = findings.filter(({ severity }) => isCounted(severity, options.failOn));
  if (stopping.length > 0) {
    await say([
      `nothing was applied: ${stopping.length} of these findings stop it (--fail-on ${options.failOn})\n`,
    ]);
    terminal.exitCode = EXIT_CODE.no;
    return;
  }
  const interruption = new Interruption();
  const writer = new PolicyWriter(new Kubectl(options), options, interruption.isInterrupted);
  try {
    const refusals = await writer.refusals(policies);
    if (refusals.length > 0) {
      await say(refusals.map(({ policy, error }) => `refused  ${qualifiedName(policy)}  ${error.message}\n`));
      await say(['nothing was applied: the server refuses it\n']);
      terminal.exitCode = EXIT_CODE.no;
      return;
    }
    await say(preview(live.cluster, { put: policies }, profile, layoutOf(terminal)).lines);
    if (options.dryRun === true) {
      terminal.exitCode = EXIT_CODE.yes;
    } else if (await confirm(`Apply ${policies.length} of these?`, options.yes === true, terminal)) {
      const progress = await writer.apply(policies);
      await say(describeProgress(progress, 'applied').map((line) => `${line}\n`));
      terminal.exitCode = exitCodeOf(progress);
    } else {
      await say(['nothing was applied\n']);
      terminal.exitCode = EXIT_CODE.no;
    }
  } finally {
    interruption.end();
  }
}

/** The exit code of changes that may have stopped half-way. */
export function exitCodeOf({ stopped }: Progress): ExitCode {
  if (stopped === undefined) {
    return EXIT_CODE.yes;
  }
  return stopped !== 'interrupted' && NO_CLUSTER.includes(stopped.error.code)
    ? EXIT_CODE.noCluster
    : EXIT_CODE.no;
}

/**
 * The policies of manifests, all of which could be understood.
 *
 * @throws NetworkPolicyError `changes-refused` with every problem, `objects-missing`
 */
export function readWanted(
  paths: readonly string[],
  defaultNamespace: string,
  kubernetesVersion?: string,
): readonly PolicyEntry[] {
  const { cluster, problems } = readManifests(paths, {
    defaultNamespace,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
  });
  if (problems.length > 0) {
    throw new NetworkPolicyError({
      code: 'changes-refused',
      at: 'the manifests',
      got: `${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((each) => `  ${describeManifestProblem(each)}`).join('\n')}\n`,
      problem: 'not all of it could be understood, so none of it is compared with the cluster',
      fix: 'mend it first',
    });
  }
  if (cluster.policies.length === 0) {
    throw new NetworkPolicyError({
      code: 'objects-missing',
      at: 'the manifests',
      got: 'no NetworkPolicy',
      problem: 'there is no policy among them',
      fix: 'name files and folders with NetworkPolicies; other kinds are kubectl’s to apply',
    });
  }
  return cluster.policies;
}

/** A cluster with some policies put in place of those of the same names. */
export function withPolicies(cluster: Cluster, policies: readonly PolicyEntry[]): Cluster {
  const names = new Set(policies.map(qualifiedName));
  return {
    ...cluster,
    policies: [...cluster.policies.filter((policy) => !names.has(qualifiedName(policy))), ...policies],
  };
}

function refuseExisting({ steps, unchanged }: PolicyPlan): void {
  const there = [
    ...steps.filter(({ action }) => action === 'change').map(({ policy }) => policy),
    ...unchanged,
  ];
  if (there.length > 0) {
    throw new NetworkPolicyError({
      code: 'changes-refused',
      at: 'create',
      got: there.map(qualifiedName).join(', '),
      problem: 'there are policies of these names already',
      fix: 'change them with aks-netpol apply, or give the new ones other names',
    });
  }
}

function* planLines({ steps, unchanged }: PolicyPlan): Generator<string> {
  for (const { action, policy, fields } of steps) {
    yield `${action}  ${qualifiedName(policy)}${fields.length === 0 ? '' : `  ${fields.join(', ')}`}\n`;
  }
  if (unchanged.length > 0) {
    yield `${unchanged.length} ${unchanged.length === 1 ? 'policy is' : 'policies are'} in the cluster as wanted\n`;
  }
}

function findingsAbout(
  policies: readonly PolicyEntry[],
  cluster: Cluster,
  profile: ReturnType<typeof readProfile>,
): LintFinding[] {
  const names = new Set(policies.map(qualifiedName));
  return lint(cluster, { profile }).findings.filter(
    ({ object: { kind, namespace = '', name } }) =>
      kind === 'NetworkPolicy' && names.has(qualifiedName({ namespace, name })),
  );
}

function findingLine({ severity, rule, object, message, fix }: LintFinding): string {
  return `${severity}  ${rule}  ${object.namespace}/${object.name}: ${message}\n  fix: ${fix}\n`;
}
