import { defined } from '../../model/defined';
import { write } from '../fix';
import { eachDeparture, type LintRule } from '../lint-rule';
import { safeNamespaceSelector } from '../mended-selector';

const OPENS_OUTSIDE = 'negative-namespace-selector-opens-outside';

export const npmNegativeNamespaceSelector: LintRule = {
  id: 'npm-negative-namespace-selector',
  severity: 'error',
  summary: 'on azure, a namespace selector that only rules namespaces out opens the pods to everybody',
  engines: ['azure'],
  fix: 'add kubernetes.io/metadata.name Exists, and write one NotIn for each value',
  check: eachDeparture([OPENS_OUTSIDE, 'namespace-not-in-is-any'], (departure, policy, context) => {
    const { by, peer } = departure;
    if (peer?.kind !== 'pods' || typeof peer.namespaces === 'string') {
      return undefined;
    }
    const change = context.differences.change(policy, departure);
    // Where pods are known and nothing changes for them, other rules open the same.
    const isHarmless = change === undefined && !context.facts.selected(policy).sure.isEmpty;
    const field = peer.namespacesAt ?? peer.at;
    return {
      severity: isHarmless ? 'warning' : 'error',
      field,
      message: by.includes(OPENS_OUTSIDE)
        ? 'Azure NPM lets it match everything outside the cluster and other nodes'
        : 'Azure NPM lets a NotIn of several values match every namespace',
      ...defined({ witness: change?.text }),
      fix: write(policy, field, safeNamespaceSelector(peer.namespaces)),
    };
  }),
};
