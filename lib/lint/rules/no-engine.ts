import type { AksClusterProfile } from '../../aks/cluster-profile';
import { ENGINE_CHANGE_COST, ENGINE_STARTS, startCommand } from '../../aks/engine-changes';
import { type PolicyEntry, qualifiedName } from '../../model/cluster';
import { defined } from '../../model/defined';
import { count, listWords } from '../../model/word-list';
import { CLUSTER } from '../context';
import type { LintRule } from '../lint-rule';

/** So many policies are searched for a connection that shows it. */
const ASKED = 20;

export const noEngine: LintRule = {
  id: 'no-engine',
  severity: 'error',
  summary: 'policies exist and nothing on the cluster enforces them',
  engines: ['none'],
  fix: startOf({}),
  *check({ profile, cluster: { policies }, differences }) {
    if (policies.length === 0) {
      return;
    }
    let witness: string | undefined;
    for (const policy of [...policies].sort(byName).slice(0, ASKED)) {
      const [departure] = differences.by(policy, 'nothing-enforces');
      witness ??= departure && differences.change(policy, departure)?.text;
    }
    const namespaces = [...new Set(policies.flatMap(({ namespace }) => namespace ?? []))].sort();
    yield {
      object: CLUSTER,
      message:
        `${count(policies.length, 'policy', 'policies')} of ${count(namespaces.length, 'namespace')} ` +
        `(${listWords(namespaces)}) ${policies.length === 1 ? 'is' : 'are'} stored and not enforced: every pod is open`,
      ...defined({ witness }),
      fix: startOf(profile),
    };
  },
};

const byName = (a: PolicyEntry, b: PolicyEntry) => (qualifiedName(a) < qualifiedName(b) ? -1 : 1);

/** How to turn the engine on that fits a cluster: Cilium, but for Windows nodes and kubenet. */
function startOf({ windowsNodePools = [], networkPlugin }: AksClusterProfile): string {
  const engine = windowsNodePools.length > 0 || networkPlugin === 'kubenet' ? 'calico' : 'cilium';
  const { needs } = ENGINE_STARTS[engine];
  return `turn an engine on: ${startCommand(engine, 'GROUP', 'CLUSTER')}; it needs ${needs}, and ${ENGINE_CHANGE_COST}`;
}
