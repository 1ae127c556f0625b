import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { DIMENSIONS, type Dimension } from './growing';
import { median, print, ROOT } from './measure';

/** The compiled command line, to be run in this process. */
type Run = (words: readonly string[], terminal: { stdout: Writable; stderr: Writable }) => Promise<void>;

/** What a verb is asked about the manifests in `before`; `after` has them with the policy `db` under another name. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  connections: ['connections', 'before'],
  reach: ['reach', 'shop/app-1', 'shop/db', 'before'],
  explain: ['explain', 'shop/app-1', 'shop/db', 'before'],
  exposure: ['exposure', 'shop/db', 'before'],
  diff: ['diff', 'before', 'after'],
  lint: ['lint', '--config', 'aks-netpol.yaml', 'before'],
  'lint markdown': ['lint', '--format', 'markdown', '--config', 'aks-netpol.yaml', 'before'],
  list: ['list', 'before'],
  show: ['show', 'shop/db', 'before'],
  import: ['import', 'before'],
};

const MARK = 2.3;
const ROUNDS = 3;
/** What is over sooner than this tells nothing of its growth. */
const SHORT = 0.02;

/**
 * CPU time of each verb for twice as much of something, by that for as much of it; too much is marked, and fails nothing.
 * Of `services` each has all the pods, so `lint` and `show` have four times as many pairs to look at for twice as many.
 */
export async function benchGrowth(): Promise<void> {
  console.log(
    `\ngrowth: CPU time for twice as much, by that for as much, marked above ${MARK} (median of ${ROUNDS} rounds)`,
  );
  const { run } = require(resolve(ROOT, 'build/cli/program.js')) as { run: Run };
  for (const [name, dimension] of Object.entries<Dimension>(DIMENSIONS)) {
    const folders = [1, 2].map((times) => writeInput(dimension.files(times * dimension.size))) as [
      string,
      string,
    ];
    for (const [verb, words] of Object.entries(VERBS)) {
      const [once, twice] = await medians(folders, (folder) => seconds(run, words, folder));
      const ratio = twice / once;
      const isLong = twice >= SHORT;
      print(
        `${name} `.padEnd(26),
        `${verb}, ${dimension.size} and ${2 * dimension.size}`,
        `${(once * 1000).toFixed(0)} ms ${isLong ? ratio.toFixed(2) : '-'}`,
        isLong && ratio > MARK ? `above ${MARK}` : '',
      );
    }
    for (const folder of folders) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** The first round only warms up. */
async function medians(
  [small, large]: readonly [string, string],
  measure: (folder: string) => Promise<number>,
): Promise<[number, number]> {
  const rounds: [number, number][] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    rounds.push([await measure(small), await measure(large)]);
  }
  const kept = rounds.slice(1);
  return [median(kept.map(([once]) => once)), median(kept.map(([, twice]) => twice))];
}

async function seconds(run: Run, words: readonly string[], folder: string): Promise<number> {
  const before = process.cpuUsage();
  const files = ['before', 'after', 'aks-netpol.yaml'];
  await run(
    words.map((word) => (files.includes(word) ? join(folder, word) : word)),
    { stdout: nowhere(), stderr: nowhere() },
  );
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

function writeInput(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'growth-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'before'));
  mkdirSync(join(folder, 'after'));
  const { 'aks-netpol.yaml': config = '', ...manifests } = files;
  writeFileSync(join(folder, 'aks-netpol.yaml'), config);
  for (const [name, text] of Object.entries(manifests)) {
    writeFileSync(join(folder, 'before', name), text);
    writeFileSync(join(folder, 'after', name), text.replace('"name":"db"', '"name":"other"'));
  }
  return folder;
}
