import { readProfile } from '../../aks/read-profile';
import { readLintConfigs } from '../../manifests/lint-config';
import type { ReadManifests } from '../../manifests/read-manifests';
import { compare } from '../../model/collections';
import { nameOfKind } from '../../model/object-kinds';
import { POLICY_KINDS } from '../../model/policy-kinds';
import { NetworkPolicyError } from '../../model/problem';
import { type ManagedPolicy, managedPoliciesIn, policyName } from '../../plan/any-policy';
import { type PolicyPair, pairsOf } from '../../plan/policy-pairs';
import { inWritingOrder, isWork, planPolicies } from '../../plan/policy-plan';
import { asStored } from '../../plan/stored-policy';
import { cameWithChangeLines } from '../../render/accepted';
import type { KindCount } from '../../render/policy-changes';
import { acceptedIntent, complainOfIntent } from '../accepted-intent';
import { checkConfirmable } from '../confirmation';
import { boundTo } from '../live/bound-policies';
import { changeCluster } from '../live/change-cluster';
import {
  readPoliciesLive,
  readWanted,
  refuseNone,
  refuseNotInstalled,
  wantedPolicies,
} from '../live/compared-sources';
import { Kubectl } from '../live/kubectl';
import { PolicyWriter } from '../live/policy-writer';
import { previewOf } from '../live/preview';
import { namespacesOf } from '../namespace';
import type { ApplyOptions } from '../options/changing';
import { counting } from '../progress-line';
import { complain, type Terminal } from '../terminal';

export function run(terminal: Terminal, paths: readonly string[], options: ApplyOptions): Promise<void> {
  return applyPolicies(terminal, paths, 'apply', options);
}

/**
 * Applies policies: tried by the server first, judged as the server would store them, shown with what they open and
 * close, confirmed, and applied.
 *
 * @param verb `create`: a policy that is there already is a mistake
 */
export async function applyPolicies(
  terminal: Terminal,
  paths: readonly string[],
  verb: 'apply' | 'create',
  options: ApplyOptions,
): Promise<void> {
  checkConfirmable(options, terminal);
  const profile = readProfile(options);
  const config = readLintConfigs(options.config ?? []);
  const kubectl = new Kubectl(options, terminal.stderr);
  const read = await readWanted(paths, kubectl, options, profile, terminal, config.problems);
  const wanted = await wantedPolicies(read, terminal);
  refuseNone(wanted);
  await refuseNotInstalled(wanted, kubectl);
  await complainOfIntent(read, config, terminal);
  const { intent, standing } = await acceptedIntent(read.intent, config, options);
  await complain(terminal, cameWithChangeLines(standing, options.wide));
  const live = await readPoliciesLive(kubectl, options, terminal, profile, wanted, {
    orIn: namespacesOf(wanted),
    withCallers: true,
  });
  const there = managedPoliciesIn(live.cluster);
  const pairs = pairsOf(wanted, there);
  if (verb === 'create') {
    refuseExisting(pairs);
  }
  const writer = new PolicyWriter(kubectl, options);
  const sent = boundTo(pairs);
  const { stored, refusals } = await counting(
    terminal.stderr,
    (tried) => `the server tries: ${tried} of ${sent.length} policies`,
    (more) => writer.tryOut(sent, more),
  );
  const results = pairs.map((pair) => ({
    ...pair,
    policy: asStored(pair, stored.get(policyName(pair.policy))),
  }));
  const policies = planPolicies(results);
  const work = new Set(policies.filter(isWork).map(policyName));
  const isChanged = (policy: ManagedPolicy) => work.has(policyName(policy));
  const ordered = inWritingOrder(sent.filter(isChanged), 'put');
  await changeCluster(
    {
      verb,
      policies,
      passedOver: passedOver(read),
      preview: previewOf(
        live.cluster,
        { put: results.map(({ policy }) => policy).filter(isChanged) },
        { profile, intent, ruleLines: read.ruleLines, fieldPlaces: read.fieldPlaces },
      ),
      refusals,
      failOn: options.failOn ?? config.failOn ?? 'error',
      live: there,
      write: (interruption, told) => writer.apply(ordered, interruption, told),
    },
    kubectl,
    options,
    terminal,
  );
}

function refuseExisting(pairs: readonly PolicyPair[]): void {
  const there = pairs.flatMap((pair) => (pair.there === undefined ? [] : policyName(pair.policy)));
  if (there.length > 0) {
    throw new NetworkPolicyError({
      code: 'changes-refused',
      at: 'create',
      got: there.join(', '),
      problem: 'there are policies of these names already',
      fix: 'change them with aks-netpol apply, or give the new ones other names',
    });
  }
}

/** The objects that are not this tool's to apply, by kind. */
function passedOver({ skipped, otherKinds, ignored }: ReadManifests): readonly KindCount[] {
  const own = POLICY_KINDS.map(({ kind, apiVersion }) => nameOfKind(kind, apiVersion));
  const others = Object.entries(otherKinds).filter(([kind]) => !own.includes(kind));
  return Object.entries({ ...skipped, ...Object.fromEntries(others), ...ignored })
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => compare(a.kind, b.kind));
}
