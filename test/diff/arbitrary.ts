import fc from 'fast-check';
import type { Cluster } from '../../lib/model/cluster';
import { cluster } from '../reachability/arbitrary';

/** A cluster before and after a change; sometimes two clusters, sometimes one without a change. */
export const change: fc.Arbitrary<{ before: Cluster; after: Cluster }> = fc
  .record({
    before: cluster,
    other: cluster,
    turns: fc.record({
      policies: fc.boolean(),
      namespaces: fc.boolean(),
      labels: fc.boolean(),
      ports: fc.boolean(),
      network: fc.boolean(),
      pods: fc.boolean(),
      workloads: fc.boolean(),
    }),
  })
  .map(({ before, other, turns }) => ({
    before,
    after: {
      ...before,
      policies: turns.policies ? other.policies : before.policies,
      namespaces: turns.namespaces ? other.namespaces : before.namespaces,
      workloads: turns.workloads
        ? other.workloads
        : before.workloads.map((workload, i) => {
            const more = other.workloads[i] ?? workload;
            return {
              ...workload,
              labels: turns.labels ? more.labels : workload.labels,
              ports: turns.ports ? more.ports : workload.ports,
              hostNetwork: turns.network ? more.hostNetwork : workload.hostNetwork,
              pods: turns.pods && more.kind === workload.kind ? more.pods : workload.pods,
            };
          }),
    },
  }));

/** How many changes are tried; `npm run test:reference` tries 500. */
export const RUNS = { numRuns: Math.max(50, Number(process.env.REFERENCE_CLUSTERS ?? 0) / 200) };
