import { resolve } from 'node:path';
import { nodeSeconds, print, ROOT, ratios } from './measure';

/** What `require` of each import path costs, by what cdk8s alone costs. */
export function benchLoading(): void {
  console.log('\nrequire, CPU time by that of cdk8s alone (median of paired rounds)');
  const { exports } = require('../../package.json') as { exports: Record<string, { default?: string }> };
  // `./package.json` is no module, and `./jest` loads only inside Jest.
  const paths = Object.entries(exports).filter(
    ([path, entry]) => typeof entry === 'object' && path !== './jest',
  );
  const loading = (module: string) => () => nodeSeconds(`require(${JSON.stringify(module)})`);
  const contestants = Object.fromEntries([
    ['cdk8s', loading('cdk8s')],
    ...paths.map(([path, entry]) => [path, loading(resolve(ROOT, entry.default as string))]),
  ]);
  for (const [path, ratio] of Object.entries(ratios(contestants, 15))) {
    print('', path, ratio.toFixed(2));
  }
}
