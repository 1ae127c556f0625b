import { join } from 'node:path';
import useTemporaryFolder from '../support/temporary-folder';
import { cached } from '../tools/cache';
import { fingerprint, needGo } from '../tools/go';
import { succeed } from '../tools/run';

const SOURCE = join(__dirname, 'validator');

/** Builds the checker once per source and Go version, outside the checkout, and tells the tests where it is. */
export default function buildValidator(): void {
  const version = needGo('npm run test:kubernetes builds a checker from the Kubernetes source', '1.26');
  const key = `validator-${fingerprint(SOURCE, ['go.mod', 'go.sum', 'main.go'], version)}`;
  process.env.NETWORK_POLICY_VALIDATOR = cached([key, 'validator'], (output) => {
    process.stdout.write('\nBuilding the checker from the Kubernetes source: one to two minutes, once.\n');
    succeed('go', ['build', '-trimpath', '-o', output, '.'], { cwd: SOURCE });
  });
  useTemporaryFolder();
}
