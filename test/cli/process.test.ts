import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deployment, policy, SHOP } from '../support/shop';

const ROOT = resolve(__dirname, '../..');
const MAIN = `node --import tsx ${join(ROOT, 'lib/cli/main.ts')}`;
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a line of shell in which `aks-netpol` is the real program in a process of its own. */
function shell(line: string, input = '') {
  const { stdout, stderr, status } = spawnSync('bash', ['-c', line.replaceAll('aks-netpol', MAIN)], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
    maxBuffer: 1 << 28,
  });
  return { stdout, stderr, status };
}

const yaml = (objects: readonly object[]) => objects.map((each) => JSON.stringify(each)).join('\n---\n');

test('manifests come through a pipe, and the exit code is the verdict', () => {
  expect(shell('aks-netpol reach shop/web shop/db 5432 -', yaml(SHOP))).toEqual({
    stdout: 'FROM      TO       PORT  VERDICT  OPEN\nshop/web  shop/db  5432  allowed  5432/TCP\n',
    stderr: '',
    status: 0,
  });
  expect(shell('aks-netpol reach internet shop/db -', yaml(SHOP))).toMatchObject({ status: 1 });
});

test('text that is no manifest is told with its line, and nothing else is on standard output', () => {
  const { stdout, stderr, status } = shell('aks-netpol reach shop/web shop/db -', 'a: [');
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  expect(stderr).toMatch(/^-:1:\d+: /);
  expect(stderr).toContain('[end-unknown]');
});

test('findings come through a pipe, without colours, and the exit code is theirs', () => {
  const lonely = policy('lonely', { podSelector: { matchLabels: { app: 'wep' } } });
  const line = `FORCE_COLOR=1 aks-netpol lint --fail-on warning - | head -1; echo \${PIPESTATUS[0]}`;
  const { stdout, stderr } = shell(line, yaml([...SHOP, lonely]));
  expect(stdout).toMatch(/^(error|warning) .*\n1\n$/);
  expect({ stdout, stderr }).toEqual({ stdout: expect.not.stringContaining('\x1b'), stderr: '' });
});

test('wrong usage is told on standard error, with exit code 2', () => {
  expect(shell('aks-netpol reach shop/web')).toMatchObject({
    stdout: '',
    stderr: expect.stringContaining("missing required argument 'to'"),
    status: 2,
  });
});

test('help ends quietly when nobody reads it', () => {
  expect(shell('aks-netpol --help | true; echo $PIPESTATUS')).toEqual({
    stdout: '0\n',
    stderr: '',
    status: 0,
  });
});

test.each([
  { verb: 'reach shop/web shop/db 5432 -', stderr: /^error: the answer: .*ENOSPC.* \[file-unwritable\]\n$/ },
  { verb: '--help', stderr: /^$/ },
])('$verb: an answer that finds no room is none, whatever it was', ({ verb, stderr }) => {
  const answer = shell(`aks-netpol ${verb} > /dev/full`, yaml(SHOP));
  expect(answer).toEqual({ stdout: '', stderr: expect.stringMatching(stderr), status: 2 });
});

describe('a large answer', () => {
  // Half a million rows.
  const many = join(folder, 'many.yaml');
  writeFileSync(many, yaml(Array.from({ length: 700 }, (_, i) => deployment(`app-${i}`))));

  test('ends quietly when its reader has seen enough', () => {
    const line = `aks-netpol connections --group-by workload --format csv ${many} | head -2; echo \${PIPESTATUS[0]}`;
    expect(shell(line)).toEqual({
      stdout: 'from,to,ports,verdict\r\nshop/app-0,shop/app-0,*,allowed\r\n0\n',
      stderr: '',
      status: 0,
    });
  });

  test('arrives whole at a slow reader', () => {
    const line = `aks-netpol connections --group-by workload --format json ${many} | (sleep 1; node -e '
      let text = ""; process.stdin.on("data", (data) => { text += data; });
      process.stdin.on("end", () => console.log(JSON.parse(text).connections.length));')`;
    expect(shell(line)).toEqual({ stdout: `${700 * 700 + 4 * 700}\n`, stderr: '', status: 0 });
  });
});

test('nothing is coloured, in a pipe or not', () => {
  const { stdout } = shell(`FORCE_COLOR=1 aks-netpol connections -`, yaml(SHOP));
  expect(stdout).not.toContain('\x1b');
});
