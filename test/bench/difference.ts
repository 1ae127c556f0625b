import { diffConnections, type PolicyEntry, Reachability } from 'cdk8s-aks-network-policy/analysis';
import { generateCluster } from './generator';
import { collected, cpuSeconds, median, print } from './measure';
import { SIZES, type SizeName } from './sizes';

const ONE_POLICY_GOAL = 50;
const OTHER_CLUSTER_GOAL = 2;
const CHANGES = 21;

/** CPU time of telling what a change opens and closes: one policy, and everything. */
export function benchDifference(sizes: readonly SizeName[] = ['1000x1000', '10000x5000']): void {
  console.log('\ndifference of two versions, CPU time beside its goal');
  for (const name of sizes) {
    const cluster = generateCluster(SIZES[name]);
    const chosen = Array.from(
      { length: CHANGES },
      (_, i) => cluster.policies[Math.floor((i * cluster.policies.length) / CHANGES)] as PolicyEntry,
    );
    const before = Reachability.of(cluster);
    benchOne(name, 'another rule, at first', before, chosen, otherRule);
    benchOne(name, 'another rule', before, chosen, otherRule);
    benchOne(name, 'no policy any more', before, chosen, undefined);
    benchOne(name, 'egress denied besides', before, chosen, deniesEgress);
    const denies = cluster.policies.filter((policy) => policy.name === 'default-deny').slice(0, CHANGES);
    benchOne(name, 'no default deny any more', before, denies, undefined);
    benchOther(name);
  }
}

type Change = (entry: PolicyEntry, i: number) => PolicyEntry;

const otherRule: Change = (entry, i) => ({
  ...entry,
  policy: {
    ...entry.policy,
    spec: {
      ...entry.policy.spec,
      ingress: [{ from: [{ podSelector: { matchLabels: { tier: 'web' } } }], ports: [{ port: 8080 + i }] }],
    },
  },
});

const deniesEgress: Change = (entry) => ({
  ...entry,
  policy: { ...entry.policy, spec: { ...entry.policy.spec, policyTypes: ['Ingress', 'Egress'] } },
});

function benchOne(
  name: SizeName,
  what: string,
  before: Reachability,
  policies: readonly PolicyEntry[],
  change: Change | undefined,
): void {
  let rows = 0;
  const costs = policies.map((entry, i) => {
    const after = before.with(change === undefined ? { remove: [entry] } : { put: [change(entry, i)] });
    return cpuSeconds(() => {
      rows += diffConnections(before, after).length;
    });
  });
  const each = (rows / policies.length).toFixed(1);
  const first = `first ${((costs[0] as number) * 1000).toFixed(0)} ms, most ${(Math.max(...costs) * 1000).toFixed(0)} ms`;
  print(
    name,
    `${what}, ${each} rows`,
    `${(median(costs) * 1000).toFixed(1)} ms`,
    `goal ${ONE_POLICY_GOAL} ms; ${first}`,
  );
}

/** Two clusters of the same workloads and other policies, by the time that listing both takes. */
function benchOther(name: SizeName): void {
  const cluster = generateCluster(SIZES[name]);
  const other = { ...cluster, policies: generateCluster(SIZES[name], 2).policies };
  let rows = 0;
  const measure = () => {
    const [before, after] = [Reachability.of(cluster), Reachability.of(other)] as const;
    const [twoBefore, twoAfter] = [Reachability.of(cluster), Reachability.of(other)] as const;
    const listed = collected(() =>
      cpuSeconds(() => [before, after].map((each) => [...each.connections()].length)),
    );
    const compared = collected(() =>
      cpuSeconds(() => {
        rows = diffConnections(twoBefore, twoAfter).length;
      }),
    );
    return { ratio: compared / listed, listed, compared };
  };
  measure();
  const found = [measure(), measure(), measure()];
  const ratio = median(found.map((each) => each.ratio));
  print(
    name,
    `other policies, ${rows} rows`,
    `${ratio.toFixed(2)}`,
    `goal ${OTHER_CLUSTER_GOAL} of listing both; ${found[0]?.compared.toFixed(2)} s / ${found[0]?.listed.toFixed(2)} s`,
  );
}
