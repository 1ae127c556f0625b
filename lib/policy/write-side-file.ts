import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { canonicalText } from '../model/canonical-text';
import { compare } from '../model/collections';
import { defined } from '../model/defined';
import type { ProgramWords } from '../model/finding';
import { Shared } from '../model/shared';
import {
  EARLY_SIDE_FILE,
  SIDE_FILE,
  SIDE_FILE_VERSION,
  type SideFile,
  type SideFileProgram,
  type SynthesizedObject,
} from '../model/side-file';
import { intentOf } from './intent';
import { isKind } from './kind';

/** The part of a policy that the side file needs. */
export interface LinedPolicy extends ApiObject {
  /** The line that created it, and those of rules that were added later, by field. */
  lines(): Pick<SynthesizedObject, 'code' | 'rules'>;
}

/** What an app wrote, with the ids of its charts. */
interface Written extends Omit<SideFileProgram, 'program'> {
  readonly charts: readonly string[];
}

/** What the apps of this process have written, by side file. */
const WRITTEN = new Shared<Map<string, readonly Written[]>>('written');

/**
 * Writes the side file of an app. Several apps of one process may write into one folder and share the file. An existing
 * file of another process is replaced without being read, because it cannot be trusted.
 */
export function writeSideFile(root: IConstruct, outdir: string): void {
  const folder = folderFor(outdir);
  const path = join(folder, SIDE_FILE);
  const written = WRITTEN.of(globalThis) ?? WRITTEN.set(globalThis, new Map());
  const own = writtenBy(root);
  const before = existsSync(path) ? (written.get(resolve(path)) ?? []) : [];
  // An app with a chart of the same name has overwritten the earlier manifests, as a second synth does.
  const others = before.filter(({ charts }) => !charts.some((chart) => own.charts.includes(chart)));
  written.set(resolve(path), [...others, own]);
  const file: SideFile = { schemaVersion: SIDE_FILE_VERSION, programs: [ofProgram([...others, own])] };
  rmSync(join(folder, EARLY_SIDE_FILE), { force: true });
  // A link would redirect the file.
  rmSync(path, { force: true });
  writeFileSync(path, `${JSON.stringify(file, undefined, 1)}\n`);
}

function writtenBy(root: IConstruct): Written {
  const charts = root.node.children.map(({ node }) => node.id);
  return { ...intentOf(root), objects: objectsOf(root), charts: charts.length === 0 ? [''] : charts };
}

/** Helm treats every file in `templates/` as a template, so the side file goes into the folder above. */
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

function sorted<K extends keyof ProgramWords | 'objects'>(
  parts: readonly Written[],
  list: K,
  keyOf: (entry: Written[K][number]) => readonly string[],
): Written[K][number][] {
  const keyed = parts
    .flatMap((part): readonly Written[K][number][] => part[list])
    .map((entry) => ({ entry, key: keyOf(entry).join('\0') }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ entry }) => entry);
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
        ...defined({ namespace: metadata.namespace }),
        name,
        construct: node.path,
        ...digestOf(object),
        ...(isKind(object, 'policy') ? (object as LinedPolicy).lines() : {}),
      };
    });
}

/** None for a Secret, whose content could be guessed from the digest; no finding is about Secrets. */
function digestOf(object: ApiObject): Pick<SynthesizedObject, 'digest'> {
  return object.kind === 'Secret'
    ? {}
    : { digest: createHash('sha256').update(canonicalText(object.toJson())).digest('hex') };
}
