import { isCiliumKind } from '../../model/cilium-kind';
import { defined } from '../../model/defined';
import { unjudgedKey } from '../../model/unjudged-policy';
import type { LintRule } from '../lint-rule';

export const duplicateName: LintRule = {
  id: 'duplicate-name',
  severity: 'error',
  summary: 'two different policies have one name',
  fix: 'give each policy a name of its own, or bring the two together in one',
  *check({ cluster }) {
    const known = new Set<string>();
    for (const policy of (cluster.unjudged ?? []).filter(isCiliumKind)) {
      const { kind, namespace, name, source } = policy;
      const key = unjudgedKey(policy);
      if (name !== undefined && known.has(key)) {
        yield {
          object: { kind, name, ...defined({ namespace }) },
          field: ['metadata', 'name'],
          message: 'a policy of this name has other contents, and nobody knows which of them the cluster has',
          ...defined({ source }),
        };
      }
      known.add(key);
    }
    for (const { kind, namespace, name, problem, source } of cluster.unreadable) {
      if (kind === 'NetworkPolicy' && name !== undefined && problem.code === 'object-conflict') {
        yield {
          object: { kind, name, ...defined({ namespace }) },
          field: ['metadata', 'name'],
          message: `a policy of this name has other contents; ${problem.problem}`,
          ...defined({ source }),
        };
      }
    }
  },
};
