import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ProgramReference, SourcePosition } from '../model/cluster';
import { readCodePosition } from '../model/finding';
import type { ManifestProblem } from '../model/manifest-problem';
import type { Authors } from './authors';
import { folderUnbuilt, nothingIn, unreadableFile } from './file-problems';
import { openFile, openPipe } from './files';
import { type FoundInFolder, openFolder } from './folders';
import { isKustomization } from './kustomizations';
import type { SideFiles } from './side-files';
import type { Stock } from './stock';

/** A text in YAML or JSON that is in no file. */
export interface ManifestText {
  readonly text: string;
  /** How messages call it. */
  readonly file: string;
}

/** What a cdk8s `Chart` looks like. */
export interface ChartLike {
  toJson(): unknown;
  readonly node?: { findAll(): readonly unknown[]; readonly root?: object };
}

/** What a cdk8s `App` looks like. */
export interface AppLike {
  readonly charts: readonly ChartLike[];
}

/**
 * Where manifests come from: the path of a file or folder, `-` for standard input, a text, a cdk8s `App` or
 * `Chart`, or an object in memory as it would stand in a manifest.
 */
export type ManifestSource = string | ManifestText | AppLike | ChartLike | object;

/** A text to parse. */
export interface FoundText extends ManifestText {
  readonly authors?: Authors | undefined;
  /** Set where a person named this very file, or gave this text; not where it was found in a folder. */
  readonly named?: 'path' | 'text';
}

/** Texts to parse, and objects with the construct that wrote them and its line, as far as it tells. */
export type FoundSource =
  | FoundText
  | { readonly object: unknown; readonly source?: SourcePosition }
  | FoundInFolder;

/** Looks up what sources stand for; folders are read with all their folders, in the order of names. */
export function* openSources(
  sources: readonly ManifestSource[],
  sideFiles: SideFiles,
  stock: Stock,
): Generator<FoundSource> {
  let isPiped = false;
  for (const source of sources) {
    if (source === '-') {
      // It can be read once, and named twice it is the same.
      yield* isPiped ? [] : [{ ...openPipe(), named: 'path' as const }];
      isPiped = true;
    } else if (typeof source === 'string') {
      yield* openPath(source, sideFiles, stock);
    } else if (isText(source)) {
      yield { ...source, named: 'text' };
    } else if (isApp(source)) {
      const program = sideFiles.ask(source, source);
      for (const chart of source.charts) {
        yield* openChart(chart, program);
      }
    } else if (isChart(source)) {
      yield* openChart(source, sideFiles.ask(source.node?.root ?? source, source));
    } else if (Array.isArray(source)) {
      yield* source.map((object: unknown) => ({ object }));
    } else {
      yield { object: source };
    }
  }
}

const isText = (source: object): source is ManifestText =>
  'text' in source && typeof source.text === 'string' && 'file' in source && !('kind' in source);
const isApp = (source: object): source is AppLike => 'charts' in source && Array.isArray(source.charts);
const isChart = (source: object): source is ChartLike =>
  'toJson' in source && typeof source.toJson === 'function';

function* openChart(chart: ChartLike, program: ProgramReference): Generator<FoundSource> {
  const written = chart.toJson();
  const constructs = new Map<string, SourcePosition>();
  for (const construct of chart.node?.findAll() ?? []) {
    const { kind, name, metadata, node, source } = construct as Record<
      string,
      Record<string, unknown> | undefined
    >;
    if (typeof kind === 'string' && typeof node?.path === 'string') {
      constructs.set(`${kind} ${metadata?.namespace ?? ''} ${name}`, {
        ...positionOf(node.path, source),
        program,
      });
    }
  }
  for (const object of Array.isArray(written) ? written : [written]) {
    const { kind, metadata } = object as { kind?: unknown; metadata?: Record<string, unknown> };
    const source = constructs.get(`${kind} ${metadata?.namespace ?? ''} ${metadata?.name}`);
    yield source === undefined ? { object } : { object, source };
  }
}

/** @param line `main.ts:12:5`, where a construct knows the user's line that created it */
function positionOf(construct: string, line: unknown): SourcePosition {
  const code = readCodePosition(line);
  return code === undefined ? { construct } : { construct, code };
}

function* openPath(path: string, sideFiles: SideFiles, stock: Stock): Generator<FoundSource> {
  const kind = kindOf(path);
  if (typeof kind !== 'string') {
    yield { problem: kind };
  } else if (stock.leavesOut(path, kind === 'folder', dirname(path))) {
    return;
  } else if (kind === 'folder') {
    yield* openNamedFolder(path, sideFiles, stock);
  } else if (isKustomization(path, basename(path))) {
    yield { problem: folderUnbuilt(dirname(path), 'kustomize') };
  } else {
    const found = openFile(path);
    if ('text' in found) {
      const authors = authorsAt(dirname(path), sideFiles);
      sideFiles.note(path, authors);
      yield { ...found, authors, named: 'path' };
    } else {
      yield found;
    }
  }
}

/** A folder that a person named has to have something to read, and to be read as a whole. */
function* openNamedFolder(path: string, sideFiles: SideFiles, stock: Stock): Generator<FoundSource> {
  const [before, passedOver, unbuilt] = [stock.found, stock.passedOver.length, stock.notBuilt.length];
  let isEmpty = true;
  for (const found of openFolder(path, sideFiles, authorsAt(path, sideFiles), stock)) {
    isEmpty &&= !('problem' in found);
    yield found;
  }
  const own = stock.notBuilt.slice(unbuilt);
  const named = own.find(({ folder }) => folder === path);
  if (named !== undefined) {
    yield { problem: folderUnbuilt(path, named.by) };
  } else if (isEmpty && stock.found === before) {
    yield { problem: nothingIn(path, stock.passedOver.length - passedOver, own) };
  }
}

/** An app that has a folder for each chart tells of all of them in the folder above. */
function authorsAt(folder: string, sideFiles: SideFiles): Authors | undefined {
  return sideFiles.in(folder) ?? sideFiles.in(join(folder, '..'));
}

function kindOf(path: string): 'file' | 'folder' | ManifestProblem {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    return unreadableFile(path, error);
  }
}
