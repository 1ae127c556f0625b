import { fieldText } from '../../model/field-path';
import { listWords } from '../../model/word-list';
import { about } from '../context';
import { inWords, remove } from '../fix';
import type { LintRule } from '../lint-rule';
import { redundanciesOf } from '../redundancies';

const example = (port: number) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: {} }]
      ports: [{ port: 5432 }]
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: ${port} }]
`;

const FIX = 'take the rule out, or narrow the rules that say the same';

export const redundantRule: LintRule = {
  id: 'redundant-rule',
  severity: 'info',
  summary: 'a rule allows nothing that others do not allow for the same pods',
  why:
    'It can be taken out without any connection changing. As long as it stands there, a reader takes it for the ' +
    'reason why something is allowed, and narrowing it narrows nothing.',
  fix: FIX,
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
  ],
  misses:
    'An entry of from or to that another entry of its rule includes, as podSelector: {} beside namespaceSelector: {}. ' +
    'Rules of policies with other selectors, even where these select the same pods today. Ports that only several ' +
    'rules together allow. A rule that only the given workloads make redundant, when others may stand elsewhere: one ' +
    'for every namespace is also one for CoreDNS. Policies that the cluster’s engine does not take as they are written.',
  bad: { manifests: example(5432) },
  good: { manifests: example(9187) },
  *check(context) {
    for (const { policy, rule, by, always } of redundanciesOf(context).rules) {
      const places = by.map(
        (place) => `${place.policy === policy ? '' : `${place.policy.name} `}${fieldText(place.rule.at)}`,
      );
      yield {
        ...about(policy),
        field: rule.at,
        fix: inWords(FIX, remove(policy, rule.at)),
        message: `${listWords(places)} ${by.length === 1 ? 'allows' : 'together allow'} all that this rule allows${always ? '' : ' today'}`,
      };
    }
  },
};
