import { isAksPolicy } from '../../aks/own-policies';
import { readProfile } from '../../aks/read-profile';
import { NO_INTENT } from '../../model/finding';
import { NetworkPolicyError } from '../../model/problem';
import {
  identityOf,
  isCiliumPolicy,
  type ManagedPolicy,
  managedPoliciesIn,
  policyName,
} from '../../plan/any-policy';
import { inWritingOrder } from '../../plan/policy-plan';
import type { DeleteOptions } from '../commands/delete';
import { checkConfirmable } from '../confirmation';
import { changeCluster } from '../live/change-cluster';
import { readPoliciesLive, refuseNotInstalled } from '../live/compared-sources';
import { Kubectl } from '../live/kubectl';
import { PolicyWriter } from '../live/policy-writer';
import { previewOf } from '../live/preview';
import { asWritten, findNamed, nameGiven, policyNamed } from '../named-policy';
import { namespaceOf, namespacesOf } from '../namespace';
import { counting } from '../progress-line';
import { complain, inLines, type Terminal } from '../terminal';

/** One name that is not there, and nothing is deleted. */
export async function run(
  terminal: Terminal,
  names: readonly string[],
  options: DeleteOptions,
): Promise<void> {
  checkConfirmable(options, terminal);
  const profile = readProfile(options);
  const kubectl = new Kubectl(options, terminal.stderr);
  const namespace = await namespaceOf(options.namespace, kubectl);
  const wanted = names.map((name) => policyNamed(name, namespace, options.kind));
  const kinds = wanted.flatMap(({ kind = [] }) => kind);
  if (options.ignoreNotFound !== true) {
    await refuseNotInstalled(kinds, kubectl);
  }
  const { cluster } = await readPoliciesLive(kubectl, options, terminal, profile, kinds, {
    orIn: namespacesOf(wanted),
    withCallers: true,
  });
  const live = managedPoliciesIn(cluster);
  const pairs = wanted.map((named) => ({ named, there: findNamed(named, live) }));
  // Who names no kind means what it always meant: a script that runs again must not find another kind's twin.
  const isMeant = ({ named, there }: (typeof pairs)[number]) =>
    there !== undefined && (named.kind !== undefined || !isCiliumPolicy(there));
  const found = [...new Set(pairs.filter(isMeant).flatMap(({ there = [] }) => there))];
  refuseAks(found);
  const lost = pairs.filter((pair) => !isMeant(pair));
  const missing = [...new Set(lost.map(({ named }) => nameGiven(named)))];
  if (missing.length > 0) {
    if (options.ignoreNotFound !== true) {
      throw notFound(
        missing,
        lost.flatMap(({ there = [] }) => there),
      );
    }
    await complain(terminal, inLines(missing.map((name) => `not there: ${name}`)));
  }
  const writer = new PolicyWriter(kubectl);
  const remove = inWritingOrder(found, 'delete');
  const refusals = await counting(
    terminal.stderr,
    (tried) => `the server tries: ${tried} of ${remove.length} deletions`,
    (more) => writer.tryDeletion(remove, more),
  );
  await changeCluster(
    {
      verb: 'delete',
      policies: remove.map((policy) => ({ ...identityOf(policy), action: 'delete', fields: [] })),
      passedOver: [],
      preview: previewOf(cluster, { remove }, { profile, intent: NO_INTENT }),
      refusals,
      failOn: 'never',
      live,
      write: (interruption, told) => writer.delete(remove, interruption, told),
    },
    kubectl,
    options,
    terminal,
  );
}

/** @param ofOtherKinds policies of these names */
function notFound(names: readonly string[], ofOtherKinds: readonly ManagedPolicy[]): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'object-missing',
    at: 'delete',
    got: names.join(', '),
    problem: 'there are no such policies, so nothing is deleted',
    fix:
      ofOtherKinds.length > 0
        ? `write ${ofOtherKinds.map(asWritten).join(', ')} for what is there`
        : 'see aks-netpol list; --namespace names another namespace, and --ignore-not-found deletes the others',
  });
}

function refuseAks(policies: readonly ManagedPolicy[]): void {
  const own = policies.filter(isAksPolicy);
  if (own.length > 0) {
    throw new NetworkPolicyError({
      code: 'changes-refused',
      at: 'delete',
      got: own.map(policyName).join(', '),
      problem: 'AKS manages it, so nothing is deleted',
      fix: 'leave it out',
    });
  }
}
