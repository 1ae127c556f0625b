import { dirname, isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodePosition } from '../model/cluster';
import { readCodePosition } from '../model/finding';
import { recordsLines } from '../model/record-lines';
import { isUnderSynth } from './under-synth';

const PACKAGE = dirname(__dirname) + sep;
const DEPENDENCY = `${sep}node_modules${sep}`;
/** `at name (file:row:column)` or `at file:row:column`, the file as a path or a URL. */
const FRAME = /(?:\(|at )((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)\)?$/;

/** How far up a line is looked for: libraries of constructs stand in one another, but not deeper. */
const FRAMES = 25;

type Callable = ((...args: never[]) => unknown) | (abstract new (...args: never[]) => unknown);

/** Lines that were told before, by their place in the code that runs: a loop tells the same one a thousand times. */
const told = new Map<string, string>();

/**
 * Whether every policy notes its line, as under `cdk8s synth` and in tests; elsewhere only what may have a
 * finding does.
 */
export function notesEveryLine(): boolean {
  return isUnderSynth() || recordsLines();
}

/** Remembers where the user's code is now; to name the line waits until it is asked for. */
export class SourceLine {
  /** @param below the function of this package that the user called */
  public static above(below: Callable): SourceLine {
    const holder: { stack?: string } = {};
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = FRAMES;
    Error.captureStackTrace(holder, below);
    Error.stackTraceLimit = stackTraceLimit;
    return new SourceLine(holder);
  }

  private text: string | undefined;
  private isKnown = false;

  private constructor(private readonly holder: { stack?: string }) {}

  /**
   * `apps/shop/main.ts:12:5`, relative to the working directory: the nearest line that is neither this
   * package nor a dependency. Undefined where the stack does not tell, as in a bundle without source maps.
   */
  public toString(): string | undefined {
    if (!this.isKnown) {
      const site = callSites(this.holder).find(isUsers);
      this.text = site === undefined ? undefined : tell(site);
      this.isKnown = true;
    }
    return this.text;
  }

  /** The same as data. */
  public toPosition(): CodePosition | undefined {
    return readCodePosition(this.toString());
  }
}

/**
 * The calls of a stack as V8 has them. A stack as text costs ten times as much, because each of its calls is looked
 * up in a source map, while the line of one is wanted.
 */
function callSites(holder: { stack?: string }): readonly NodeJS.CallSite[] {
  const { prepareStackTrace } = Error;
  try {
    Error.prepareStackTrace = (_, sites) => sites;
    const sites: unknown = holder.stack;
    return Array.isArray(sites) ? sites : [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

function isUsers(site: NodeJS.CallSite): boolean {
  const file = pathOf(site.getFileName());
  return file !== undefined && isAbsolute(file) && !file.startsWith(PACKAGE) && !file.includes(DEPENDENCY);
}

/** The line of a call in the source that the user wrote. */
function tell(site: NodeJS.CallSite): string {
  const place = `${pathOf(site.getFileName())}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  let line = told.get(place);
  if (line === undefined) {
    line = fromHook(site, place) ?? fromSourceMap(site) ?? place;
    const [, file = '', at = ''] = /^(.*)(:\d+:\d+)$/.exec(line) ?? [];
    line = relative(process.cwd(), file).split(sep).join('/') + at;
    told.set(place, line);
  }
  return line;
}

/**
 * What a loader of TypeScript makes of the call that has its own way to show stacks, as ts-node and Jest have. Jest
 * from 30.5 on sets it outside of the context of the tests, where Node looks for it as well.
 */
function fromHook(site: NodeJS.CallSite, place: string): string | undefined {
  const prepareStackTrace = Error.prepareStackTrace ?? nodeError().prepareStackTrace;
  const shown: unknown = prepareStackTrace?.(new Error(), [site]);
  const [, file, row, column] =
    FRAME.exec(typeof shown === 'string' ? (shown.split('\n').at(-1) ?? '') : '') ?? [];
  const line = `${pathOf(file)}:${row}:${column}`;
  return file === undefined || line === place ? undefined : line;
}

let ownError: ErrorConstructor | undefined;

/** Node's own `Error`: inside a context, as tests of Jest are, the global one is another. */
function nodeError(): ErrorConstructor {
  const { runInThisContext } = require('node:vm') as typeof import('node:vm');
  ownError ??= runInThisContext('Error') as ErrorConstructor;
  return ownError;
}

/** What Node's own source maps make of it, where they are on. */
function fromSourceMap(site: NodeJS.CallSite): string | undefined {
  const { findSourceMap } = require('node:module') as typeof import('node:module');
  const map = findSourceMap(site.getFileName() as string);
  const entry = map?.findEntry((site.getLineNumber() ?? 1) - 1, (site.getColumnNumber() ?? 1) - 1);
  return entry === undefined || !('originalSource' in entry)
    ? undefined
    : `${pathOf(entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

function pathOf(file: string | null | undefined): string | undefined {
  return file?.startsWith('file:') ? fileURLToPath(file) : (file ?? undefined);
}
