import type { PolicyEntry } from '../../model/cluster';
import { FINDINGS } from '../../model/finding';
import { isBlankSelector, type LabelSelector } from '../../model/label-selector';
import type { NetworkPolicyPeer } from '../../model/network-policy';
import { constructFindings, policiesToJudge } from '../construct-findings';
import { about, type LintContext } from '../context';
import type { Observation, Rule } from '../rule';
import { count } from '../words';
import type { Written } from '../written-rules';

const ID = 'blank-selector';
const { problem, fix } = FINDINGS[ID];

const example = (selector: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: ${selector}, policyTypes: [Ingress] }
`;

export const blankSelector: Rule = {
  id: ID,
  severity: 'warning',
  summary: problem,
  why:
    'The portal says so beside its form. Most often labels were meant and came out empty, as of a template whose ' +
    'values are missing.',
  fix,
  sources: [
    { from: 'the Azure portal, AKS network policies, the form of a custom rule', read: '2026-11-22' },
    { from: 'kubernetes k8s.io/apimachinery, LabelSelector', read: '2026-11-22' },
  ],
  misses:
    'A plain {}, which is how a manifest says “all”. Objects read back from a cluster, which leaves empty lists out.',
  bad: { manifests: example('{ matchLabels: {} }') },
  good: { manifests: example('{}') },
  *check(context) {
    yield* constructFindings(context, ID);
    for (const policy of policiesToJudge(context, ID)) {
      const own = policy.policy.spec?.podSelector;
      if (isSlip(own)) {
        const selected = context.survey.selected(policy).sure.list().length;
        yield {
          ...about(policy),
          field: 'spec.podSelector',
          message: `${emptyParts(own)}: ${problem}, here ${count(selected, 'workload')}`,
          fix: 'name the labels, or write podSelector: {} to say so',
        };
      }
      for (const { peers } of context.rulesOf(policy)) {
        for (const peer of peers.filter(hasSlip)) {
          yield* slipsOf(peer, policy, context);
        }
      }
    }
  },
};

function hasSlip({ value: { podSelector, namespaceSelector } }: Written<NetworkPolicyPeer>): boolean {
  return isSlip(podSelector) || isSlip(namespaceSelector);
}

function slipsOf(
  { value, at }: Written<NetworkPolicyPeer>,
  policy: PolicyEntry,
  { survey }: LintContext,
): Observation[] {
  return (['podSelector', 'namespaceSelector'] as const).flatMap((part) => {
    const selector = value[part];
    if (!isSlip(selector)) {
      return [];
    }
    const matched = survey.meant(policy.namespace, value).sure.list().length;
    return {
      ...about(policy),
      field: `${at}.${part}`,
      message: `${emptyParts(selector)}: ${problem}; the peer means ${count(matched, 'workload')}`,
      fix: `name the labels, or write ${part}: {} to say so`,
    };
  });
}

/** Whether a selector has lists or maps, and nothing in them. */
function isSlip(selector: LabelSelector | null | undefined): selector is LabelSelector {
  return selector != null && isBlankSelector(selector) && writtenParts(selector).length > 0;
}

function emptyParts(selector: LabelSelector): string {
  return writtenParts(selector)
    .map((part) => (part === 'matchLabels' ? 'matchLabels: {}' : 'matchExpressions: []'))
    .join(' and ');
}

function writtenParts(selector: LabelSelector): readonly string[] {
  return (['matchLabels', 'matchExpressions'] as const).filter((part) => selector[part] !== undefined);
}
