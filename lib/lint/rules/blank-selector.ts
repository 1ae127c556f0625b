import type { PolicyEntry } from '../../model/cluster';
import type { FieldPath } from '../../model/field-path';
import { FINDINGS } from '../../model/finding';
import { isBlankSelector, type LabelSelector } from '../../model/label-selector';
import type { PodPeer } from '../../model/policy-rules';
import { constructFindings, policiesToJudge } from '../construct-findings';
import { about, type LintContext } from '../context';
import { type Fix, say, write } from '../fix';
import type { LintRule, Observation } from '../lint-rule';
import { whoIsMeant } from '../words';

const ID = 'blank-selector';
const { problem, fix } = FINDINGS[ID];

export const blankSelector: LintRule = {
  id: ID,
  severity: 'warning',
  summary: problem,
  fix: { yaml: 'name the labels, or write {} to say so', code: fix },
  *check(context) {
    yield* constructFindings(context, ID);
    for (const policy of policiesToJudge(context, ID)) {
      const { subject } = policy.rules;
      if (isSlip(subject.pods)) {
        const selected = context.facts.selected(policy).sure;
        yield {
          ...about(policy),
          field: subject.at,
          message: `${emptyParts(subject.pods)}: ${problem}, here ${whoIsMeant(subject, selected)}`,
          fix: namedOrBlank(policy, subject.at),
        };
      }
      for (const { peers = [] } of context.rulesOf(policy)) {
        for (const peer of peers) {
          if (peer.kind === 'pods' && hasSlip(peer)) {
            yield* slipsOf(peer, policy, context);
          }
        }
      }
    }
  },
};

function hasSlip({ namespaces, pods }: PodPeer): boolean {
  return isSlip(pods) || (typeof namespaces !== 'string' && isSlip(namespaces));
}

function slipsOf(peer: PodPeer, policy: PolicyEntry, { facts }: LintContext): Observation[] {
  const parts = [
    { selector: peer.pods, at: peer.podsAt },
    { selector: typeof peer.namespaces === 'string' ? {} : peer.namespaces, at: peer.namespacesAt },
  ];
  return parts.flatMap(({ selector, at }) =>
    at === undefined || !isSlip(selector)
      ? []
      : {
          ...about(policy),
          field: at,
          message: `${emptyParts(selector)}: ${problem}; the peer means ${whoIsMeant(peer, facts.meant(peer).sure)}`,
          fix: namedOrBlank(policy, at),
        },
  );
}

function namedOrBlank(policy: PolicyEntry, at: FieldPath): Fix {
  const blank = write(policy, at, {});
  return { ...blank, yaml: () => `name the labels, or ${say(blank.yaml)} to say so`, code: fix };
}

/** Whether a selector has lists or maps, and nothing in them. */
function isSlip(selector: LabelSelector): boolean {
  return isBlankSelector(selector) && writtenParts(selector).length > 0;
}

function emptyParts(selector: LabelSelector): string {
  return writtenParts(selector)
    .map((part) => (part === 'matchLabels' ? 'matchLabels: {}' : 'matchExpressions: []'))
    .join(' and ');
}

function writtenParts(selector: LabelSelector): readonly string[] {
  return (['matchLabels', 'matchExpressions'] as const).filter((part) => selector[part] !== undefined);
}
