import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** For `nodeSeconds`: js-yaml parses the files that are named, or a command runs with the words after it. */
export const PARSE = `const { readFileSync } = require('node:fs'), { loadAll } = require('js-yaml');
  for (const file of process.argv.slice(1)) loadAll(readFileSync(file, 'utf8'));`;
export const RUN = 'require(process.argv[1]);';

/** Whose CPU time: every thread's, or that of the main thread alone. */
export type Threads = 'all' | 'main';

/** The compiled command `aks-netpol`. */
export const AKS_NETPOL = resolve(ROOT, 'build/cli/main.js');

/** CPU seconds of this process that a call takes. */
export function cpuSeconds(call: () => unknown): number {
  const before = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/**
 * CPU seconds that the thread of the program has spent, without those of the compiler and the collector, which have
 * threads of their own; only Linux tells.
 */
export function threadSeconds(): number {
  return Number(readFileSync(THREAD, 'utf8').split(' ')[0]) / 1e9;
}

const THREAD = `/proc/self/task/${process.pid}/schedstat`;
export const TELLS_THREADS = existsSync(THREAD);

/** CPU seconds spent so far by the main thread, where that is told, or else by all. */
export function mainSeconds(): number {
  const { user, system } = process.cpuUsage();
  return TELLS_THREADS ? threadSeconds() : (user + system) / 1e6;
}

/**
 * CPU seconds that a fresh Node spends on a script, from its first line to its exit; of its main thread alone, with
 * Node's own start.
 */
export function nodeSeconds(script: string, words: readonly string[] = [], threads: Threads = 'all'): number {
  const timed = `const before = process.cpuUsage();
    process.once('exit', () => {
      const { readFileSync, writeSync } = require('node:fs');
      const { user, system } = process.cpuUsage(before);
      writeSync(3, String(${
        threads === 'all'
          ? '(user + system) / 1e6'
          : 'readFileSync("/proc/self/task/" + process.pid + "/schedstat", "utf8").split(" ")[0] / 1e9'
      }));
    });
    ${script}`;
  const { status, output } = spawnSync(process.execPath, ['-e', timed, '--', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  if (status !== 0) {
    throw new Error(`a measured process ended with ${status}: ${[script, ...words].join(' ')}`);
  }
  return Number(output[3]);
}

/** Seconds by the clock from the start of a fresh Node to its end: what somebody waits who types a command. */
export function waitingSeconds(words: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, words, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) {
    throw new Error(`a measured process ended with ${status}: ${words.join(' ')}`);
  }
  return (performance.now() - start) / 1000;
}

/** The middle value; of an even number the upper one of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

/**
 * Runs every contestant in turn, several rounds, and gives the median of each one's time by the first one's
 * of the same round: a machine whose speed drifts then slows both sides of a ratio. Each round begins with
 * another contestant, so that nobody always pays for the garbage of the same one before; a forced collection
 * would not do, because it throws compiled code away too.
 */
export function ratios(contestants: Record<string, () => number>, rounds: number): Record<string, number> {
  const names = Object.keys(contestants);
  const [base, ...others] = names as [string, ...string[]];
  const found = new Map<string, number[]>(others.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    const order = names.map((_, i) => names[(i + round + names.length) % names.length] as string);
    const times = new Map(order.map((name) => [name, (contestants[name] as () => number)()]));
    // The first round only warms up.
    for (const name of round < 0 ? [] : others) {
      found.get(name)?.push((times.get(name) as number) / (times.get(base) as number));
    }
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, median(values)]));
}

/** One line of a table: the cluster, what was measured, the figure, and what it should stay under. */
export function print(name: string, what: string, figure = '', goal = ''): void {
  console.log(`  ${[name.padEnd(13), what.padEnd(28), figure.padStart(14), goal].join('  ').trimEnd()}`);
}
