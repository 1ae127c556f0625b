import { listWords } from '../../model/word-list';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { untranslatable } from '../untranslatable';

export const npmWindowsPolicySkipped: LintRule = {
  id: 'npm-windows-policy-skipped',
  severity: 'error',
  summary: 'on azure with Windows nodes, a policy says what Azure NPM cannot translate there and skips',
  engines: ['azure'],
  fix: 'write port numbers, whole ranges and positive selectors, or move to calico, which is for Windows nodes',
  needs: ({ profile }) =>
    profile.windowsNodePools === undefined
      ? 'the profile does not tell whether there are Windows node pools'
      : undefined,
  *check(context) {
    const { windowsNodePools = [] } = context.profile;
    if (windowsNodePools.length === 0) {
      return;
    }
    for (const policy of context.cluster.policies) {
      const found = untranslatable(context, policy);
      const [first] = found;
      if (first !== undefined) {
        yield {
          ...about(policy),
          field: first.at,
          message: `Azure NPM skips the whole policy on Windows nodes (${listWords(windowsNodePools)}) because of ${listWords([...new Set(found.map(({ what }) => what))])}`,
        };
      }
    }
  },
};
