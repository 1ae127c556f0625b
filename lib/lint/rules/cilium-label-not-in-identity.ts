import { isFilteredByCilium } from '../../aks/engine-departures';
import type { PolicyEntry } from '../../model/cluster';
import { type FieldPath, liesIn } from '../../model/field-path';
import type { LabelSelector, LabelSelectorRequirement } from '../../model/label-selector';
import { requirementsOf } from '../../model/selector-match';
import type { LintContext } from '../context';
import { eachPolicy, type LintRule } from '../lint-rule';
import { CILIUM } from '../rule-engines';

export const ciliumLabelNotInIdentity: LintRule = {
  id: 'cilium-label-not-in-identity',
  severity: 'error',
  summary: 'on cilium, a selector uses a pod label that Cilium does not look at',
  engines: CILIUM,
  fix: 'select by a label of your own, such as app',
  check: eachPolicy(function* (policy, context) {
    const isManaged = context.profile.engine === 'cilium';
    for (const { hidden, at, isScope } of hiddenIn(policy, context)) {
      const isPositive = hidden.operator === 'In' || hidden.operator === 'Exists';
      for (const departure of context.differences.of(policy).filter((each) => liesIn(at, each.at))) {
        context.differences.told.add(departure);
      }
      yield {
        severity: isManaged ? 'error' : 'warning',
        field: at,
        message:
          `Cilium does not look at the label ${hidden.key}, so every pod ` +
          `${isPositive ? 'fails' : 'meets'} this condition${isManaged ? '' : ', unless your configuration includes it'}` +
          (isPositive && isScope ? ': the policy isolates nothing' : ''),
      };
    }
  }),
};

interface Hidden {
  readonly hidden: LabelSelectorRequirement;
  readonly at: FieldPath;
  /** Whether it is about the pods that the policy holds. */
  readonly isScope: boolean;
}

/** The first requirement of each pod selector of a policy that Cilium does not look at. */
function hiddenIn(policy: PolicyEntry, context: LintContext): Hidden[] {
  const found: Hidden[] = [];
  const look = (selector: LabelSelector, at: FieldPath, isScope: boolean) => {
    const hidden = requirementsOf(selector).find(({ key }) => isFilteredByCilium(key));
    if (hidden !== undefined) {
      found.push({ hidden, at, isScope });
    }
  };
  const { subject } = policy.rules;
  look(subject.pods, subject.at, true);
  for (const { peers = [] } of context.rulesOf(policy)) {
    for (const peer of peers) {
      if (peer.kind === 'pods') {
        look(peer.pods, peer.podsAt ?? peer.at, false);
      }
    }
  }
  return found;
}
