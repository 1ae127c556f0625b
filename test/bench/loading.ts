import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { ratios } from './measure';

const ROOT = resolve(__dirname, '../..');

/** CPU seconds that a fresh process spends in `require`. */
function requireSeconds(module: string): number {
  const script = `const before = process.cpuUsage(); require(${JSON.stringify(module)});
    const { user, system } = process.cpuUsage(before); console.log((user + system) / 1e6);`;
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }));
}

/** What `require` of each import path costs, by what cdk8s alone costs. */
export function benchLoading(): void {
  console.log('\nrequire, CPU time by that of cdk8s alone (median of paired rounds)');
  const { exports } = require('../../package.json') as { exports: Record<string, { default?: string }> };
  const paths = Object.entries(exports).filter(([, entry]) => typeof entry === 'object');
  const contestants = Object.fromEntries([
    ['cdk8s', () => requireSeconds('cdk8s')],
    ...paths.map(([path, entry]) => [path, () => requireSeconds(resolve(ROOT, entry.default as string))]),
  ]);
  for (const [path, ratio] of Object.entries(ratios(contestants, 15))) {
    console.log(`  ${path.padEnd(14)} ${ratio.toFixed(2)}`);
  }
}
