import { readProfile } from '../lint/read-profile';
import { type PolicyEntry, qualifiedName } from '../model/cluster';
import { NetworkPolicyError } from '../model/problem';
import { confirm } from './confirmation';
import { EXIT_CODE } from './exit-code';
import { Interruption } from './interruption';
import { Kubectl } from './kubectl';
import { readPoliciesLive } from './live-source';
import { describeProgress, PolicyWriter } from './policy-writer';
import { preview } from './preview';
import { exitCodeOf } from './run-apply';
import { layoutOf, type Terminal, tell } from './terminal';
import type { WriteVerbOptions } from './write-options';

/** Deletes policies after showing what that opens; one name that is not there, and nothing is deleted. */
export async function runDelete(
  names: readonly string[],
  options: WriteVerbOptions,
  terminal: Terminal,
): Promise<void> {
  const profile = readProfile(options);
  const { cluster } = await readPoliciesLive(options, terminal);
  const policies = find(names, options.namespace, cluster.policies);
  const say = (lines: Iterable<string>) => tell(terminal, lines);
  await say(policies.map((policy) => `delete  ${qualifiedName(policy)}\n`));
  await say(preview(cluster, { remove: policies }, profile, layoutOf(terminal)).lines);
  if (options.dryRun === true) {
    terminal.exitCode = EXIT_CODE.yes;
    return;
  }
  if (!(await confirm(`Delete ${policies.length} of these?`, options.yes === true, terminal))) {
    await say(['nothing was deleted\n']);
    terminal.exitCode = EXIT_CODE.no;
    return;
  }
  const interruption = new Interruption();
  try {
    const writer = new PolicyWriter(new Kubectl(options), {}, interruption.isInterrupted);
    const progress = await writer.delete(policies);
    await say(describeProgress(progress, 'deleted').map((line) => `${line}\n`));
    terminal.exitCode = exitCodeOf(progress);
  } finally {
    interruption.end();
  }
}

/** @param names `db-ingress` in the namespace of the option, or `shop/db-ingress` */
function find(names: readonly string[], namespace: string, live: readonly PolicyEntry[]): PolicyEntry[] {
  const known = new Map(live.map((policy) => [qualifiedName(policy), policy]));
  const wanted = [...new Set(names.map((name) => (name.includes('/') ? name : `${namespace}/${name}`)))];
  const missing = wanted.filter((name) => !known.has(name));
  if (missing.length > 0) {
    throw new NetworkPolicyError({
      code: 'object-missing',
      at: 'delete',
      got: missing.join(', '),
      problem: 'there are no such policies, so nothing is deleted',
      fix: 'see aks-netpol list; --namespace names another namespace',
    });
  }
  return wanted.map((name) => known.get(name) as PolicyEntry);
}
