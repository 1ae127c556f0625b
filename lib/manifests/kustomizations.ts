import { type Dirent, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { groupOf } from '../model/object-kinds';
import { isPlainObject } from '../model/problem';
import { firstValueIn } from './files';

/**
 * The names of the file that makes a folder a kustomization; of several, kustomize takes none.
 *
 * @see sigs.k8s.io/kustomize/api/konfig, RecognizedKustomizationFileNames
 */
const FILE_NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Where a kustomization names others. */
const REFERENCES = ['resources', 'bases', 'components'] as const;

/** Whether a file makes its folder a kustomization; one of the name may also be a Kustomization of Flux. */
export function isKustomization(path: string, name: string): boolean {
  return FILE_NAMES.includes(name) && !isObjectOfOthers(firstValueIn(path));
}

/** Whether a folder is a kustomization. */
export function isKustomizationFolder(folder: string, entries: readonly Dirent[]): boolean {
  return entries.some(
    (entry) => !entry.isDirectory() && isKustomization(join(folder, entry.name), entry.name),
  );
}

/** The folders of the kustomizations that go into one, itself among them, as the file system names them. */
export function withUsed(folder: string): ReadonlySet<string> {
  const first = realFolder(folder);
  const known = new Set(first === undefined ? [] : [first]);
  // What is added while it is gone through comes up as well.
  for (const each of known) {
    for (const used of usedBy(each)) {
      known.add(used);
    }
  }
  return known;
}

/** The folders that a kustomization names itself, as the file system names them. */
export function usedBy(folder: string): readonly string[] {
  return referencesIn(folder).flatMap((reference) => realFolder(join(folder, reference)) ?? []);
}

/** The file system's own name of a folder; undefined for a file, for what is elsewhere, and for what is not there. */
function realFolder(path: string): string | undefined {
  try {
    const found = realpathSync(path);
    return statSync(found).isDirectory() ? found : undefined;
  } catch {
    return undefined;
  }
}

function referencesIn(folder: string): readonly string[] {
  return FILE_NAMES.flatMap((name) => {
    const value = firstValueIn(join(folder, name));
    return isPlainObject(value)
      ? REFERENCES.flatMap((key) => value[key] ?? []).filter((each) => typeof each === 'string')
      : [];
  });
}

/** kustomize takes a file without kind and version, too; what is of another group is a manifest. */
function isObjectOfOthers(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    typeof value.kind === 'string' &&
    typeof value.apiVersion === 'string' &&
    groupOf(value.apiVersion) !== 'kustomize.config.k8s.io'
  );
}
