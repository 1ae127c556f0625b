import { aksDocs } from '../../aks/fact-source';
import { CLUSTER, isNpm, needsEngine } from '../engine-words';
import type { LintRule } from '../lint-rule';

/** What Azure NPM for Linux is supported up to. */
const MOST = { nodes: 250, pods: 20_000 } as const;

const nodes = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `---\n{ apiVersion: v1, kind: Node, metadata: { name: aks-${i} } }\n`,
  ).join('');

export const npmScaleLimits: LintRule = {
  id: 'npm-scale-limits',
  severity: 'warning',
  summary: 'on azure, the cluster is larger than Azure NPM can bear',
  why: 'Beyond 250 nodes or 20,000 pods Azure NPM runs out of memory, and a node without it keeps stale rules.',
  fix: 'move to cilium, which has no such limit, or keep the cluster smaller',
  sources: [aksDocs('use-network-policies.md'), aksDocs('best-practices-performance-scale-large.md')],
  misses: 'Nodes and pods that are not among what was read: manifests hold neither.',
  bad: { manifests: nodes(MOST.nodes + 1), profile: { engine: 'azure' } },
  good: { manifests: nodes(1), profile: { engine: 'azure' } },
  needs: needsEngine,
  *check(context) {
    if (!isNpm(context)) {
      return;
    }
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
