import { RULES } from '../../lib/lint/catalogue';
import type { LintFinding } from '../../lib/model/finding';
import type { ManifestProblem } from '../../lib/model/manifest-problem';
import type { LintAnswer } from '../../lib/render/lint-answer';

/** A finding about a policy of namespace `shop` that a construct wrote. */
export function finding(more: Partial<LintFinding> = {}): LintFinding {
  return {
    rule: 'selects-no-workload',
    severity: 'warning',
    object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'lonely' },
    field: 'spec.podSelector',
    message: 'no workload of namespace shop has these labels; did you mean app=orders (web carries it)?',
    fix: 'select by labels that the pods carry',
    source: {
      file: 'dist/shop.k8s.yaml',
      line: 12,
      construct: 'shop/lonely',
      code: { file: 'main.ts', line: 40, column: 3 },
    },
    ...more,
  };
}

export const PROBLEM: ManifestProblem = {
  code: 'type-mismatch',
  at: ['spec', 'podSelector'],
  got: '5',
  problem: 'must be an object',
  fix: 'give keys and values in braces',
  object: 'NetworkPolicy shop/broken',
  source: { file: 'policies/broken.yaml', line: 4, column: 16 },
};

/** Nothing found, nothing wrong. */
export const SILENT: LintAnswer = {
  findings: [],
  acknowledged: [],
  notApplicable: [],
  notJudged: [],
  makers: [],
  problems: [],
  failOn: 'error',
  rules: RULES.map(({ id }) => id),
};

/** Something of everything. */
export const ANSWER: LintAnswer = {
  ...SILENT,
  findings: [
    {
      rule: 'rules-of-unlisted-type',
      severity: 'error',
      object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'api' },
      message: 'policyTypes leaves Egress out, whose rules stand here',
      witness: 'shop/api → internet 443/TCP is allowed',
      fix: 'write policyTypes: [Ingress, Egress]',
      source: { file: 'policies/api.yaml', line: 1 },
    },
    finding(),
  ],
  acknowledged: [
    {
      ...finding({ object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'later' } }),
      acknowledgement: {
        rule: 'selects-no-workload',
        object: 'shop/later',
        reason: 'waits for the next release',
        until: '2026-12-31',
        source: { file: 'aks-netpol.yaml', line: 2, column: 5 },
      },
      acceptedBy: { voice: 'operator' },
    },
  ],
  notApplicable: [
    { rule: 'acknowledgement-unused', reason: 'the engine is not known' },
    { rule: 'acknowledgement-expired', reason: 'the engine is not known' },
  ],
  makers: [{ kind: 'Prometheus', namespace: 'shop', name: 'main', podNamespace: 'shop', podLabels: {} }],
  problems: [PROBLEM],
};
