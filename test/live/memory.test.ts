import { spawn } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const LARGE = join(ROOT, 'test/support/large');

/** In kB: a reader is promised 300 MB, and 50 of them are for what machines differ in. */
const MOST = 250_000;

/** Runs a verb on a cluster of 20,000 pods; `peak` is what its process needed at most, in kB. */
function run(words: readonly string[]): Promise<{ readonly out: string; readonly peak: number }> {
  return new Promise((resolveRun) => {
    const child = spawn(
      process.execPath,
      ['--require', join(LARGE, 'peak.js'), '--import', 'tsx', join(ROOT, 'lib/cli/main.ts'), ...words],
      {
        cwd: ROOT,
        env: { ...process.env, PATH: `${LARGE}${delimiter}${process.env.PATH}`, NODE_NO_WARNINGS: '1' },
      },
    );
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      out += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      err += part;
    });
    child.on('close', () => resolveRun({ out, peak: Number(/^peak (\d+)$/m.exec(err)?.[1]) }));
  });
}

// All at once: it is memory that is measured, and most of the time goes into making pages.
test.each(
  [
    { words: ['list', '--format', 'json'], shows: /"name":"app-299-ingress",.*"pods":50,/ },
    { words: ['connections', '--cluster'], shows: /^ns-0\/app-200 +ns-0\/app-100 +8080\/TCP +allowed$/m },
    {
      words: ['lint', '--cluster'],
      shows: /^warning {2}unreachable-workload {2}200 findings\n {2}Deployment ns-0\/app-0$/m,
    },
    { words: ['import', '--cluster'], shows: /new AksNetworkPolicy\(this, 'app-299-ingress'/ },
  ].map((each) => ({ ...each, running: run(each.words) })),
)(
  '$words of a cluster of 20,000 pods needs less than 250 MB',
  async ({ running, shows }) => {
    const { out, peak } = await running;
    expect(out).toMatch(shows);
    expect(peak).toBeGreaterThan(50_000);
    expect(peak).toBeLessThan(MOST);
  },
  600_000,
);
