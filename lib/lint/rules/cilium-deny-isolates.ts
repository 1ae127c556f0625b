import { POLICY_TYPES, type PolicyType } from '../../model/network-policy';
import { sectionOf } from '../../model/policy-rules';
import { isPlainObject } from '../../model/problem';
import {
  type CiliumRule,
  type CiliumSpec,
  concerned,
  eachCiliumSpec,
  rulesIn,
  sectionKey,
} from '../cilium-specs';
import type { LintContext } from '../context';
import { inWords, write } from '../fix';
import type { LintRule } from '../lint-rule';
import { CILIUM } from '../rule-engines';

export const ciliumDenyIsolates: LintRule = {
  id: 'cilium-deny-isolates',
  severity: 'warning',
  summary: 'on cilium, a section of denials alone cuts off everything else, too',
  engines: CILIUM,
  fix: 'let the policy only deny: enableDefaultDeny: { egress: false }; or add the rules of what is to stay open',
  check: eachCiliumSpec(function* (spec, context) {
    const { enableDefaultDeny } = spec.fields;
    const flags = isPlainObject(enableDefaultDeny) ? enableDefaultDeny : {};
    for (const direction of POLICY_TYPES) {
      const key = sectionKey(direction);
      const denials = rulesIn(spec, direction, 'deny');
      // A rule that allows nobody says that nobody is meant to get through.
      const isAlone = rulesIn(spec, direction, 'allow').length === 0 && denials.some(deniesSome);
      const cut =
        isAlone && flags[key] !== false && !denials.some(deniesAll)
          ? cutOff(spec, direction, context)
          : undefined;
      if (cut !== undefined) {
        yield {
          field: [...spec.at, sectionKey(direction, 'deny')],
          message: `no rule of the policy allows any ${key}, so Cilium denies all of it and not only what is listed here${cut}`,
          fix: inWords(
            `write enableDefaultDeny: { ${key}: false }`,
            write(spec.policy, [...spec.at, 'enableDefaultDeny', key], false),
          ),
        };
      }
    }
  }),
};

/** An empty denial denies nothing, so it is there to isolate. */
function deniesSome({ fields }: CiliumRule): boolean {
  return Object.keys(fields).length > 0;
}

function deniesAll({ fields, direction }: CiliumRule): boolean {
  const { [direction === 'Ingress' ? 'fromEntities' : 'toEntities']: entities, toPorts, icmps } = fields;
  return Array.isArray(entities) && entities.includes('all') && toPorts === undefined && icmps === undefined;
}

/** Who is cut off by it, as the end of a sentence; undefined where other policies isolate all of its pods anyway. */
function cutOff(spec: CiliumSpec, direction: PolicyType, context: LintContext): string | undefined {
  const cut = concerned(
    spec,
    direction,
    context,
    ({ policies, isCertain }) =>
      isCertain &&
      policies.every((each) => each === spec.judged || !sectionOf(each.rules, direction).isolates),
  );
  const are = cut?.length === 1 ? 'is' : 'are';
  return cut && (cut.length === 0 ? '' : `: ${context.words.workloads(cut)} ${are} cut off`);
}
