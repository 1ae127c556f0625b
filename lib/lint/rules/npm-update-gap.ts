import type { PolicyEntry, Workload } from '../../model/cluster';
import { POLICY_TYPES, type PolicyType } from '../../model/network-policy';
import { listWords } from '../../model/word-list';
import { aboutNamespace, type LintContext } from '../context';
import { isNpm, needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import type { Rule } from '../rule';

const ALLOW =
  '---\n{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }\n' +
  deployment('web') +
  networkPolicy('web', { podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] });
const DENY = networkPolicy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] });

interface Gap {
  readonly policies: Set<string>;
  readonly workloads: Set<Workload>;
  readonly directions: Set<PolicyType>;
}

export const npmUpdateGap: Rule = {
  id: 'npm-update-gap',
  severity: 'warning',
  summary:
    'on azure, the isolation of workloads rests on a policy that also allows and so changes now and then',
  why:
    'Azure NPM applies an update by taking the policy away and adding it anew: for 29 to 418 milliseconds, in 6 of 6 ' +
    'updates, the pods that only it isolates are open. With a default deny beside it nothing got through.',
  fix: 'ship a default deny as an object of its own, which never changes',
  sources: [{ from: 'Azure NPM v2 of 2026-08-20 (v1.8.12+15), run', read: '2026-11-22' }],
  misses: 'Workloads that several policies isolate, which are all updated at once.',
  bad: { manifests: ALLOW, profile: { engine: 'azure' } },
  good: { manifests: ALLOW + DENY, profile: { engine: 'azure' } },
  needs: needsEngine,
  *check(context) {
    for (const [name, { policies, workloads, directions }] of isNpm(context) ? gapsOf(context) : []) {
      const namespace = context.namespace(name) ?? { name, labels: {}, declared: false };
      const types = POLICY_TYPES.filter((type) => directions.has(type));
      yield {
        ...aboutNamespace(namespace),
        message: `every update of ${listWords([...policies].sort())} opens ${context.words.workloads([...workloads])} for 29 to 418 ms (${listWords(types).toLowerCase()})`,
        fix: `add a policy default-deny of its own: spec: { podSelector: {}, policyTypes: [${types.join(', ')}] }`,
      };
    }
  },
};

/** What rests on one policy with rules, by namespace. */
function gapsOf(context: LintContext): [string, Gap][] {
  const gaps = new Map<string, Gap>();
  for (const direction of POLICY_TYPES) {
    for (const { isolated, policies, mayBeMore, workloads } of context.survey.behaviours(direction)) {
      const [policy] = policies;
      if (
        isolated === 'yes' &&
        !mayBeMore &&
        policies.length === 1 &&
        policy?.namespace !== undefined &&
        isHolding(context, policy, direction)
      ) {
        const { namespace, name } = policy;
        const gap = gaps.get(namespace) ?? {
          policies: new Set(),
          workloads: new Set(),
          directions: new Set(),
        };
        gaps.set(namespace, gap);
        gap.policies.add(name);
        gap.directions.add(direction);
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
  const rules = context.rulesOf(policy);
  return (
    rules.length > 0 &&
    !rules.some(
      (rule) => rule.direction === direction && rule.peers === undefined && rule.ports === undefined,
    )
  );
}
