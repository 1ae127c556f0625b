import type { TrafficPort } from '../../model/policy-rules';
import { about } from '../context';
import type { LintRule } from '../lint-rule';

export const sctpNotCarried: LintRule = {
  id: 'sctp-not-carried',
  severity: 'warning',
  summary: 'on cilium, a policy opens SCTP, which the data path does not carry',
  engines: ['cilium'],
  fix: 'let the application speak TCP, or run it on a cluster with another engine',
  *check(context) {
    for (const policy of context.cluster.policies) {
      const [port] = context.rulesOf(policy).flatMap(({ ports = [] }) => ports.find(isSctp) ?? []);
      if (port !== undefined) {
        yield {
          ...about(policy),
          field: port.at,
          message: 'it opens SCTP, which Cilium on AKS drops with or without a policy',
        };
      }
    }
  },
};

function isSctp({ protocol }: TrafficPort): boolean {
  return protocol === 'SCTP';
}
