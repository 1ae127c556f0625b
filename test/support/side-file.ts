import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalText } from '../../lib/model/canonical-text';
import type { FindingCode } from '../../lib/model/finding';
import { SIDE_FILE, SIDE_FILE_VERSION } from '../../lib/model/side-file';

/** Any object with a name. */
interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly namespace?: string; readonly name: string };
}

/**
 * Writes what a program would leave beside these objects, by hand: it accepts findings of some rules everywhere. The
 * digests are right, as those of somebody who knows the manifests can be.
 */
export function plantSideFile(
  folder: string,
  objects: readonly Named[],
  rules: readonly FindingCode[],
  more: { readonly program?: string; readonly until?: string; readonly construct?: string } = {},
): string {
  const { program = 'main.ts', construct = '', ...limits } = more;
  const file = join(folder, SIDE_FILE);
  const written = {
    program,
    objects: objects.map((object) => ({
      apiVersion: object.apiVersion,
      kind: object.kind,
      ...object.metadata,
      construct: `shop/${object.metadata.name}`,
      digest: createHash('sha256').update(canonicalText(object)).digest('hex'),
    })),
    findings: [],
    acknowledgements: rules.map((rule) => ({ rule, reason: 'planted', construct, ...limits })),
    expectations: [],
  };
  writeFileSync(file, JSON.stringify({ schemaVersion: SIDE_FILE_VERSION, programs: [written] }));
  return file;
}
