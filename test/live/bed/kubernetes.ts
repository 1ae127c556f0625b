import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cached } from '../../tools/cache';
import { fingerprint, needGo } from '../../tools/go';
import { succeed } from '../../tools/run';

const SOURCE = resolve(__dirname, '../server');
const PROGRAMS = ['k8s.io/kubernetes/cmd/kube-apiserver', 'k8s.io/kubernetes/cmd/kubectl'];

/**
 * The folder with kube-apiserver and kubectl of the version in `server/go.mod`. The first call of a machine builds
 * them from the modules that the Go module proxy serves.
 */
export function kubernetesPrograms(): string {
  const go = needGo('npm run test:cluster builds kube-apiserver and kubectl from source', '1.26');
  const version = kubernetesVersion();
  const flags = `-s -w ${versionFlags(version)}`;
  const key = fingerprint(SOURCE, ['go.mod', 'go.sum'], go, flags, ...PROGRAMS);
  return cached([`kubernetes-${version}-${key}`], (folder) => {
    process.stderr.write(`\nBuilding kube-apiserver and kubectl ${version}: seven to eight minutes, once.\n`);
    // Both at once: they share most of their packages.
    succeed('go', ['build', '-trimpath', `-ldflags=${flags}`, '-o', `${folder}/`, ...PROGRAMS], {
      cwd: SOURCE,
      env: { GOWORK: 'off' },
    });
  });
}

function kubernetesVersion(): string {
  const [, version] =
    /^\s*k8s\.io\/kubernetes (v\S+)/m.exec(readFileSync(join(SOURCE, 'go.mod'), 'utf8')) ?? [];
  if (version === undefined) {
    throw new Error(`${SOURCE}/go.mod requires no k8s.io/kubernetes`);
  }
  return version;
}

/** A build without them takes itself for version 0.0. */
function versionFlags(version: string): string {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  return Object.entries({ gitVersion: version, gitMajor: major, gitMinor: minor })
    .map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
    .join(' ');
}
