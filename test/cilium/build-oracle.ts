import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import useTemporaryFolder from '../support/temporary-folder';
import { cached } from '../tools/cache';
import { fingerprint, needGo } from '../tools/go';
import { succeed } from '../tools/run';

/**
 * Builds the program that asks Cilium's own code, once per source and Go version, outside the checkout, and tells the
 * tests where it is.
 */
export default function buildOracle(): void {
  const version = needGo('npm run test:cilium builds a program from the Cilium source', '1.25');
  const source = join(__dirname, 'oracle');
  const key = `cilium-oracle-${fingerprint(source, readdirSync(source).sort(), version)}`;
  process.env.CILIUM_ORACLE = cached([key, 'oracle'], (output) => {
    process.stdout.write('\nBuilding the oracle from the Cilium source: about five minutes, once.\n');
    succeed('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', output, '.'], {
      cwd: source,
      env: { CGO_ENABLED: '0' },
    });
  });
  useTemporaryFolder();
}
