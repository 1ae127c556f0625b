import type { TrafficPort } from '../../model/policy-rules';
import { about } from '../context';
import { needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';

const MANIFESTS =
  deployment('hlr') +
  networkPolicy('hlr', { podSelector: {}, ingress: [{ ports: [{ protocol: 'SCTP', port: 3868 }] }] });

export const sctpNotCarried: LintRule = {
  id: 'sctp-not-carried',
  severity: 'warning',
  summary: 'on cilium, a policy opens SCTP, which the data path does not carry',
  why:
    'Cilium drops every SCTP packet of a pod unless it runs with enable-sctp, and AKS does not offer that setting. ' +
    'This was read in its source and not tried on a cluster.',
  fix: 'let the application speak TCP, or run it on a cluster with another engine',
  sources: [{ from: 'cilium 1.19.5, bpf/lib/conntrack.h', read: '2026-11-22' }],
  misses: 'Cilium of your own, which may have SCTP on.',
  bad: { manifests: MANIFESTS, profile: { engine: 'cilium' } },
  good: { manifests: MANIFESTS, profile: { engine: 'calico' } },
  needs: needsEngine,
  *check(context) {
    if (context.profile.engine !== 'cilium') {
      return;
    }
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
