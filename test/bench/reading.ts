import { readFileSync } from 'node:fs';
import { Reachability, readManifests } from 'cdk8s-aks-network-policy/analysis';
import { loadAll } from 'js-yaml';
import { generateCluster } from './generator';
import { manifestsOf, writeManifests } from './manifests';
import {
  AKS_NETPOL,
  cpuSeconds,
  nodeSeconds,
  PARSE,
  print,
  RUN,
  ratios,
  TELLS_THREADS,
  waitingSeconds,
} from './measure';
import { SIZES, type SizeName } from './sizes';

const WHOLE_RUN = 'aks-netpol connections';
const ON_ONE_CORE = '  the same on one core';
const GOALS: Readonly<Record<string, string>> = { [`10000x5000 ${ON_ONE_CORE}`]: 'goal 3.20' };

/** CPU time of reading, judging and listing, by that of js-yaml for the same YAML files. */
export function benchReading(sizes: readonly SizeName[] = ['1000x1000', '10000x5000']): void {
  console.log("\nmanifests, CPU time by that of js-yaml's parse of the same files (median of paired rounds)");
  for (const name of sizes) {
    const { folder, files, remove } = writeManifests(manifestsOf(generateCluster(SIZES[name])), 'namespace');
    const { cluster } = readManifests([folder]);
    const found = {
      ...ratios(
        {
          'js-yaml': () => cpuSeconds(() => files.map((file) => loadAll(readFileSync(file, 'utf8')))),
          'reading alone': () => cpuSeconds(() => readManifests([folder])),
          'evaluation and list alone': () => cpuSeconds(() => [...Reachability.of(cluster).connections()]),
        },
        7,
      ),
      ...ratios(
        {
          'js-yaml': () => nodeSeconds(PARSE, files),
          [WHOLE_RUN]: () => nodeSeconds(RUN, [AKS_NETPOL, 'connections', folder]),
        },
        7,
      ),
      ...(TELLS_THREADS
        ? ratios(
            {
              'js-yaml': () => nodeSeconds(PARSE, files, 'main'),
              [ON_ONE_CORE]: () => nodeSeconds(RUN, [AKS_NETPOL, 'connections', folder], 'main'),
            },
            7,
          )
        : {}),
      // What a person waits: the compiler and the collector have a thread of their own.
      ...ratios(
        {
          'js-yaml': () => waitingSeconds(['-e', PARSE, '--', ...files]),
          '  the same by the clock': () => waitingSeconds([AKS_NETPOL, 'connections', folder]),
        },
        7,
      ),
    };
    for (const [what, ratio] of Object.entries(found)) {
      print(name, what, ratio.toFixed(2), GOALS[`${name} ${what}`]);
    }
    remove();
  }
}
