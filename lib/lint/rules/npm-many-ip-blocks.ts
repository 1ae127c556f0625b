import { aksDocs } from '../../aks/fact-source';
import { about } from '../context';
import { isNpm, needsEngine } from '../engine-words';
import { networkPolicy } from '../example-manifests';
import { ipBlocksOf } from '../ip-blocks';
import type { LintRule } from '../lint-rule';

/** So many sections of IP blocks are what the documentation calls fine. */
const FINE = 4;

const example = (blocks: number) =>
  networkPolicy('partners', {
    podSelector: {},
    ingress: [
      { from: Array.from({ length: blocks }, (_, i) => ({ ipBlock: { cidr: `203.0.113.${i}/32` } })) },
    ],
  });

export const npmManyIpBlocks: LintRule = {
  id: 'npm-many-ip-blocks',
  severity: 'warning',
  summary: 'on azure, a policy has more than four IP blocks',
  why:
    'Azure NPM can get into a race when a policy with many IP blocks is edited or deleted: a node then enforces ' +
    'wrongly for some 15 seconds, until NPM has started again.',
  fix: 'join neighbouring ranges into one CIDR, or split the policy',
  sources: [aksDocs('use-network-policies.md')],
  bad: { manifests: example(5), profile: { engine: 'azure' } },
  good: { manifests: example(4), profile: { engine: 'azure' } },
  needs: needsEngine,
  *check(context) {
    if (!isNpm(context)) {
      return;
    }
    for (const policy of context.cluster.policies) {
      const blocks = ipBlocksOf(context, policy);
      if (blocks.length > FINE) {
        yield {
          ...about(policy),
          message: `it has ${blocks.length} IP blocks, and more than ${FINE} are risky`,
        };
      }
    }
  },
};
