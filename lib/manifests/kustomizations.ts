import { type Dirent, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { groupOf } from '../model/object-kinds';
import { isPlainObject } from '../model/problem';
import { firstValueIn } from './files';

/**
 * The names of the file that makes a folder a kustomization. kustomize refuses a folder with several.
 *
 * @see sigs.k8s.io/kustomize/api/konfig, RecognizedKustomizationFileNames
 */
const FILE_NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The fields in which a kustomization names others. */
const REFERENCES = ['resources', 'bases', 'components'] as const;

/** Whether a file makes its folder a kustomization; a file of that name may also be a Flux Kustomization. */
export function isKustomization(path: string, name: string): boolean {
  return FILE_NAMES.includes(name) && !isObjectOfOthers(firstValueIn(path));
}

export function isKustomizationFolder(folder: string, entries: readonly Dirent[]): boolean {
  return entries.some(
    (entry) => !entry.isDirectory() && isKustomization(join(folder, entry.name), entry.name),
  );
}

/** The real paths of a kustomization and all kustomizations that it uses, directly or not. */
export function withUsed(folder: string): ReadonlySet<string> {
  const first = realFolder(folder);
  const known = new Set(first === undefined ? [] : [first]);
  // The loop also visits what is added meanwhile.
  for (const each of known) {
    for (const used of usedBy(each)) {
      known.add(used);
    }
  }
  return known;
}

/** The real paths of the folders that a kustomization names. */
export function usedBy(folder: string): readonly string[] {
  return referencesIn(folder).flatMap((reference) => realFolder(join(folder, reference)) ?? []);
}

/** The real path of a folder; undefined for anything else. */
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

/** Whether a value is an object of another group. kustomize also accepts a file without kind and version. */
function isObjectOfOthers(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    typeof value.kind === 'string' &&
    typeof value.apiVersion === 'string' &&
    groupOf(value.apiVersion) !== 'kustomize.config.k8s.io'
  );
}
