import { spawnSync } from 'node:child_process';
import { lint, Reachability } from 'cdk8s-aks-network-policy/analysis';
import { generateCluster } from './generator';
import { cpuSeconds, print, ratios } from './measure';
import { SIZES, type SizeName } from './sizes';

const GOAL = 'goal 2.00';

/** CPU time of every rule, by that of building the evaluator and listing every row, with and without an engine. */
export function benchLint(sizes: readonly SizeName[] = ['1000x1000', '10000x5000']): void {
  console.log('\nlint and its own evaluator, CPU time by that of build and list (median of paired rounds)');
  for (const name of sizes) {
    const { status } = spawnSync(process.execPath, [__filename, name], { stdio: 'inherit' });
    if (status !== 0) {
      throw new Error(`lint of ${name} ended with ${status}`);
    }
  }
}

function bench(name: SizeName): void {
  const cluster = generateCluster(SIZES[name]);
  for (const profile of [{}, { engine: 'cilium' }] as const) {
    const found = ratios(
      {
        list: () =>
          cpuSeconds(() => {
            for (const _ of Reachability.of(cluster, { profile }).connections()) {
              // Rows are found while they are listed.
            }
          }),
        lint: () => cpuSeconds(() => lint(cluster, { profile })),
      },
      15,
    );
    const what = 'engine' in profile ? `every rule, ${profile.engine}` : 'every rule';
    print(name, what, found.lint?.toFixed(2), GOAL);
  }
  const { findings } = lint(cluster);
  print(name, '  findings', String(findings.length));
}

if (require.main === module) {
  bench(process.argv[2] as SizeName);
}
