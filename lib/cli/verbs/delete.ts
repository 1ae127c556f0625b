import { readProfile } from '../../aks/read-profile';
import { qualifiedName } from '../../model/cluster';
import { NO_INTENT } from '../../model/finding';
import { networkPoliciesIn } from '../../model/network-policy-entry';
import { NetworkPolicyError } from '../../model/problem';
import { pairsOf } from '../../plan/policy-pairs';
import { inWritingOrder } from '../../plan/policy-plan';
import type { DeleteOptions } from '../commands/delete';
import { checkConfirmable } from '../confirmation';
import { changeCluster } from '../live/change-cluster';
import { readPoliciesLive } from '../live/compared-sources';
import { Kubectl } from '../live/kubectl';
import { PolicyWriter } from '../live/policy-writer';
import { previewOf } from '../live/preview';
import { namespaceOf, namespacesOf, policyNamed } from '../namespace';
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
  const wanted = names.map((name) => policyNamed(name, namespace));
  const { cluster } = await readPoliciesLive(kubectl, options, terminal, profile, {
    orIn: namespacesOf(wanted),
    withCallers: true,
  });
  const live = networkPoliciesIn(cluster);
  const pairs = pairsOf(wanted, live);
  const found = [...new Set(pairs.flatMap(({ there = [] }) => there))];
  const lost = pairs.filter(({ there }) => there === undefined);
  const missing = [...new Set(lost.map(({ policy }) => qualifiedName(policy)))];
  if (missing.length > 0) {
    if (options.ignoreNotFound !== true) {
      throw notFound(missing);
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
      policies: remove.map((policy) => ({
        namespace: policy.namespace,
        name: policy.name,
        action: 'delete',
        fields: [],
      })),
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

function notFound(names: readonly string[]): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'object-missing',
    at: 'delete',
    got: names.join(', '),
    problem: 'there are no such policies, so nothing is deleted',
    fix: 'see aks-netpol list; --namespace names another namespace, and --ignore-not-found deletes the others',
  });
}
