import type { PolicyEntry, Workload } from '../../model/cluster';
import { remember } from '../../model/collections';
import { POLICY_TYPES, type PolicyType } from '../../model/network-policy';
import { listWords } from '../../model/word-list';
import { aboutNamespace, type LintContext } from '../context';
import { denialsBeside, opensAll } from '../default-deny';
import type { LintRule } from '../lint-rule';

interface Gap {
  /** The policies, and in which directions each of them isolates alone. */
  readonly policies: Map<PolicyEntry, PolicyType[]>;
  readonly workloads: Set<Workload>;
}

export const npmUpdateGap: LintRule = {
  id: 'npm-update-gap',
  severity: 'warning',
  summary:
    'on azure, the isolation of workloads rests on a policy that also allows and so changes now and then',
  engines: ['azure'],
  fix: 'ship a default deny as an object of its own, which never changes',
  *check(context) {
    for (const [name, { policies, workloads }] of gapsOf(context)) {
      const held = [...policies].map(([policy, directions]) => ({ policy, directions }));
      const types = POLICY_TYPES.filter((type) => held.some(({ directions }) => directions.includes(type)));
      yield {
        ...aboutNamespace(name, context),
        message: `every update of ${listWords(held.map(({ policy }) => policy.name).sort())} opens ${context.words.workloads([...workloads])} for 29 to 418 ms (${listWords(types).toLowerCase()})`,
        fix: denialsBeside(held, context),
      };
    }
  },
};

/** By namespace, the workloads that one policy with rules isolates alone. */
function gapsOf(context: LintContext): [string, Gap][] {
  const gaps = new Map<string, Gap>();
  for (const direction of POLICY_TYPES) {
    for (const { isolated, policies, mayBeMore, workloads } of context.facts.behaviours(direction)) {
      const [policy] = policies;
      if (
        isolated === 'yes' &&
        !mayBeMore &&
        policies.length === 1 &&
        policy?.namespace !== undefined &&
        isHolding(context, policy, direction)
      ) {
        const { namespace } = policy;
        const gap = remember(gaps, namespace, () => ({ policies: new Map(), workloads: new Set() }));
        const directions = remember(gap.policies, policy, () => []);
        if (!directions.includes(direction)) {
          directions.push(direction);
        }
        for (const workload of workloads) {
          gap.workloads.add(workload);
        }
      }
    }
  }
  return [...gaps];
}

/** Whether a policy has rules, so that it changes now and then, and does not let everything through anyway. */
function isHolding(context: LintContext, policy: PolicyEntry, direction: PolicyType): boolean {
  return context.rulesOf(policy).length > 0 && !opensAll(policy, direction);
}
