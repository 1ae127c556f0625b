import type { AksClusterProfile } from '../../aks/cluster-profile';
import { ENGINE_CHANGE_COST, ENGINE_STARTS, startCommand } from '../../aks/engine-changes';
import { aksDocs } from '../../aks/fact-source';
import { type PolicyEntry, qualifiedName } from '../../model/cluster';
import { defined } from '../../model/defined';
import { count, listWords } from '../../model/word-list';
import { CLUSTER, needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';

const MANIFESTS = deployment('web') + networkPolicy('deny', { podSelector: {}, policyTypes: ['Ingress'] });

/** So many policies are asked for a connection that shows it. */
const ASKED = 20;

export const noEngine: LintRule = {
  id: 'no-engine',
  severity: 'error',
  summary: 'policies exist and nothing on the cluster enforces them',
  why:
    'The API server takes network policies whether or not something enforces them: kubectl shows them, and every ' +
    'connection stays open. The presets of the portal that create a cluster choose no engine.',
  fix: startOf({}),
  sources: [aksDocs('use-network-policies.md')],
  misses: 'An engine that is installed and broken.',
  bad: { manifests: MANIFESTS, profile: { engine: 'none' } },
  good: { manifests: MANIFESTS, profile: { engine: 'cilium', dataPlane: 'cilium' } },
  needs: needsEngine,
  *check({ profile, cluster: { policies }, differences }) {
    if (profile.engine !== 'none' || policies.length === 0) {
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
