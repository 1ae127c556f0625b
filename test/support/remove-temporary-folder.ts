import { rmSync } from 'node:fs';

/** Removes what `temporary-folder.ts` made. */
export default function removeTemporaryFolder(): void {
  const { TEMPORARY_FOLDER } = process.env;
  if (TEMPORARY_FOLDER !== undefined) {
    rmSync(TEMPORARY_FOLDER, { recursive: true, force: true, maxRetries: 5 });
  }
}
