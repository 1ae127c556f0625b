import { type NetworkPolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import { compare } from '../model/collections';
import { defined } from '../model/defined';
import type { LintFinding } from '../model/finding';
import { type Harmless, inOneLine } from '../model/harmless';
import type { PolicyType } from '../model/network-policy';
import { type DirectedRule, directedRules } from '../model/policy-rules';
import { listWords, NAMED } from '../model/word-list';
import { isOwned, managersOf } from '../plan/ownership';
import { withoutServerFields } from '../plan/server-fields';
import { workloadNameOf } from '../reachability/answers/crowd';
import { PartyWords } from '../reachability/answers/party-words';
import { type Matched, PolicyFacts } from '../reachability/answers/policy-facts';
import type { JudgedCluster } from '../reachability/judging/judged-cluster';
import { findingWords } from './finding-words';
import { jsonDocument } from './json-output';
import { findingJson } from './lint-json';
import type { WorkloadJson } from './listed-parties';
import { manifestYaml } from './manifest-yaml';
import { policySentences } from './policy-sentences';

/** All that there is to say about one policy. */
export interface PolicyPortrait {
  readonly namespace: string;
  readonly name: string;
  readonly sentences: readonly string[];
  /** The workloads that it selects today. */
  readonly selects: readonly SelectedWorkload[];
  /** The workloads that its peers mean today, rule by rule. */
  readonly means: readonly MeantWorkloads[];
  readonly findings: readonly LintFinding[];
  readonly managers: readonly string[];
  readonly owned: boolean;
  /** The object, without what the API server adds for itself. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** The same with what only sentences need. */
export interface DrawnPortrait extends PolicyPortrait {
  /** Whether a rule of `means` names pods: where it has no workloads, none is known. */
  readonly namesPods: readonly boolean[];
  /** What workloads are called. */
  readonly words: PartyWords;
}

export interface SelectedWorkload extends WorkloadJson {
  /** The names of its live pods. */
  readonly pods: readonly string[];
}

export interface MeantWorkloads {
  readonly direction: PolicyType;
  /** From 0. */
  readonly rule: number;
  readonly workloads: readonly WorkloadJson[];
}

/**
 * @param cluster all that is known, the policy included
 * @param findings those of the whole cluster
 */
export function portraitOf(
  entry: NetworkPolicyEntry,
  cluster: JudgedCluster,
  findings: readonly LintFinding[],
): DrawnPortrait {
  const facts = new PolicyFacts(cluster);
  const rules = directedRules(entry.rules);
  return {
    namespace: entry.namespace,
    name: entry.name,
    sentences: policySentences(entry),
    selects: workloadsOf([facts.selected(entry)]).map(selected),
    means: rules.map((rule) => meant(rule, facts)),
    namesPods: rules.map(({ peers = [] }) => peers.some(({ kind }) => kind === 'pods')),
    words: PartyWords.of(cluster),
    findings: findings.filter(
      ({ object }) =>
        object.kind === 'NetworkPolicy' && object.namespace === entry.namespace && object.name === entry.name,
    ),
    managers: managersOf(entry.written),
    owned: isOwned(entry.written),
    manifest: withoutServerFields({ ...entry.written }),
  };
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

function meant({ direction, index, peers = [] }: DirectedRule, facts: PolicyFacts): MeantWorkloads {
  const workloads = workloadsOf(peers.map((peer) => facts.meant(peer))).map(named);
  return { direction, rule: index, workloads: workloads.sort(byName) };
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
  const { sentences, means, namesPods, words, findings, owned, managers } = portrait;
  yield `${sentences.map(inOneLine).join('\n')}\n`;
  yield '\nIt selects today:\n';
  yield* selectedLines(portrait);
  for (const { direction, rule, workloads } of means.filter((_, i) => namesPods[i])) {
    const meant = workloads.length === 0 ? NONE : words.workloads(workloads);
    yield `\n${direction} rule ${rule} means today:\n  ${meant}\n`;
  }
  yield `\nManaged by: ${owned ? 'code' : inOneLine(managers.join(', ')) || 'not known'}\n`;
  yield findings.length === 0 ? '\nNothing was found about it.\n' : '\nFound about it:\n';
  for (const finding of findings) {
    const { what, fix } = findingWords(finding);
    yield `  ${finding.severity}  ${finding.rule}  ${what}\n    ${fix}\n`;
  }
}

/** The same for a program. */
export function portraitJson({
  findings,
  namesPods: _,
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
