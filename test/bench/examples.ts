import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AKS_NETPOL,
  nodeSeconds,
  PARSE,
  print,
  ROOT,
  RUN,
  ratios,
  TELLS_THREADS,
  waitingSeconds,
} from './measure';

const GOAL = 'goal 1.80';

/**
 * What somebody spends on a few files of an everyday size: `aks-netpol connections` on what the example apps
 * synthesize, by a Node that loads js-yaml and parses the same files. Whole processes, with the start of Node in both.
 */
export function benchExamples(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'apps/main.ts'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, CDK8S_OUTDIR: folder },
    });
    if (status !== 0) {
      throw new Error(`the example apps cannot be synthesized: ${stderr}`);
    }
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(folder, name));
    const words = [AKS_NETPOL, 'connections', folder];
    console.log(
      `\nthe example apps' ${files.length} files, whole processes with Node's start (median of paired rounds)`,
    );
    const found = {
      ...(TELLS_THREADS
        ? ratios(
            {
              'js-yaml': () => nodeSeconds(PARSE, files, 'main'),
              'aks-netpol connections': () => nodeSeconds(RUN, words, 'main'),
            },
            15,
          )
        : {}),
      ...ratios(
        {
          'js-yaml': () => waitingSeconds(['-e', PARSE, '--', ...files]),
          '  the same by the clock': () => waitingSeconds(words),
        },
        15,
      ),
    };
    for (const [what, ratio] of Object.entries(found)) {
      print('', what, ratio.toFixed(2), GOAL);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
