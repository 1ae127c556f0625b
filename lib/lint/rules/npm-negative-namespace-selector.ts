import { about } from '../context';
import { write } from '../fix';
import type { LintRule } from '../lint-rule';
import { safeNamespaceSelector } from '../safe-namespace-selector';

export const npmNegativeNamespaceSelector: LintRule = {
  id: 'npm-negative-namespace-selector',
  severity: 'error',
  summary: 'on azure, a namespace selector that only rules namespaces out opens the pods to everybody',
  engines: ['azure'],
  fix: 'add kubernetes.io/metadata.name Exists, and write one NotIn for each value',
  *check({ cluster, differences, facts }) {
    for (const policy of cluster.policies) {
      for (const departure of differences.by(
        policy,
        'negative-namespace-selector-opens-outside',
        'namespace-not-in-is-any',
      )) {
        const { peer } = departure;
        if (peer?.kind !== 'pods' || typeof peer.namespaces === 'string') {
          continue;
        }
        differences.told.add(departure);
        const change = differences.change(policy, departure);
        const opens = departure.by.includes('negative-namespace-selector-opens-outside');
        // Where pods are known and nothing changes for them, other rules open the same.
        const isHarmless = change === undefined && !facts.selected(policy).sure.isEmpty;
        yield {
          ...about(policy),
          severity: isHarmless ? 'warning' : 'error',
          field: peer.namespacesAt ?? peer.at,
          message: opens
            ? 'Azure NPM lets it match everything outside the cluster and other nodes'
            : 'Azure NPM lets a NotIn of several values match every namespace',
          ...(change === undefined ? {} : { witness: change.text }),
          fix: write(policy, peer.namespacesAt ?? peer.at, safeNamespaceSelector(peer.namespaces)),
        };
      }
    }
  },
};
