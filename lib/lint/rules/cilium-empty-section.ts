import { POLICY_TYPES, type PolicyType } from '../../model/network-policy';
import { isPlainObject } from '../../model/problem';
import { allRulesIn, type CiliumSpec, concerned, eachCiliumSpec, rulesIn, sectionKey } from '../cilium-specs';
import type { LintContext } from '../context';
import { write } from '../fix';
import type { LintRule } from '../lint-rule';
import { CILIUM } from '../rule-engines';

export const ciliumEmptySection: LintRule = {
  id: 'cilium-empty-section',
  severity: 'error',
  summary: 'on cilium, a section without a rule denies nothing',
  engines: CILIUM,
  fix: 'write a rule that allows nobody: ingress: [{}]',
  check: eachCiliumSpec(function* (spec, context) {
    // Cilium refuses a policy without any rule as a whole.
    for (const direction of allRulesIn(spec).length === 0 ? [] : POLICY_TYPES) {
      const what = denialWithoutRule(spec, direction);
      const open = what === undefined ? undefined : openPods(spec, direction, context);
      if (what !== undefined && open !== undefined) {
        const key = sectionKey(direction);
        yield {
          field: [...spec.at, ...(what === key ? [key] : ['enableDefaultDeny', key])],
          message:
            `${what === key ? 'an empty list denies nothing' : 'without a rule this denies nothing'}: Cilium leaves ` +
            `${key} as if the policy did not tell of it${open}`,
          fix: write(spec.policy, [...spec.at, key], [{}]),
        };
      }
    }
  }),
};

/** The field that asks for a denial of a direction for which the policy has no rule. */
function denialWithoutRule(spec: CiliumSpec, direction: PolicyType): string | undefined {
  const { enableDefaultDeny, [sectionKey(direction)]: list } = spec.fields;
  const asked = isPlainObject(enableDefaultDeny) ? enableDefaultDeny[sectionKey(direction)] : undefined;
  const hasRules = (['allow', 'deny'] as const).some((action) => rulesIn(spec, direction, action).length > 0);
  if (hasRules || asked === false) {
    return undefined;
  }
  return Array.isArray(list) ? sectionKey(direction) : asked === true ? 'enableDefaultDeny' : undefined;
}

/** Who stays open for it, as the end of a sentence; undefined where other policies isolate all of its pods. */
function openPods(spec: CiliumSpec, direction: PolicyType, context: LintContext): string | undefined {
  const open = concerned(spec, direction, context, ({ isolated }) => isolated === 'no');
  const stay = open?.length === 1 ? 'stays' : 'stay';
  return open && (open.length === 0 ? '' : `, and ${context.words.workloads(open)} ${stay} open`);
}
