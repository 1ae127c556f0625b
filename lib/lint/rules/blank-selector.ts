import type { PolicyEntry } from '../../model/cluster';
import type { FieldPath } from '../../model/field-path';
import { FINDINGS } from '../../model/finding';
import { isBlankSelector, type LabelSelector } from '../../model/label-selector';
import type { PodPeer } from '../../model/policy-rules';
import { foundInConstructs } from '../construct-findings';
import { type Fix, say, write } from '../fix';
import type { LintRule } from '../lint-rule';
import { whoIsMeant } from '../words';

const ID = 'blank-selector';
const { problem, fix } = FINDINGS[ID];

export const blankSelector: LintRule = {
  id: ID,
  severity: 'warning',
  summary: problem,
  fix: { yaml: 'name the labels, or write {} to say so', code: fix },
  check: foundInConstructs(ID, function* (policy, context) {
    const { subject } = policy.rules;
    if (isSlip(subject.pods)) {
      const selected = context.facts.selected(policy).sure;
      yield {
        field: subject.at,
        message: `${emptyParts(subject.pods)}: ${problem}, here ${whoIsMeant(subject, selected)}`,
        fix: namedOrBlank(policy, subject.at),
      };
    }
    for (const peer of context.rulesOf(policy).flatMap(({ peers = [] }) => peers)) {
      for (const { selector, at } of peer.kind === 'pods' ? selectorsOf(peer) : []) {
        if (at !== undefined && isSlip(selector)) {
          const meant = whoIsMeant(peer as PodPeer, context.facts.meant(peer).sure);
          yield {
            field: at,
            message: `${emptyParts(selector)}: ${problem}; the peer means ${meant}`,
            fix: namedOrBlank(policy, at),
          };
        }
      }
    }
  }),
};

function selectorsOf({ pods, podsAt, namespaces, namespacesAt }: PodPeer) {
  return [
    { selector: pods, at: podsAt },
    { selector: typeof namespaces === 'string' ? {} : namespaces, at: namespacesAt },
  ];
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
