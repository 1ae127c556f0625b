import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from '../../tools/cache';
import { run } from '../../tools/run';

const NEEDED = 'npm run test:cluster needs etcd 3.4 or later';
const INSTALL = 'install etcd-server (Debian, Ubuntu) or etcd (other systems) and have etcd in the PATH';

/**
 * The etcd of the machine, or Debian's, unpacked into the cache: its package is not installed, because it would
 * start a server of its own with every boot.
 */
export function etcdProgram(): string {
  if (run('etcd', ['--version']).status === 0) {
    return 'etcd';
  }
  return join(
    cached(['etcd'], (folder) => {
      mkdirSync(folder, { recursive: true });
      download(folder);
      const [archive = ''] = run('sh', ['-c', 'ls *.deb'], { cwd: folder }).stdout.split('\n');
      need(run('dpkg-deb', ['-x', archive, '.'], { cwd: folder }), 'dpkg-deb');
      need(run(join(folder, 'usr/bin/etcd'), ['--version']), 'the etcd of the package etcd-server');
    }),
    'usr/bin/etcd',
  );
}

function download(folder: string): void {
  const fetch = () => run('apt-get', ['download', 'etcd-server'], { cwd: folder });
  if (fetch().status === 0) {
    return;
  }
  if (process.getuid?.() === 0) {
    // A new machine knows no packages yet.
    need(run('apt-get', ['update', '--quiet']), 'apt-get update');
  }
  need(fetch(), 'apt-get download etcd-server');
}

function need({ status, stderr }: ReturnType<typeof run>, what: string): void {
  if (status !== 0) {
    throw new Error(`${NEEDED}; ${what} failed (${stderr.trim()}): ${INSTALL}.`);
  }
}
