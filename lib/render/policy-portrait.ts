import { isAksPolicy } from '../aks/own-policies';
import { qualifiedName, type Workload } from '../model/cluster';
import { compare } from '../model/collections';
import { defined } from '../model/defined';
import { fieldText } from '../model/field-path';
import type { LintFinding } from '../model/finding';
import { type Harmless, inOneLine } from '../model/harmless';
import type { PolicyType } from '../model/network-policy';
import { type DirectedRule, directedRules } from '../model/policy-rules';
import { describePods } from '../model/policy-text';
import { listWords, NAMED } from '../model/word-list';
import {
  identityOf,
  isCiliumPolicy,
  type ManagedPolicy,
  type PolicyIdentity,
  policyName,
  refusalOfAll,
  rulesSaidBy,
} from '../plan/any-policy';
import { isOwned, managersOf } from '../plan/ownership';
import { withoutServerFields } from '../plan/server-fields';
import { workloadNameOf } from '../reachability/answers/crowd';
import { PartyWords } from '../reachability/answers/party-words';
import { type Matched, PolicyFacts } from '../reachability/answers/policy-facts';
import type { JudgedCluster } from '../reachability/judging/judged-cluster';
import { ciliumWords, isAboutPods } from './cilium-words';
import { findingWords } from './finding-words';
import { jsonDocument } from './json-output';
import { findingJson } from './lint-json';
import type { WorkloadJson } from './listed-parties';
import { manifestYaml } from './manifest-yaml';
import { ownerOf, selectedBy } from './policy-listing';
import { policySentences, RULE_WORDS, type RuleWords, rulesSentences } from './policy-sentences';

/** All that there is to say about one policy. */
export interface PolicyPortrait extends PolicyIdentity {
  readonly sentences: readonly string[];
  /** The workloads that it selects today. */
  readonly selects: readonly SelectedWorkload[];
  /** The workloads that its peers mean today, rule by rule. */
  readonly means: readonly MeantWorkloads[];
  readonly findings: readonly LintFinding[];
  /** Why the cluster calls it invalid, so that Cilium does not enforce it; left out if it does not. */
  readonly invalid?: string;
  readonly managers: readonly string[];
  readonly owned: boolean;
  /** Set for a policy of AKS's own. */
  readonly ofAks?: true;
  /** The object, without what the API server adds for itself. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** The same with what only sentences need. */
export interface DrawnPortrait extends PolicyPortrait {
  /** What a rule of `means` is called if it names pods: where it has no workloads, none is known. */
  readonly namingPods: readonly (string | undefined)[];
  /** What workloads are called. */
  readonly words: PartyWords;
}

export interface SelectedWorkload extends WorkloadJson {
  /** The names of its live pods. */
  readonly pods: readonly string[];
}

export interface MeantWorkloads {
  readonly direction: PolicyType;
  /** Among the rules of its direction in its part of the policy, from 0; those that deny come last. */
  readonly rule: number;
  /** `spec.ingress[0]` */
  readonly field: string;
  readonly workloads: readonly WorkloadJson[];
}

/**
 * @param cluster all that is known, the policy included
 * @param findings those of the whole cluster
 */
export function portraitOf(
  policy: ManagedPolicy,
  cluster: JudgedCluster,
  findings: readonly LintFinding[],
): DrawnPortrait {
  const facts = new PolicyFacts(cluster);
  const { invalid } = isCiliumPolicy(policy) ? policy : { invalid: undefined };
  const words = ruleWordsFor(policy);
  const parts = rulesSaidBy(policy) ?? [];
  const rules = parts.flatMap((part) => directedRules(part));
  return {
    ...identityOf(policy),
    sentences: sentencesOf(policy, words),
    selects: workloadsOf(selectedBy(policy, facts)).map(selected),
    means: rules.map((rule) => meant(rule, facts)),
    namingPods: rules.map((rule) =>
      rule.peers?.some(({ kind }) => kind === 'pods') ? words.name(rule) : undefined,
    ),
    words: PartyWords.of(cluster),
    findings: findings.filter(
      ({ object }) =>
        object.kind === policy.kind && object.namespace === policy.namespace && object.name === policy.name,
    ),
    ...defined({ invalid }),
    managers: managersOf(policy.written),
    owned: isOwned(policy.written),
    ...(isAksPolicy(policy) ? { ofAks: true as const } : {}),
    manifest: withoutServerFields({ ...policy.written }),
  };
}

function ruleWordsFor(policy: ManagedPolicy): RuleWords {
  return isCiliumPolicy(policy) ? ciliumWords(policy) : RULE_WORDS;
}

/** What a policy says, as sentences, whatever its kind. */
export function sentencesOf(policy: ManagedPolicy, words = ruleWordsFor(policy)): string[] {
  const name = policyName(policy);
  if (!isCiliumPolicy(policy)) {
    return policySentences(policy);
  }
  const { says, subject, unread = [] } = policy;
  const refusal = refusalOfAll(policy);
  if (refusal !== undefined) {
    return [
      `Cilium refuses ${name}: ${refusal.message}.`,
      'So it does nothing, except that rules of an earlier form stay until the agents restart.',
    ];
  }
  if (says === undefined) {
    return [
      `${name} may apply to ${describePods(subject)}.`,
      `What it says is not told, because ${fieldText(unread)} is not understood.`,
    ];
  }
  return says.flatMap((part) => {
    const named = says.length === 1 ? name : `${fieldText(part.at)} of ${name}`;
    return isAboutPods(part, policy)
      ? rulesSentences(named, part, words)
      : [`${named} is not about pods, and changes nothing for them.`];
  });
}

/** Of AKS's own workloads that no manifest declares, only those that are matched for sure; they come last. */
function workloadsOf(matched: readonly Matched[]): readonly Workload[] {
  const known = matched.flatMap(({ possible }) => possible.list().filter(({ assumed }) => assumed !== true));
  const assumed = matched.flatMap(({ sure }) => sure.list().filter((each) => each.assumed === true));
  return [...new Set([...known, ...assumed])];
}

function selected(workload: Workload): SelectedWorkload {
  return { ...named(workload), pods: workload.pods.map(({ name }) => name).sort() };
}

function meant({ direction, index, at, peers = [] }: DirectedRule, facts: PolicyFacts): MeantWorkloads {
  const workloads = workloadsOf(peers.map((peer) => facts.meant(peer))).map(named);
  return { direction, rule: index, field: fieldText(at), workloads: workloads.sort(byName) };
}

function named({ kind, namespace, name, assumed }: Workload): WorkloadJson {
  return { kind, namespace, name, ...defined({ assumed }) };
}

function byName(a: WorkloadJson, b: WorkloadJson): number {
  return (
    Number(a.assumed === true) - Number(b.assumed === true) ||
    compare(qualifiedName(a), qualifiedName(b)) ||
    compare(a.kind, b.kind)
  );
}

/** Where no manifest declares anybody: others may be there. */
const NONE = 'none known';

/** What there is to say, in sentences. */
export function* portraitText(portrait: DrawnPortrait): Generator<string> {
  const { sentences, means, namingPods, words, findings, invalid } = portrait;
  yield `${sentences.map(inOneLine).join('\n')}\n`;
  if (invalid !== undefined) {
    yield `\nCilium does not enforce it, says its status: ${inOneLine(invalid)}\n`;
  }
  yield '\nIt selects today:\n';
  yield* selectedLines(portrait);
  for (const [i, { workloads }] of means.entries()) {
    const rule = namingPods[i];
    if (rule !== undefined) {
      yield `\n${rule} means today:\n  ${workloads.length === 0 ? NONE : words.workloads(workloads)}\n`;
    }
  }
  yield `\nManaged by: ${inOneLine(ownerOf(portrait)) || 'not known'}\n`;
  yield findings.length === 0 ? '\nNothing was found about it.\n' : '\nFound about it:\n';
  for (const finding of findings) {
    const { what, fix } = findingWords(finding);
    yield `  ${finding.severity}  ${finding.rule}  ${what}\n    ${fix}\n`;
  }
}

/** The same for a program. */
export function portraitJson({
  findings,
  namingPods: _,
  words: __,
  ...portrait
}: DrawnPortrait): Generator<string> {
  return jsonDocument({ policy: { ...portrait, findings: findings.map(findingJson) } });
}

/** The object itself. */
export function* portraitYaml({ manifest }: DrawnPortrait): Generator<Harmless> {
  yield manifestYaml(manifest);
}

/** A few workloads with their pods, each in a line; many in one. */
function* selectedLines({ selects, words }: DrawnPortrait): Generator<string> {
  if (selects.length === 0 || selects.length > NAMED + 1) {
    yield `  ${selects.length === 0 ? NONE : words.workloads(selects)}\n`;
    return;
  }
  for (const { pods, ...workload } of selects) {
    yield `  ${workloadNameOf(workload)}${pods.length === 0 ? '' : ` (${listWords(pods)})`}\n`;
  }
}
