import type { FindingCode } from '../model/finding';
import type { LintRule } from './lint-rule';
import prose from './rule-prose.json';

/** What is written by hand on the page of a rule, in Markdown. */
export interface RuleProse {
  /** Why it hurts. */
  readonly why: string;
  /** Both examples, what the rule does not see, and its sources. */
  readonly below: string;
}

/** What `npm run pages` took from the pages: a browser has no files to read. */
export const RULE_PROSE: Readonly<Record<FindingCode, RuleProse>> = prose;

/** The page of a rule, in Markdown. */
export function rulePage(rule: LintRule, { why, below }: RuleProse = RULE_PROSE[rule.id]): string {
  const { id, severity, summary, fix } = rule;
  const head = [`# ${id}`, `${severity}: ${summary}.`, why];
  return `${[...head, ...instead(fix), below].join('\n\n')}\n`;
}

function instead(fix: LintRule['fix']): readonly string[] {
  return typeof fix === 'string'
    ? [`**Instead:** ${fix}.`]
    : [
        `**Instead**, in YAML: ${fix.yaml}.`,
        `With constructs: ${fix.code}.`,
        ...(fix.cilium === undefined ? [] : [`In a policy of Cilium's own kinds: ${fix.cilium}.`]),
      ];
}
