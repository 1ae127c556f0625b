import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { defined } from '../model/defined';
import { readCodePosition } from '../model/finding';
import type { ProgramReference, SourcePosition } from '../model/source-position';
import type { Authors } from './authors';
import { folderUnbuilt, nothingIn, unreadableFile } from './file-problems';
import { openFile, openStandardInput } from './files';
import { type FoundInFolder, openFolder } from './folders';
import { isKustomization } from './kustomizations';
import type { SideFiles } from './side-files';
import type { Stock } from './stock';

/** A text in YAML or JSON that is not in a file. */
export interface ManifestText {
  readonly text: string;
  /** Its name in messages. */
  readonly file: string;
}

/** The shape of a cdk8s `Chart`. */
export interface ChartLike {
  toJson(): unknown;
  readonly node?: { findAll(): readonly unknown[]; readonly root?: object };
}

/** The shape of a cdk8s `App`. */
export interface AppLike {
  readonly charts: readonly ChartLike[];
}

/**
 * What manifests are read from: the path of a file or folder, `-` for standard input, a text, a cdk8s `App` or `Chart`, or
 * an object as in a manifest.
 */
export type ManifestInput = string | ManifestText | AppLike | ChartLike | object;

export interface FoundText extends ManifestText {
  readonly authors?: Authors | undefined;
  /** Set if a person named this file, or gave this text; left out if it was found in a folder. */
  readonly named?: 'path' | 'text';
}

/** A text to parse, an object with the construct that wrote it, or a problem. */
export type FoundInput =
  | FoundText
  | { readonly object: unknown; readonly source?: SourcePosition }
  | FoundInFolder;

/** Opens inputs; a folder is read with all folders in it, in the order of names. */
export function* openInputs(
  inputs: readonly ManifestInput[],
  sideFiles: SideFiles,
  stock: Stock,
): Generator<FoundInput> {
  let isPiped = false;
  for (const input of inputs) {
    if (input === '-') {
      // Standard input can only be read once.
      yield* isPiped ? [] : [{ ...openStandardInput(), named: 'path' as const }];
      isPiped = true;
    } else if (typeof input === 'string') {
      yield* openPath(input, sideFiles, stock);
    } else if (isText(input)) {
      yield { ...input, named: 'text' };
    } else if (isApp(input)) {
      const program = sideFiles.ask(input, input);
      for (const chart of input.charts) {
        yield* openChart(chart, program);
      }
    } else if (isChart(input)) {
      yield* openChart(input, sideFiles.ask(input.node?.root ?? input, input));
    } else if (Array.isArray(input)) {
      yield* input.map((object: unknown) => ({ object }));
    } else {
      yield { object: input };
    }
  }
}

const isText = (input: object): input is ManifestText =>
  'text' in input && typeof input.text === 'string' && 'file' in input && !('kind' in input);
const isApp = (input: object): input is AppLike => 'charts' in input && Array.isArray(input.charts);
const isChart = (input: object): input is ChartLike =>
  'toJson' in input && typeof input.toJson === 'function';

function* openChart(chart: ChartLike, program: ProgramReference): Generator<FoundInput> {
  const written = chart.toJson();
  const constructs = new Map<string, SourcePosition>();
  for (const construct of (chart.node?.findAll() ?? []) as Values[]) {
    const { kind, node, source: line } = construct;
    const { path } = (node ?? {}) as Values;
    if (typeof kind === 'string' && typeof path === 'string') {
      const position = { construct: path, ...defined({ code: readCodePosition(line) }), program };
      constructs.set(keyOf(construct, construct.name), position);
    }
  }
  for (const object of (Array.isArray(written) ? written : [written]) as Values[]) {
    const source = constructs.get(keyOf(object, ((object.metadata ?? {}) as Values).name));
    yield { object, ...defined({ source }) };
  }
}

type Values = Readonly<Record<string, unknown>>;

/** Several groups may have a kind of the same name. */
function keyOf({ apiVersion, kind, metadata }: Values, name: unknown): string {
  const { namespace = '' } = (metadata ?? {}) as Values;
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

function* openPath(path: string, sideFiles: SideFiles, stock: Stock): Generator<FoundInput> {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    yield { problem: unreadableFile(path, error) };
    return;
  }
  if (stock.leavesOut(path, isFolder, dirname(path))) {
    return;
  }
  if (isFolder) {
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

/** A folder that a person named must contain manifests, and must not be one to be built. */
function* openNamedFolder(path: string, sideFiles: SideFiles, stock: Stock): Generator<FoundInput> {
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

/** An app with a folder for each chart writes one side file into the folder above. */
function authorsAt(folder: string, sideFiles: SideFiles): Authors | undefined {
  return sideFiles.in(folder) ?? sideFiles.in(join(folder, '..'));
}
