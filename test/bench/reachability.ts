/**
 * `npm run bench:reachability`: what a judgement costs, in CPU seconds, on seeded clusters, each in a process
 * of its own. Give names of sizes to run some only.
 */
import { fork } from 'node:child_process';
import type { Cluster } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';
import { generateCluster, type Size } from './generator';
import { manifestsOf } from './manifests';

/** A size, and what it may cost: seconds for everything from the model to the last row, MiB in all. */
interface Goal {
  readonly size: Size;
  readonly seconds: number;
  readonly mebibytes?: number;
}

const GOALS: Readonly<Record<string, Goal>> = {
  '1000x1000': { size: { namespaces: 50, workloads: 1000, policies: 1000 }, seconds: 0.15 },
  '10000x5000': {
    size: { namespaces: 200, workloads: 10_000, policies: 5000 },
    seconds: 1.5,
    mebibytes: 300,
  },
  '100000pods': {
    size: { namespaces: 200, workloads: 5000, policies: 10_000, pods: 100_000 },
    seconds: 3,
  },
};
const QUESTION_GOAL = 20;
const CHANGE_GOAL = 10;

function cpuSeconds<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return { result, seconds: (user + system) / 1e6 };
}

/** Builds the model of a cluster and lists every row. */
function judge(cluster: Cluster) {
  globalThis.gc?.();
  const built = cpuSeconds(() => Reachability.of(cluster));
  const listed = cpuSeconds(() => {
    let rows = 0;
    for (const _ of built.result.connections()) {
      rows += 1;
    }
    return rows;
  });
  const seconds = built.seconds + listed.seconds;
  return {
    reachability: built.result,
    rows: listed.result,
    built: built.seconds,
    listed: listed.seconds,
    seconds,
  };
}

/** The first judgement of a process, which also compiles the code, and the middle one of five later ones. */
function bench(name: string, { size, seconds, mebibytes: most }: Goal): void {
  const cluster = generateCluster(size);
  const cold = judge(cluster);
  const mebibytes = process.resourceUsage().maxRSS / 1024;
  const again = Array.from({ length: 12 }, () => judge(cluster)).slice(-5);
  const warm = again.sort((a, b) => a.seconds - b.seconds)[2] ?? cold;
  print(name, 'build and list, at first', `${cold.seconds.toFixed(2)} s`, `${seconds} s`);
  print(name, 'build and list, warm', `${warm.seconds.toFixed(2)} s`, `${seconds} s`);
  print(name, `  build / ${warm.rows} rows`, `${warm.built.toFixed(2)} / ${warm.listed.toFixed(2)} s`);
  print(
    name,
    'memory with the cluster',
    `${mebibytes.toFixed(0)} MiB`,
    most === undefined ? '' : `${most} MiB`,
  );
  benchQuestions(name, cold.reachability, size);
  benchChanges(name, cold.reachability, cluster);
  benchParsing(name, cluster, cold.seconds);
}

function benchQuestions(name: string, reachability: Reachability, { namespaces, workloads }: Size): void {
  const end = (i: number) => `ns-${(i % workloads) % namespaces}/app-${i % workloads}`;
  const ask = (times: number) => {
    for (let i = 0; i < times; i += 1) {
      reachability.verdict({ from: end(i * 7919), to: end(i * 104_729), port: 8080 });
    }
  };
  ask(5000);
  const times = 20_000;
  const { seconds } = cpuSeconds(() => ask(times));
  print(name, 'one question', `${((seconds / times) * 1e6).toFixed(1)} µs`, `${QUESTION_GOAL} µs`);
}

/** Puts a policy that lets other pods in, asks about one of the pods concerned, and takes the middle of many. */
function benchChanges(name: string, reachability: Reachability, { policies, workloads }: Cluster): void {
  const costs = Array.from({ length: 41 }, (_, i) => {
    const entry = policies[Math.floor((i * policies.length) / 41)];
    const pod = workloads.find(({ namespace }) => namespace === entry?.namespace);
    if (entry === undefined || pod === undefined) {
      return 0;
    }
    const ingress = [
      { from: [{ podSelector: { matchLabels: { tier: 'web' } } }], ports: [{ port: 8080 + i }] },
    ];
    const policy = { ...entry.policy, spec: { ...entry.policy.spec, ingress } };
    const to = `${pod.namespace}/${pod.name}`;
    return cpuSeconds(() =>
      reachability.with({ put: [{ ...entry, policy }] }).verdict({ from: 'internet', to }),
    ).seconds;
  }).sort((a, b) => a - b);
  const middle = (costs[Math.floor(costs.length / 2)] ?? 0) * 1000;
  print(name, 'one policy changed', `${middle.toFixed(1)} ms`, `${CHANGE_GOAL} ms`);
}

/** How the judgement compares with reading the same cluster; without js-yaml only JSON is read. */
function benchParsing(name: string, cluster: Cluster, total: number): void {
  const manifests = manifestsOf(cluster);
  const texts = manifests.map((each) => JSON.stringify(each));
  const json = cpuSeconds(() => texts.map((text) => JSON.parse(text))).seconds;
  print(name, 'JSON.parse of the same', `${json.toFixed(2)} s`, `ratio ${(total / json).toFixed(1)}`);
  const yaml = loadYaml();
  if (yaml !== undefined) {
    const documents = manifests.map((each) => yaml.dump(each)).join('---\n');
    const { seconds } = cpuSeconds(() => yaml.loadAll(documents));
    print(name, 'js-yaml of the same', `${seconds.toFixed(2)} s`, `ratio ${(total / seconds).toFixed(2)}`);
  }
}

function loadYaml(): { dump(value: unknown): string; loadAll(text: string): unknown[] } | undefined {
  try {
    return require('js-yaml');
  } catch {
    return undefined;
  }
}

function print(name: string, what: string, figure: string, goal = ''): void {
  console.log([name.padEnd(12), what.padEnd(28), figure.padStart(16), goal].join('  ').trimEnd());
}

async function main(names: readonly string[]): Promise<void> {
  for (const name of names) {
    await new Promise((resolve) => fork(__filename, ['--alone', name]).once('exit', resolve));
  }
}

const [first, ...rest] = process.argv.slice(2);
const alone = first === '--alone' ? GOALS[rest[0] ?? ''] : undefined;
if (alone === undefined) {
  print('cluster', 'what', 'figure', 'goal');
  void main(first === undefined ? Object.keys(GOALS) : [first, ...rest]);
} else {
  bench(rest[0] ?? '', alone);
}
