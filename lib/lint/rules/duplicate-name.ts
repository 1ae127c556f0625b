import { defined } from '../../model/defined';
import type { LintRule } from '../lint-rule';

export const duplicateName: LintRule = {
  id: 'duplicate-name',
  severity: 'error',
  summary: 'two different policies have one name',
  fix: 'give each policy a name of its own, or bring the two together in one',
  *check({ cluster }) {
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
