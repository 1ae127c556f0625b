import { append } from '../../model/collections';
import { about } from '../context';
import { withMore, write } from '../fix';
import { type HiddenSource, hiddenSources } from '../hidden-source';
import type { LintRule } from '../lint-rule';
import { ENFORCING } from '../rule-engines';

const AND_RANGES = ', and restrict clients by loadBalancerSourceRanges';

export const loadBalancerHidesSource: LintRule = {
  id: 'load-balancer-hides-source',
  severity: 'warning',
  summary: 'clients of a Service come with the address of a node, which the policies do not expect',
  engines: ENFORCING,
  fix: `write externalTrafficPolicy: Local on the Service${AND_RANGES}`,
  *check(context) {
    for (const [service, hidden] of hiddenSources(context)) {
      const byMessage = new Map<string, HiddenSource[]>();
      for (const each of hidden) {
        append(byMessage, messageOf(each), each);
      }
      for (const [message, alike] of byMessage) {
        const [{ kind, witness }] = alike as [HiddenSource];
        yield {
          ...about({ kind: 'Service', ...service }),
          severity: kind === 'not-known' ? 'info' : 'warning',
          field: ['spec', 'externalTrafficPolicy'],
          message: `${message} (${context.words.workloads([...new Set(alike.map(({ workload }) => workload))])})`,
          witness,
          fix: withMore(
            write({ kind: 'Service', ...service }, ['spec', 'externalTrafficPolicy'], 'Local'),
            AND_RANGES,
          ),
        };
      }
    }
  },
};

function messageOf({ kind, port, clients }: HiddenSource): string {
  switch (kind) {
    case 'hole':
      return `clients that enter on the node of a pod reach ${port} whatever the policies say; those that enter on another node are judged by its address`;
    case 'closed':
      return `no policy lets anybody outside in on ${port}, so all that comes through the load balancer is dropped`;
    case 'not-known':
      return `policies admit ${clients} on ${port} and no node; whether Cilium sees the client when it enters on another node was not found`;
    case 'dropped':
      return `policies admit ${clients} on ${port}; who enters on another node comes with its address and is dropped`;
  }
}
