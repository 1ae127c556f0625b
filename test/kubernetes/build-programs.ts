import { join } from 'node:path';
import useTemporaryFolder from '../support/temporary-folder';
import { cached } from '../tools/cache';
import { fingerprint, needGo } from '../tools/go';
import { succeed } from '../tools/run';

/**
 * Builds what asks the Kubernetes source, once per source and Go version, outside the checkout, and tells the tests where
 * it is: the checker of policies, and the reader of manifests.
 */
export default function buildPrograms(): void {
  const version = needGo('npm run test:kubernetes builds programs from the Kubernetes source', '1.26');
  process.env.NETWORK_POLICY_VALIDATOR = build('validator', version, 'one to two minutes');
  process.env.MANIFEST_DECODER = build('decoder', version, 'a few seconds');
  useTemporaryFolder();
}

/** @param name of the folder with its source */
function build(name: string, version: string, duration: string): string {
  const source = join(__dirname, name);
  const key = `${name}-${fingerprint(source, ['go.mod', 'go.sum', 'main.go'], version)}`;
  return cached([key, name], (output) => {
    process.stdout.write(`\nBuilding the ${name} from the Kubernetes source: ${duration}, once.\n`);
    succeed('go', ['build', '-trimpath', '-o', output, '.'], { cwd: source });
  });
}
