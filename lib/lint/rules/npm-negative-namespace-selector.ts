import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { about } from '../context';
import { needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import { write } from '../fix';
import type { LintRule } from '../lint-rule';
import { safeNamespaceSelector } from '../safe-namespace-selector';

const example = (namespaceSelector: object) =>
  deployment('web') + networkPolicy('web', { podSelector: {}, ingress: [{ from: [{ namespaceSelector }] }] });
const NOT_OWN = { matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: 'NotIn', values: ['shop'] }] };

export const npmNegativeNamespaceSelector: LintRule = {
  id: 'npm-negative-namespace-selector',
  severity: 'error',
  summary: 'on azure, a namespace selector that only rules namespaces out opens the pods to everybody',
  why:
    'Azure NPM reads a namespace selector of NotIn and DoesNotExist alone as everything that is not in the namespaces ' +
    'ruled out: the internet and other nodes too. A NotIn with several values it reads as any namespace at all.',
  fix: 'add kubernetes.io/metadata.name Exists, and write one NotIn for each value',
  sources: [
    { from: 'Azure NPM v2 of 2026-08-20 (v1.8.12+15), run', read: '2026-11-22' },
    {
      from: 'Azure/azure-container-networking#4866 and #4868, merged on 2026-09-15; a version that ships them was not found',
      read: '2026-11-22',
    },
  ],
  misses: 'Whether the cluster runs a version of NPM with the fixes of September 2026.',
  bad: { manifests: example(NOT_OWN), profile: { engine: 'azure' } },
  good: { manifests: example(safeNamespaceSelector(NOT_OWN)), profile: { engine: 'azure' } },
  needs: needsEngine,
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
