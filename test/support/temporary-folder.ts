import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives a run of tests a folder of its own for what is temporary: each chart and stack that a test makes leaves a
 * folder behind, thousands in a run. `remove-temporary-folder.ts` removes it.
 */
export default function useTemporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'network-policy-tests-'));
  Object.assign(process.env, { TEMPORARY_FOLDER: folder, TMPDIR: folder, TEMP: folder });
}
