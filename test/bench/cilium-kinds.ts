import {
  type Cluster,
  convertPolicies,
  Reachability,
  readManifests,
} from 'cdk8s-aks-network-policy/analysis';
import { generateCluster } from './generator';
import { cpuSeconds, print, ratios } from './measure';
import { SIZES, type SizeName } from './sizes';

const GOAL = 1.3;
/** One policy in so many is of Cilium's kind. */
const SHARE = 5;
const RUNS = 9;
const PROFILE = { engine: 'cilium', acns: 'L7', kubernetesVersion: '1.35' } as const;

/** A cluster with some of its policies as CiliumNetworkPolicies that mean the same, by the time of NetworkPolicies alone. */
export function benchCiliumKinds(sizes: readonly SizeName[] = ['1000x1000', '10000x5000']): void {
  console.log('\nevaluation with a fifth of the policies of Cilium’s kind, by that of NetworkPolicies alone');
  for (const name of sizes) {
    const alone = generateCluster(SIZES[name]);
    const mixed = withTwins(alone);
    if (rowsOf(alone) !== rowsOf(mixed)) {
      throw new Error(`the clusters of ${name} have not as many rows as each other`);
    }
    const { twins = 0 } = ratios(
      { alone: () => cpuSeconds(() => rowsOf(alone)), twins: () => cpuSeconds(() => rowsOf(mixed)) },
      RUNS,
    );
    print(
      name,
      `${mixed.unjudged?.length} of ${alone.policies.length} policies`,
      twins.toFixed(2),
      `goal ${GOAL}`,
    );
  }
}

function withTwins(cluster: Cluster): Cluster {
  const chosen = cluster.policies.filter((_, i) => i % SHARE === 0);
  const conversions = convertPolicies(
    chosen.map(({ written }) => ({ ...written })),
    { to: 'cilium' },
  );
  const converted = new Set(chosen.filter((_, i) => (conversions[i]?.twins.length ?? 0) > 0));
  const twins = conversions.flatMap((each) => each.twins);
  return {
    ...cluster,
    policies: cluster.policies.filter((each) => !converted.has(each)),
    unjudged: readManifests(twins).cluster.unjudged ?? [],
  };
}

function rowsOf(cluster: Cluster): number {
  return [...Reachability.of(cluster, { profile: PROFILE }).connections()].length;
}
