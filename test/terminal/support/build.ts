import { resolve } from 'node:path';
import useTemporaryFolder from '../../support/temporary-folder';
import { succeed } from '../../tools/run';

/** Compiles the command line once, so that each test starts it as fast as a person does. */
export default function setUp(): void {
  succeed('npm', ['run', '--silent', 'build'], { cwd: resolve(__dirname, '../../..') });
  useTemporaryFolder();
}
