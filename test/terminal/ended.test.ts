import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(__dirname, '../..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ended-'));
});
afterEach(() => {
  for (const pid of pids()) {
    if (isRunning(pid)) {
      process.kill(pid);
    }
  }
  rmSync(folder, { recursive: true });
});

/** The programs that the kubectl of {@link run} has become. */
const pids = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.pid'))
    .map((name) => Number(name.slice(0, -'.pid'.length)));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !condition(); tries++) {
    await sleep(50);
  }
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{
    readonly status: number | null;
    readonly signal: string | null;
    readonly err: string;
  }>;
}

/**
 * Runs `aks-netpol` with a kubectl that knows its context and groups, and that answers no other request in a minute.
 *
 * @param cases of a shell's `case` over the words of a request, before that
 */
function run(words: readonly string[], cases = ''): Run {
  const kubectl = join(folder, 'kubectl');
  writeFileSync(
    kubectl,
    `#!/bin/sh
case "$*" in
*'config view'*) echo '{"name":"bed"}'; exit ;;
*'--raw /apis') echo '{"kind":"APIGroupList","apiVersion":"v1","groups":[]}'; exit ;;
${cases}
esac
touch '${folder}'/$$.pid
exec sleep 60
`,
  );
  chmodSync(kubectl, 0o755);
  // A session of its own has no terminal, wherever the tests have one.
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'lib/cli/main.ts'), ...words], {
    cwd: ROOT,
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<Awaited<Run['ended']>>((done) => {
    child.on('close', (status, signal) => done({ status, signal, err }));
  });
  return { child, ended };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s, sent to it alone, ends its kubectl as well',
  async (signal) => {
    const { child, ended } = run(['list']);
    await until(() => pids().length > 0);
    child.kill(signal);
    expect(await ended).toEqual({ status: null, signal, err: '' });
    await until(() => !pids().some(isRunning));
    expect(pids().map((pid) => [pid, isRunning(pid)])).toEqual(pids().map((pid) => [pid, false]));
    expect(pids()).toHaveLength(1);
  },
);

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a plugin that signs in, too, where no terminal is',
  async (signal) => {
    const { child, ended } = run(
      ['list'],
      `*networkpolicies*) sh -c 'touch "$0"/$$.pid; exec sleep 60' '${folder}' & touch '${folder}'/$$.pid; wait; exit ;;`,
    );
    await until(() => pids().length >= 2);
    child.kill(signal);
    expect(await ended).toMatchObject({ status: null, signal });
    await until(() => !pids().some(isRunning));
    expect(pids().filter(isRunning)).toEqual([]);
  },
);

test('a list that fails ends those that are asked for beside it, whether or not they have begun to answer', async () => {
  const begun = join(folder, 'begun');
  writeFileSync(
    begun,
    `{"kind":"StatefulSetList","apiVersion":"apps/v1","items":[${'{"metadata":{"name":"a","namespace":"b"}},'.repeat(10_000)}`,
  );
  const { ended } = run(
    ['list'],
    `*networkpolicies*) echo '{"kind":"NetworkPolicyList","apiVersion":"networking.k8s.io/v1","items":[]}'; exit ;;
*deployments*) sleep 2; echo 'error: You must be logged in to the server (Unauthorized)' >&2; exit 1 ;;
*statefulsets*) touch '${folder}'/$$.pid; cat '${begun}'; exec sleep 60 ;;`,
  );
  const start = Date.now();
  expect(await ended).toMatchObject({ status: 3, err: expect.stringContaining('[not-signed-in]') });
  expect(Date.now() - start).toBeLessThan(30_000);
  expect(pids()).toHaveLength(3);
  await until(() => !pids().some(isRunning));
  expect(pids().filter(isRunning)).toEqual([]);
});

test('a list that is none ends its kubectl, which may have more to say', async () => {
  const { ended } = run(['list'], `*networkpolicies*) touch '${folder}'/$$.pid; echo '<html>'; yes; exit ;;`);
  expect(await ended).toMatchObject({ status: 3, err: expect.stringContaining('[answer-unreadable]') });
  await until(() => !pids().some(isRunning));
  expect(pids().filter(isRunning)).toEqual([]);
});
