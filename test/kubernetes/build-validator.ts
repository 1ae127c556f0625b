import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(__dirname, 'validator');
const INSTALL_GO =
  'npm run test:kubernetes builds a checker from the Kubernetes source: install Go 1.26 or later (https://go.dev/dl) and have "go" on the PATH';

/** Builds the checker once per source and Go version, outside the checkout, and tells the tests where it is. */
export default function buildValidator(): void {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'cdk8s-aks-network-policy', `validator-${fingerprint(goVersion())}`);
  const program = join(folder, 'validator');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    process.stdout.write('\nBuilding the checker from the Kubernetes source: one to two minutes, once.\n');
    const unfinished = `${program}.${process.pid}`;
    go('build', '-trimpath', '-o', unfinished, '.');
    renameSync(unfinished, program);
  }
  process.env.NETWORK_POLICY_VALIDATOR = program;
}

function goVersion(): string {
  const version = go('env', 'GOVERSION').trim();
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 26)) {
    throw new Error(`${INSTALL_GO}; found ${version}.`);
  }
  return version;
}

function fingerprint(version: string): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) {
    hash.update(readFileSync(join(SOURCE, file)));
  }
  return hash.update(version).digest('hex').slice(0, 12);
}

function go(...args: string[]): string {
  const { error, status, stdout, stderr } = spawnSync('go', args, { cwd: SOURCE, encoding: 'utf8' });
  if (error !== undefined) {
    throw new Error(`${INSTALL_GO}; found no Go.`, { cause: error });
  }
  if (status !== 0) {
    throw new Error(`${INSTALL_GO}; "go ${args.join(' ')}" said:\n${stderr}`);
  }
  return stdout;
}
