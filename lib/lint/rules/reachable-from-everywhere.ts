import { exposingRules } from '../exposing-rules';
import type { LintRule } from '../lint-rule';

export const reachableFromEverywhere: LintRule = {
  id: 'reachable-from-everywhere',
  severity: 'warning',
  summary: 'an ingress rule lets every pod in, those that no manifest tells of among them',
  fix: {
    yaml: 'name the peers: from: [{ podSelector: { matchLabels: { app: web } } }]',
    code: "name the peers: IngressRule.allow({ from: [Peer.sameNamespace({ matchLabels: { app: 'web' } })], ports })",
    cilium: 'name the peers: fromEndpoints: [{ matchLabels: { app: web } }]',
  },
  check: (context) => exposingRules(context, 'everywhere'),
};
