import { exposingRules } from '../exposing-rules';
import type { LintRule } from '../lint-rule';

export const reachableFromInternet: LintRule = {
  id: 'reachable-from-internet',
  severity: 'warning',
  summary: 'an ingress rule lets every address of the internet in',
  fix: {
    yaml: 'write the addresses that are meant: { ipBlock: { cidr: "203.0.113.0/24" } }',
    code: "write the addresses that are meant: Peer.ipBlock('203.0.113.0/24')",
    cilium: 'write the addresses that are meant: fromCIDR: [203.0.113.0/24]',
  },
  check: (context) => exposingRules(context, 'internet'),
};
