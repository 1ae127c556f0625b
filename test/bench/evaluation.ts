import { spawnSync } from 'node:child_process';
import { type Cluster, networkPolicyEntry, Reachability } from 'cdk8s-aks-network-policy/analysis';
import { type GeneratedCluster, generateCluster } from './generator';
import { cpuSeconds, median, print, TELLS_THREADS, threadSeconds } from './measure';
import { SIZES, type SizeName } from './sizes';

/** What a cluster may cost: seconds for everything from the model to the last row, MiB in all. */
interface Goal {
  readonly seconds: number;
  readonly mebibytes?: number;
}

const GOALS: Readonly<Partial<Record<SizeName, Goal>>> = {
  '1000x1000': { seconds: 0.15 },
  '10000x5000': { seconds: 1.5, mebibytes: 300 },
  '100000pods': { seconds: 3 },
};
const QUESTION_GOAL = 20;
const CHANGE_GOAL = 10;

/** CPU seconds of judging clusters in memory, each in a process of its own, so that none helps the next. */
export function benchEvaluation(sizes = Object.keys(GOALS) as readonly SizeName[]): void {
  console.log('\nevaluation, CPU time beside its goal');
  for (const name of sizes) {
    const { status } = spawnSync(process.execPath, [__filename, name], { stdio: 'inherit' });
    if (status !== 0) {
      throw new Error(`the evaluation of ${name} ended with ${status}`);
    }
  }
}

/** Builds the model of a cluster and lists every row. */
function judge(cluster: Cluster) {
  let reachability!: Reachability;
  let rows = 0;
  const built = cpuSeconds(() => {
    reachability = Reachability.of(cluster);
  });
  const listed = cpuSeconds(() => {
    for (const _ of reachability.connections()) {
      rows += 1;
    }
  });
  return { reachability, rows, built, listed, seconds: built + listed };
}

/** The first judgement of a process, which also compiles the code, and the middle one of five later ones. */
function bench(name: SizeName): void {
  const cluster = generateCluster(SIZES[name]);
  const goal = GOALS[name];
  const seconds = goal && `goal ${goal.seconds} s`;
  const begun = TELLS_THREADS ? threadSeconds() : 0;
  const cold = judge(cluster);
  const onOneCore = TELLS_THREADS ? threadSeconds() - begun : undefined;
  const mebibytes = process.resourceUsage().maxRSS / 1024;
  const again = Array.from({ length: 12 }, () => judge(cluster)).slice(-5);
  const warm = again.sort((a, b) => a.seconds - b.seconds)[2] ?? cold;
  print(name, 'build and list, at first', `${cold.seconds.toFixed(2)} s`, seconds);
  if (onOneCore !== undefined) {
    print(name, '  the same on one core', `${onOneCore.toFixed(2)} s`, seconds);
  }
  print(name, 'build and list, warm', `${warm.seconds.toFixed(2)} s`, seconds);
  print(name, `  build / ${warm.rows} rows`, `${warm.built.toFixed(2)} / ${warm.listed.toFixed(2)} s`);
  print(
    name,
    'memory with the cluster',
    `${mebibytes.toFixed(0)} MiB`,
    goal?.mebibytes === undefined ? '' : `goal ${goal.mebibytes} MiB`,
  );
  benchQuestions(name, cold.reachability);
  benchChanges(name, cold.reachability, cluster);
}

function benchQuestions(name: SizeName, reachability: Reachability): void {
  const { namespaces, workloads } = SIZES[name];
  const end = (i: number) => `ns-${(i % workloads) % namespaces}/app-${i % workloads}`;
  let asked = 0;
  // No question twice: the pairs begin anew when each workload has had its turn.
  const ask = (times: number) => {
    for (const last = asked + times; asked < last; asked += 1) {
      const shift = Math.floor(asked / workloads);
      reachability.verdict({ from: end(asked * 7919), to: end(asked * 104_729 + shift), port: 8080 });
    }
  };
  ask(5000);
  const times = 3000;
  const seconds = median(Array.from({ length: 9 }, () => cpuSeconds(() => ask(times))));
  print(name, 'one question', `${((seconds / times) * 1e6).toFixed(1)} µs`, `goal ${QUESTION_GOAL} µs`);
}

/** Puts a policy that lets other pods in, asks about one of the pods concerned, and takes the middle of many. */
function benchChanges(
  name: SizeName,
  reachability: Reachability,
  { policies, workloads }: GeneratedCluster,
): void {
  const costs = Array.from({ length: 41 }, (_, i) => {
    const entry = policies[Math.floor((i * policies.length) / 41)];
    const pod = workloads.find(({ namespace }) => namespace === entry?.namespace);
    if (entry === undefined || pod === undefined) {
      return 0;
    }
    const ingress = [
      { from: [{ podSelector: { matchLabels: { tier: 'web' } } }], ports: [{ port: 8080 + i }] },
    ];
    const { written } = entry;
    const put = [networkPolicyEntry({ ...written, spec: { ...written.spec, ingress } })];
    const to = `${pod.namespace}/${pod.name}`;
    return cpuSeconds(() => reachability.with({ put }).verdict({ from: 'internet', to }));
  });
  print(name, 'one policy changed', `${(median(costs) * 1000).toFixed(1)} ms`, `goal ${CHANGE_GOAL} ms`);
}

if (require.main === module) {
  bench(process.argv[2] as SizeName);
}
