import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { DIMENSIONS, type Dimension, LARGEST } from './growing';
import { mainSeconds, print, ROOT } from './measure';

/** The compiled command line, to be run in this process. */
type Run = (words: readonly string[], terminal: { stdout: Writable; stderr: Writable }) => Promise<void>;

/** Seconds that a verb takes for so much of something. */
type Take = (amount: number) => Promise<number>;

/** What a verb is asked about the manifests in `before`; `after` has them with the policy `db` under another name. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  connections: ['connections', 'before'],
  'connections svg': ['connections', '--format', 'svg', 'before'],
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
/** Of a run that is over sooner, chance has too large a part. */
const LONG = 0.04;
const ROUNDS = 2;
/** How often a pair that is above the mark is measured once more. */
const AGAIN = 2;

/** How a verb's time grows from an amount to four times as much. */
interface Growth {
  readonly amount: number;
  readonly seconds: number;
  /** For each doubling; left out where the verb is over too soon to tell. */
  readonly factor: number | undefined;
}

/** How each verb's time grows where there is more and more of something; too much is marked, and fails nothing. */
export async function benchGrowth(): Promise<void> {
  console.log(
    `\ngrowth: CPU time of the main thread for twice as much, by that for as much, marked above ${MARK}` +
      `\n(over two doublings, best of ${ROUNDS} rounds; - where the largest input takes less than ${LONG * 1000} ms)`,
  );
  const { run } = require(resolve(ROOT, 'build/cli/program.js')) as { run: Run };
  const root = mkdtempSync(join(tmpdir(), 'growth-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  for (const [name, dimension] of Object.entries<Dimension>(DIMENSIONS)) {
    for (const [verb, words] of Object.entries(VERBS)) {
      const { amount, seconds, factor } = await growthOf(dimension, (amount) =>
        secondsOf(run, words, inputOf(dimension, amount, join(root, name))),
      );
      print(
        `${name} `.padEnd(26),
        `${verb}, ${amount} and ${4 * amount}`.padEnd(36),
        `${(seconds * 1000).toFixed(0)} ms ${factor?.toFixed(2) ?? '-'}`,
        factor !== undefined && factor > MARK ? `above ${MARK}` : '',
      );
    }
    rmSync(join(root, name), { recursive: true });
  }
}

/** Told for the first amount with which a verb takes long enough. */
async function growthOf({ size }: Dimension, take: Take): Promise<Growth> {
  const most = (LARGEST * size) / 4;
  let amount = size;
  while (amount < most && (await take(amount)) < LONG) {
    amount *= 2;
  }
  let found = await compare(take, amount);
  // A heap or a table that has just become too small costs one step, and chance does not come again; growth does.
  for (let again = 0; again < AGAIN && (found.factor ?? 0) > MARK; again++) {
    amount = Math.min(2 * amount, most);
    found = await compare(take, amount);
  }
  return found;
}

async function compare(take: Take, amount: number): Promise<Growth> {
  let [once, fourTimes] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    once = Math.min(once, await take(amount));
    fourTimes = Math.min(fourTimes, await take(4 * amount));
  }
  return { amount, seconds: once, factor: fourTimes < LONG ? undefined : Math.sqrt(fourTimes / once) };
}

async function secondsOf(run: Run, words: readonly string[], folder: string): Promise<number> {
  const files = ['before', 'after', 'aks-netpol.yaml'];
  const named = words.map((word) => (files.includes(word) ? join(folder, word) : word));
  let complaint = '';
  const stderr = writable((chunk) => {
    complaint ||= String(chunk);
  });
  const before = mainSeconds();
  await run(named, { stdout: writable(() => {}), stderr });
  const seconds = mainSeconds() - before;
  // What breaks off is quick.
  if (/^error: \w*Error/.test(complaint)) {
    throw new Error(`${named.join(' ')} breaks off: ${complaint}`);
  }
  return seconds;
}

function writable(take: (chunk: unknown) => void): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      take(chunk);
      done();
    },
  });
}

/** The folder of an input, which is written when it is asked for first. */
function inputOf(dimension: Dimension, amount: number, parent: string): string {
  const folder = join(parent, String(amount));
  if (existsSync(folder)) {
    return folder;
  }
  mkdirSync(join(folder, 'before'), { recursive: true });
  mkdirSync(join(folder, 'after'));
  const { 'aks-netpol.yaml': config = '', ...manifests } = dimension.files(amount);
  writeFileSync(join(folder, 'aks-netpol.yaml'), config);
  for (const [name, text] of Object.entries(manifests)) {
    writeFileSync(join(folder, 'before', name), text);
    writeFileSync(join(folder, 'after', name), text.replace('"name":"db"', '"name":"other"'));
  }
  return folder;
}
