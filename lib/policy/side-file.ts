import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Intent } from '../model/finding';
import {
  SIDE_FILE,
  SIDE_FILE_VERSION,
  type SideFile,
  type SideFileProgram,
  type SynthesizedObject,
} from '../model/side-file';
import { intentOf } from './intent';
import { isKind } from './kind';

/** A policy as far as its lines are asked for. */
export interface LinedPolicy extends ApiObject {
  /** The line that created it, and those of rules that were added later, by their place. */
  lines(): Pick<SynthesizedObject, 'code' | 'rules'>;
}

type Written = Omit<SideFileProgram, 'program'>;

// What the apps of this process have written, by file; two copies of the package in one process share it.
const WRITTEN = Symbol.for('cdk8s-aks-network-policy.written');
const registry = globalThis as { [WRITTEN]?: Map<string, Map<object, Written>> };

// An app's own key in there, so that the apps themselves can be forgotten.
const keys = new WeakMap<IConstruct, object>();

/**
 * Writes beside the manifests of an app which construct and line wrote each object, and what the authors accept and
 * expect. Several apps may write into one folder: those of the same program stand together and take the place of
 * what the program wrote when it ran before, those of another program stay.
 */
export function writeSideFile(root: IConstruct, outdir: string): void {
  const path = join(folderFor(outdir), SIDE_FILE);
  registry[WRITTEN] ??= new Map();
  const written = registry[WRITTEN].get(resolve(path)) ?? new Map<object, Written>();
  registry[WRITTEN].set(resolve(path), written);
  const key = keys.get(root) ?? {};
  keys.set(root, key);
  written.set(key, { ...intentOf(root), objects: objectsOf(root) });
  const program = ofProgram([...written.values()]);
  const programs = [...othersIn(path, program.program), program].sort((a, b) =>
    compare(a.program, b.program),
  );
  const file: SideFile = { schemaVersion: SIDE_FILE_VERSION, programs };
  writeFileSync(path, `${JSON.stringify(file, undefined, 1)}\n`);
}

/** Helm takes every file in `templates/` for a template, so there it stands one folder above. */
function folderFor(outdir: string): string {
  const above = dirname(resolve(outdir));
  return basename(resolve(outdir)) === 'templates' && existsSync(join(above, 'Chart.yaml'))
    ? join(outdir, '..')
    : outdir;
}

function ofProgram(parts: readonly Written[]): SideFileProgram {
  const main = process.argv[1];
  return {
    program: main === undefined ? '' : relative(process.cwd(), main).split(sep).join('/'),
    objects: sorted(parts, 'objects', ({ kind, namespace, name, construct }) => [
      kind,
      namespace ?? '',
      name,
      construct,
    ]),
    findings: sorted(parts, 'findings', ({ path, at, code, message }) => [path, at, code, message]),
    acknowledgements: sorted(parts, 'acknowledgements', ({ construct, rule }) => [construct ?? '', rule]),
    expectations: sorted(parts, 'expectations', (each) => [
      each.source?.construct ?? '',
      JSON.stringify(each),
    ]),
  };
}

function sorted<K extends keyof Intent | 'objects'>(
  parts: readonly Written[],
  list: K,
  keyOf: (entry: Written[K][number]) => readonly string[],
): Written[K][number][] {
  const keyed = parts
    .flatMap((part): readonly Written[K][number][] => part[list])
    .map((entry) => ({ entry, key: keyOf(entry).join('\0') }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ entry }) => entry);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function objectsOf(root: IConstruct): SynthesizedObject[] {
  return root.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => {
      const { apiVersion, kind, name, metadata, node } = object;
      return {
        apiVersion,
        kind,
        ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
        name,
        construct: node.path,
        ...(isKind(object, 'policy') ? (object as LinedPolicy).lines() : {}),
      };
    });
}

/** What other programs wrote into the same folder; a file that cannot be read is written anew. */
function othersIn(path: string, program: string): readonly SideFileProgram[] {
  try {
    const { schemaVersion, programs } = JSON.parse(readFileSync(path, 'utf8')) as SideFile;
    return schemaVersion === SIDE_FILE_VERSION ? programs.filter((each) => each.program !== program) : [];
  } catch {
    return [];
  }
}
