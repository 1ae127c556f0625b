import type { AksClusterProfile } from '../aks/cluster-profile';
import { isManagedPolicy } from '../aks/managed-policies';
import { isSystemNamespace } from '../aks/system-namespaces';
import type { PolicyEntry } from '../model/cluster';
import type { PolicyType } from '../model/network-policy';
import { PodSet } from '../model/pod-set';
import { sectionOf } from '../model/policy-rules';
import { impliesSelector } from '../model/selector-match';
import type { SourcePosition } from '../model/source-position';
import type { LintContext } from './context';
import { creation, type EditFix, inWords, together } from './fix';
import { toNameServers } from './lifelines';
import { newPolicy } from './opening-fix';
import { withoutEmptyLists } from './pieces';
import { isNpm } from './rule-engines';

/**
 * A default for one direction that leaves the other one alone: the namespace's own pods come in, and nothing goes out but
 * questions for names. On azure the denial is a policy of its own, for an update of one that allows opens its pods.
 */
export function baselineFor(namespace: string, direction: PolicyType, context: LintContext): EditFix {
  const word = direction.toLowerCase();
  const [rest, rule] =
    direction === 'Ingress'
      ? ['same-namespace', { from: [{ podSelector: {} }] }]
      : ['dns', toNameServers(context.profile).rule];
  const add = (name: string, rules?: object) => {
    const spec = { podSelector: {}, policyTypes: [direction], ...rules };
    return creation(newPolicy(context, namespace, name, spec), sourceOf(namespace, context));
  };
  const policies = isNpm(context)
    ? together(add(`default-deny-${word}`), add(`allow-${rest}`, { [word]: [rule] }))
    : add(`default-deny-${word}`, { [word]: [rule] });
  return {
    ...policies,
    code: `add new NamespaceBaseline(chart, '${word}-baseline', { namespace: '${namespace}', ${BASELINES[direction]} })`,
  };
}

/** Both directions are named, because a direction that is left out has a default of its own. */
const BASELINES = {
  Ingress: "ingress: 'AllowSameNamespace', egress: 'AllowAll'",
  Egress: "ingress: 'AllowAll', egress: 'DenyAll'",
} as const satisfies Record<PolicyType, string>;

/** What a policy is to hold, whatever becomes of its rules. */
export interface Held {
  readonly policy: PolicyEntry;
  readonly directions: readonly PolicyType[];
}

/** Beside each of some policies one without rules, for the same pods, so that it isolates nobody who is open. */
export function denialsBeside(held: readonly Held[], context: LintContext): EditFix {
  const denials = held.map(({ policy, directions }, i) => {
    const { namespace = '', name, rules, source } = policy;
    const spec = { podSelector: withoutEmptyLists(rules.subject.pods), policyTypes: directions };
    return creation(newPolicy(context, namespace, `default-deny${i === 0 ? '' : `-${name}`}`, spec), source);
  });
  const all = together(...denials);
  return denials.length === 1
    ? all
    : inWords(
        'add a policy without rules beside each of them, with the same podSelector and policyTypes',
        all,
      );
}

/**
 * The same for a policy that holds its pods from now on, on azure: it is what `npm-update-gap` asks for.
 *
 * @returns nothing where some policy without rules holds the pods already, or another one leaves them open
 */
export function denialOnNpm(
  policy: PolicyEntry,
  direction: PolicyType,
  context: LintContext,
): readonly EditFix[] {
  const { namespace = '', rules } = policy;
  const decides = (other: PolicyEntry) =>
    other !== policy &&
    impliesSelector(rules.subject.pods, other.rules.subject.pods) &&
    sectionOf(other.rules, direction).isolates &&
    (context.rulesOf(other).length === 0 || opensAll(other, direction));
  return isNpm(context) && !context.policiesIn(namespace).some(decides)
    ? [denialsBeside([{ policy, directions: [direction] }], context)]
    : [];
}

/** Whether a rule of a policy is for everybody on every port. */
export function opensAll({ rules }: PolicyEntry, direction: PolicyType): boolean {
  return sectionOf(rules, direction).rules.some(
    ({ action, peers, ports }) => action === 'allow' && peers === undefined && ports === undefined,
  );
}

/** Where policies of a namespace are written, else the namespace itself, else its workloads. */
function sourceOf(namespace: string, context: LintContext): SourcePosition | undefined {
  const [policy] = context.policiesIn(namespace).filter((each) => !isManagedPolicy(each));
  return (policy ?? context.namespace(namespace))?.source ?? context.workloadsIn(namespace)[0]?.source;
}

/** Whether a namespace is AKS's own, or may bring a default policy that no manifest holds. */
export function bringsItsOwn(
  name: string,
  direction: PolicyType,
  { managedNamespaces = [] }: AksClusterProfile,
): boolean {
  const managed = managedNamespaces.find((each) => each.name === name);
  const policy = direction === 'Ingress' ? managed?.ingress : managed?.egress;
  return isSystemNamespace(name) || (managed !== undefined && policy !== 'AllowAll');
}

/**
 * The namespaces with policies where pods that no manifest tells of are open for ingress.
 *
 * @param told namespaces of which the rule has spoken already
 */
export function openToNewcomers(
  { policies, reachability, facts, profile }: LintContext,
  told: readonly string[],
): readonly string[] {
  const names = policies.flatMap(({ rules: { subject } }) =>
    typeof subject.namespaces === 'string' ? [subject.namespaces] : [],
  );
  return reachability.knownOnly
    ? []
    : [...new Set(names)].filter(
        (name) =>
          !told.includes(name) &&
          !bringsItsOwn(name, 'Ingress', profile) &&
          facts.arePossibleIsolated('Ingress', PodSet.inNamespace(name)) === 'no',
      );
}
