import { CLUSTER } from '../context';
import type { LintRule } from '../lint-rule';

/** What Azure NPM for Linux is supported up to. */
const MOST = { nodes: 250, pods: 20_000 } as const;

export const npmScaleLimits: LintRule = {
  id: 'npm-scale-limits',
  severity: 'warning',
  summary: 'on azure, the cluster is larger than Azure NPM can bear',
  engines: ['azure'],
  fix: 'move to cilium, which has no such limit, or keep the cluster smaller',
  *check(context) {
    const { cluster } = context;
    const known = {
      nodes: cluster.nodes.length,
      pods: cluster.workloads.reduce((sum, { pods }) => sum + pods.length, 0),
    };
    for (const what of ['nodes', 'pods'] as const) {
      if (known[what] > MOST[what]) {
        yield {
          object: CLUSTER,
          message: `it has ${known[what]} ${what}, and Azure NPM is supported up to ${MOST[what]}`,
        };
      }
    }
  },
};
