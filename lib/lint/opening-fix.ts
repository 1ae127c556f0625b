import { isManagedPolicy } from '../aks/managed-policies';
import { ruleSnippet } from '../codegen/snippets';
import { type PolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import { remember } from '../model/collections';
import { isDnsSubdomain, suggestName } from '../model/names';
import type { NetworkPolicy, NetworkPolicySpec, PolicyType } from '../model/network-policy';
import { PodSet } from '../model/pod-set';
import { type PodSelection, sectionOf } from '../model/policy-rules';
import { listWords } from '../model/word-list';
import type { WorkloadSet } from '../reachability/sets/workload-set';
import type { LintContext } from './context';
import { oncePerContext } from './context';
import { add, creation, type EditFix, withMore } from './fix';
import type { Wanted } from './lifelines';
import { toNameServers } from './lifelines';
import { withoutEmptyLists } from './pieces';

/** Pods as a policy of their namespace selects them. */
type PodsOfNamespace = PodSelection & { readonly namespaces: string };

/** Pods that are isolated, and the policies that may take a rule for them. */
export interface Shut {
  readonly policies: readonly PolicyEntry[];
  readonly workloads: readonly Workload[];
}

/** The same for the pods of one workload. */
export interface ShutOne extends Pick<Shut, 'policies'> {
  readonly workload: Workload;
}

/** Opens something for pods that the same policies isolate, and for all others whom the policy selects that takes the rule. */
export function openingFor(context: LintContext, shut: Shut, wanted: Wanted): EditFix {
  const taking = shut.policies.find((policy) => canTake(policy, wanted));
  const fix =
    taking === undefined ? ownPolicy(context, shut, subjectOf(shut), wanted) : addRule(taking, wanted);
  return besideDenials(fix, shut, wanted);
}

/**
 * Opens something for some pods alone, as far as policies or labels allow that.
 *
 * @param pods the selector of them all
 */
export function openForThese(
  context: LintContext,
  shut: Shut,
  pods: PodsOfNamespace,
  wanted: Wanted,
): EditFix {
  const these = context.facts.setOf(shut.workloads);
  const taking = shut.policies.find(
    (policy) => canTake(policy, wanted) && selectsThese(context, policy, these),
  );
  const fix =
    taking === undefined
      ? ownPolicy(
          context,
          shut,
          areIsolated(context, pods, wanted.direction) ? pods : subjectOf(shut),
          wanted,
        )
      : addRule(taking, wanted);
  return besideDenials(fix, shut, wanted);
}

/** A fix that tells which policies deny something to these pods, because a denial beats whatever the fix allows. */
function besideDenials(fix: EditFix, { policies }: Shut, { direction }: Wanted): EditFix {
  const denying = policies
    .filter(({ rules }) => sectionOf(rules, direction).rules.some(({ action }) => action === 'deny'))
    .map((policy) => `${policy.kind} ${qualifiedName(policy)}`);
  return denying.length === 0
    ? fix
    : withMore(fix, `, and take what it denies of this out of ${listWords([...new Set(denying)])}`);
}

/** The same for the pods of one workload. */
export function openForOne(context: LintContext, { policies, workload }: ShutOne, wanted: Wanted): EditFix {
  const { namespace: namespaces, selector, labels } = workload;
  const pods = { namespaces, pods: selector ?? { matchLabels: labels } };
  return openForThese(context, { policies, workloads: [workload] }, pods, wanted);
}

/** A policy with a name that no other policy of its namespace has, nor another one that a fix adds there. */
export function newPolicy(
  context: LintContext,
  namespace: string,
  name: string,
  spec: NetworkPolicySpec,
): NetworkPolicy {
  const { taken, series } = namesIn(context, namespace);
  const stem = legalName(name);
  const text = JSON.stringify(spec);
  const tried = remember(series, stem, () => ({ byText: new Map(), next: 1 }));
  while (!tried.byText.has(text)) {
    const next = tried.next === 1 ? stem : `${stem}-${tried.next}`;
    const said = taken.has(next) ? taken.get(next) : text;
    taken.set(next, said);
    tried.byText.set(said, tried.byText.get(said) ?? next);
    tried.next += 1;
  }
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: tried.byText.get(text) as string, namespace },
    spec,
  };
}

/**
 * A name as the API server takes it, with room for a number. Those of workloads in it may be long, and end in `?` where
 * the server is still to complete them.
 */
export function legalName(name: string): string {
  return isDnsSubdomain(`${name}-99`) ? name : suggestName(name, 250);
}

/** The names of the policies of a namespace. */
interface Names {
  /** With what those say that fixes add. */
  readonly taken: Map<string, string | undefined>;
  /** By their stems, those with numbers that were tried: the first that says something, and the next number. */
  readonly series: Map<string, { readonly byText: Map<string | undefined, string>; next: number }>;
}

function namesIn(context: LintContext, namespace: string): Names {
  return remember(namesOf(context), namespace, noNames);
}

const noNames = (): Names => ({ taken: new Map(), series: new Map() });

const namesOf = oncePerContext(({ cluster }: LintContext) => {
  const names = new Map<string, Names>();
  for (const { namespace = '', name } of cluster.policies) {
    remember(names, namespace, noNames).taken.set(name, undefined);
  }
  return names;
});

/** A policy without rules of its direction is a denial, which is best left alone. */
function canTake(policy: PolicyEntry, { direction }: Wanted): boolean {
  const { isolates, rules } = sectionOf(policy.rules, direction);
  return policy.kind === 'NetworkPolicy' && !isManagedPolicy(policy) && isolates && rules.length > 0;
}

function addRule(policy: PolicyEntry, { direction, rule, preset }: Wanted): EditFix {
  return add(policy, sectionOf(policy.rules, direction).at, rule, preset);
}

/** Whether a policy selects some workloads, each of them and nobody else. */
export function selectsThese({ facts }: LintContext, policy: PolicyEntry, these: WorkloadSet): boolean {
  const { sure, possible } = facts.selected(policy);
  return these.without(sure).isEmpty && possible.without(these).isEmpty;
}

/** Whether a policy for these pods would isolate nobody who is not isolated yet. */
function areIsolated({ facts }: LintContext, pods: PodSelection, direction: PolicyType): boolean {
  const set = PodSet.of(pods);
  return (
    set !== undefined &&
    facts.areIsolated(direction, facts.matching(pods).possible) &&
    facts.arePossibleIsolated(direction, set) === 'yes'
  );
}

/** The pods of one of the policies: a second policy for the same pods isolates nobody else. */
function subjectOf({ policies, workloads }: Shut): PodsOfNamespace {
  const { namespaces, pods = {} } = policies[0]?.rules.subject ?? {};
  return {
    namespaces: typeof namespaces === 'string' ? namespaces : (workloads[0]?.namespace ?? 'default'),
    pods,
  };
}

function ownPolicy(
  context: LintContext,
  { policies, workloads }: Shut,
  { namespaces, pods }: PodsOfNamespace,
  { direction, rule, preset, name }: Wanted,
): EditFix {
  // Pods that could talk to nobody need DNS as soon as they can talk to somebody.
  const isFirst =
    direction === 'Egress' && policies.every((each) => context.allowing(each, direction).length === 0);
  const wanted = [{ rule, preset }, ...(isFirst ? [toNameServers(context.profile)] : [])];
  const policy = newPolicy(context, namespaces, name, {
    podSelector: withoutEmptyLists(pods),
    policyTypes: [direction],
    [direction === 'Ingress' ? 'ingress' : 'egress']: wanted.map((each) => each.rule),
  });
  const beside = policies.find((each) => !isManagedPolicy(each)) ?? workloads[0];
  return creation(policy, beside?.source, () =>
    wanted.map((each) => each.preset ?? ruleSnippet(direction, each.rule)),
  );
}
