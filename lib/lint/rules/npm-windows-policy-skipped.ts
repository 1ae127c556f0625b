import { aksDocs } from '../../aks/fact-source';
import { listWords } from '../../model/word-list';
import { about } from '../context';
import { isNpm, needsEngine } from '../engine-words';
import { networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';
import { untranslatable } from '../untranslatable';

const example = (port: string | number) =>
  networkPolicy('web', { podSelector: {}, ingress: [{ ports: [{ port }] }] });
const profile = { engine: 'azure', windowsNodePools: ['win'] } as const;

export const npmWindowsPolicySkipped: LintRule = {
  id: 'npm-windows-policy-skipped',
  severity: 'error',
  summary: 'on azure with Windows nodes, a policy says what Azure NPM cannot translate there and skips',
  why:
    'On Windows nodes Azure NPM skips a whole policy that names a port, speaks of SCTP, has exceptions in an IP block ' +
    'or selects by NotIn or DoesNotExist. Pods there that only this policy isolates are open.',
  fix: 'write port numbers, whole ranges and positive selectors, or move to calico, which is for Windows nodes',
  sources: [
    aksDocs('use-network-policies.md'),
    {
      from: 'Azure/azure-container-networking, npm translatePolicy.go and parseSelector.go',
      read: '2026-11-22',
    },
  ],
  misses: 'Which pods run on Windows nodes: every policy counts.',
  bad: { manifests: example('http'), profile },
  good: { manifests: example(8080), profile },
  needs: (context) =>
    needsEngine(context) ??
    (isNpm(context) && context.profile.windowsNodePools === undefined
      ? 'the profile does not tell whether there are Windows node pools'
      : undefined),
  *check(context) {
    const { windowsNodePools = [] } = context.profile;
    if (!isNpm(context) || windowsNodePools.length === 0) {
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
