import type { TrafficPort } from '../../model/policy-rules';
import { byEntry } from '../kind-fixes';
import { eachPolicy, type LintRule } from '../lint-rule';

export const sctpNotCarried: LintRule = {
  id: 'sctp-not-carried',
  severity: 'warning',
  summary: 'on cilium, a policy opens SCTP, which the data path does not carry',
  engines: ['cilium'],
  fix: 'let the application speak TCP, or run it on a cluster with another engine',
  check: eachPolicy(function* (policy, context) {
    // An entry for every protocol is rarely meant for this one.
    const [port] = context
      .rulesOf(policy)
      .flatMap(({ ports = [] }) => byEntry(ports).flatMap((entry) => (entry.every(isSctp) ? entry : [])));
    if (port !== undefined) {
      yield {
        field: port.at,
        message: 'it opens SCTP, which Cilium on AKS drops with or without a policy',
      };
    }
  }),
};

function isSctp({ protocol }: TrafficPort): boolean {
  return protocol === 'SCTP';
}
