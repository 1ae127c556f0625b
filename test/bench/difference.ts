import {
  diffConnections,
  type NetworkPolicyEntry,
  networkPolicyEntry,
  Reachability,
} from 'cdk8s-aks-network-policy/analysis';
import { generateCluster } from './generator';
import { cpuSeconds, median, print } from './measure';
import { SIZES, type SizeName } from './sizes';

const ONE_POLICY_GOAL = 50;
/** By the time of two lists, which is a quarter of what the evaluator may take. */
const OTHER_CLUSTER_GOAL = 3;
const CHANGES = 21;

/** CPU time of telling what a change opens and closes: one policy, and everything. */
export function benchDifference(sizes: readonly SizeName[] = ['1000x1000', '10000x5000']): void {
  console.log('\ndifference of two versions, CPU time beside its goal');
  for (const name of sizes) {
    const cluster = generateCluster(SIZES[name]);
    const chosen = Array.from(
      { length: CHANGES },
      (_, i) => cluster.policies[Math.floor((i * cluster.policies.length) / CHANGES)] as NetworkPolicyEntry,
    );
    const before = Reachability.of(cluster);
    benchOne(name, 'another rule, at first', before, chosen, otherRule);
    benchOne(name, 'another rule', before, chosen, otherRule);
    benchOne(name, 'no policy any more', before, chosen, undefined);
    benchOne(name, 'egress denied besides', before, chosen, deniesEgress);
    const denies = cluster.policies.filter(({ name: each }) => each === 'default-deny').slice(0, CHANGES);
    benchOne(name, 'no default deny any more', before, denies, undefined);
    benchOther(name);
  }
}

type Change = (entry: NetworkPolicyEntry, i: number) => NetworkPolicyEntry;

const otherRule: Change = ({ written }, i) =>
  networkPolicyEntry({
    ...written,
    spec: {
      ...written.spec,
      ingress: [{ from: [{ podSelector: { matchLabels: { tier: 'web' } } }], ports: [{ port: 8080 + i }] }],
    },
  });

const deniesEgress: Change = ({ written }) =>
  networkPolicyEntry({ ...written, spec: { ...written.spec, policyTypes: ['Ingress', 'Egress'] } });

function benchOne(
  name: SizeName,
  what: string,
  before: Reachability,
  policies: readonly NetworkPolicyEntry[],
  change: Change | undefined,
): void {
  const costs = policies.map((entry, i) => {
    const after = before.with(change === undefined ? { remove: [entry] } : { put: [change(entry, i)] });
    return cpuSeconds(() => diffConnections(before, after));
  });
  print(name, what, `${(median(costs) * 1000).toFixed(1)} ms`, `goal ${ONE_POLICY_GOAL} ms`);
}

/** Two clusters of the same workloads and other policies, by the time that listing both takes. */
function benchOther(name: SizeName): void {
  const cluster = generateCluster(SIZES[name]);
  const other = { ...cluster, policies: generateCluster(SIZES[name], 2).policies };
  const fresh = () => [Reachability.of(cluster), Reachability.of(other)] as const;
  const measured = Array.from({ length: 4 }, () => {
    const [listed, compared] = [fresh(), fresh()];
    const list = cpuSeconds(() => listed.map((each) => [...each.connections()].length));
    return cpuSeconds(() => diffConnections(...compared)) / list;
  });
  // The first round only warms up.
  const ratio = median(measured.slice(1)).toFixed(2);
  print(name, 'other policies, by two lists', ratio, `goal ${OTHER_CLUSTER_GOAL}`);
}
