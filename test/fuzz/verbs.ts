import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readManifests } from '../../lib/manifests/read-manifests';
import { inOneLine } from '../../lib/model/harmless';
import { describeManifestProblem } from '../../lib/model/manifest-problem';
import { cli } from '../support/run-cli';
import { expectThat } from './expect-that';
import { inTime } from './patience';
import type { ChangedShop } from './shops';

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
let runs = 0;

/** The files in a command line. */
const [BEFORE, AFTER] = ['before.yaml', 'after.yaml'];

/** Command lines about changed manifests. */
const LINES: readonly (readonly string[])[] = [
  ...inFormats(['table', 'json', 'csv', 'markdown', 'mermaid', 'dot', 'svg', 'matrix'], 'connections', AFTER),
  ...inFormats(['table', 'json'], 'connections', '--group-by', 'workload', '--engine', 'cilium', AFTER),
  ...inFormats(['table', 'json', 'csv', 'markdown', 'mermaid', 'svg', 'matrix'], 'diff', BEFORE, AFTER),
  ...inFormats(['table', 'json'], 'diff', '--engine', 'azure', '--exit-code', AFTER, BEFORE),
  ...inFormats(['human', 'json', 'sarif', 'junit', 'github', 'gcc', 'markdown'], 'lint', AFTER),
  ...inFormats(['human', 'json'], 'lint', '--engine', 'azure', AFTER),
  ...inFormats(['text', 'json'], 'import', AFTER),
  ...inFormats(['yaml', 'json'], 'convert', '--to', 'cilium', AFTER),
  ...inFormats(['yaml', 'json'], 'convert', '--to', 'kubernetes', AFTER),
  ...inFormats(['text', 'json', 'yaml'], 'show', 'shop/web', AFTER),
];

function inFormats(formats: readonly string[], ...words: readonly string[]): string[][] {
  return formats.map((format) => [...words, '--format', format]);
}

export const line = fc.constantFrom(...LINES);

/**
 * What must hold of any verb in any format, whatever the manifests say: it answers in time and without a stack, tells every
 * problem of what it reads, and its exit code says that something was not read.
 *
 * @throws when something does not hold
 */
export async function checkVerb(words: readonly string[], { before, after }: ChangedShop): Promise<void> {
  // New files, because disks are waited for where old ones get another content.
  runs += 1;
  const [was, is] = [BEFORE, AFTER].map((name) => join(folder, `${runs}-${name}`)) as [string, string];
  writeFileSync(was, before);
  writeFileSync(is, after);
  const asked = words.map((word) => (word === BEFORE ? was : word === AFTER ? is : word));
  const { out, err, exitCode } = await inTime(() => cli(...asked));
  const { problems } = readManifests([is]);
  unlinkSync(was);
  unlinkSync(is);
  expectThat(!/^ +at /m.test(err), `a stack: ${err}`);
  expectThat([0, 1, 2].includes(exitCode as number), `exit code ${exitCode}`);
  if (out !== '' && words.at(-1) === 'json') {
    JSON.parse(out);
  }
  expectThat(problems.length === 0 || exitCode === 2, `${problems.length} problems, exit code ${exitCode}`);
  for (const problem of problems) {
    expectThat(err.includes(inOneLine(describeManifestProblem(problem))), `not told: ${problem.code}`);
  }
}
