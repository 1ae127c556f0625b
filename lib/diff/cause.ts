import { remember } from '../model/collections';
import type { PolicyType } from '../model/network-policy';
import { listWords } from '../model/word-list';
import { describePolicy, describeRule, nameRule } from '../reachability/answers/references';
import type { PolicyReference, RuleReference } from '../reachability/answers/verdict';
import type { VersionName } from './cells';

/** A policy or a rule that is responsible for a change, and the version in which it stands. */
export type Cause = PolicyCause | RuleCause;

export interface PolicyCause {
  readonly version: VersionName;
  readonly does: 'isolates' | 'may isolate' | 'may decide';
  readonly direction: PolicyType;
  readonly policy: PolicyReference;
}

export interface RuleCause {
  readonly version: VersionName;
  readonly does: 'allows' | 'may allow' | 'denies' | 'may deny';
  readonly rule: RuleReference;
}

const WORDS = {
  isolates: { before: 'isolated', after: 'isolates' },
  'may isolate': { before: 'may have isolated', after: 'may isolate' },
  'may decide': { before: 'is not judged and may have decided', after: 'is not judged and may decide' },
  allows: { before: 'allowed', after: 'allows' },
  'may allow': { before: 'may have allowed', after: 'may allow' },
  denies: { before: 'denied', after: 'denies' },
  'may deny': { before: 'may have denied', after: 'may deny' },
} as const;

/** A short text for each policy: `shop/db-ingress · main.ts:11 · isolates ingress and ingress rule 0 may allow`. */
export function describeCauses(causes: readonly Cause[]): readonly string[] {
  const byPolicy = new Map<string, Set<string>>();
  for (const cause of causes) {
    const { kind, policy, source } = 'rule' in cause ? cause.rule : cause.policy;
    const { file, line } = source?.code ?? source ?? {};
    const place = file === undefined ? [] : [line === undefined ? file : `${file}:${line}`];
    const name = kind === undefined ? policy : `${kind} ${policy}`;
    remember(byPolicy, [name, ...place].join(' · '), () => new Set<string>()).add(deedOf(cause));
  }
  return [...byPolicy].map(([policy, deeds]) => `${policy} · ${listWords([...deeds])}`);
}

/** `ingress rule 0 allowed before`, `isolates ingress` */
function deedOf(cause: Cause): string {
  const word = WORDS[cause.does][cause.version];
  const text =
    'rule' in cause ? `${nameRule(cause.rule)} ${word}` : `${word} ${cause.direction.toLowerCase()}`;
  return cause.version === 'before' ? `${text} before` : text;
}

/** `policy shop/db-ingress (db.yaml:12) isolates ingress`, `policy shop/db ingress rule 0 (peer 0) allowed before` */
export function describeCause(cause: Cause): string {
  const word = WORDS[cause.does][cause.version];
  const text =
    'rule' in cause
      ? `${describeRule(cause.rule)} ${word}`
      : `${describePolicy(cause.policy)} ${word} ${cause.direction.toLowerCase()}`;
  return cause.version === 'before' ? `${text} before` : text;
}
