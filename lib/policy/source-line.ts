import { dirname, isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCodePosition } from '../model/finding';
import { recordsLines } from '../model/record-lines';
import type { CodePosition } from '../model/source-position';
import { isUnderSynth } from './under-synth';

const PACKAGE = dirname(__dirname) + sep;
const DEPENDENCY = `${sep}node_modules${sep}`;
/** `at name (file:row:column)` or `at file:row:column`, the file as a path or a URL. */
const FRAME = /(?:\(|at )((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)\)?$/;

/** How many calls of the stack are searched; construct libraries may be nested, but not deeper. */
const FRAMES = 25;

type Callable = ((...args: never[]) => unknown) | (abstract new (...args: never[]) => unknown);

/** Lines by their place in the running code: a loop asks for the same line many times. */
const known = new Map<string, string>();

/** Whether every policy records its line, as under `cdk8s synth` and in tests, or only those that may have a finding. */
export function recordsEveryLine(): boolean {
  return isUnderSynth() || recordsLines();
}

/** Remembers the current call of the user's code; its line is only looked up on request. */
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
   * `apps/shop/main.ts:12:5`, relative to the working directory: the closest line that is neither in this package nor in a
   * dependency. Undefined if the stack does not show it, as in a bundle without source maps.
   */
  public toString(): string | undefined {
    if (!this.isKnown) {
      const site = callSites(this.holder).find(isUsers);
      this.text = site === undefined ? undefined : lineOf(site);
      this.isKnown = true;
    }
    return this.text;
  }

  public toPosition(): CodePosition | undefined {
    return readCodePosition(this.toString());
  }
}

/**
 * The calls of a stack. The stack as text would cost ten times as much, because every call of it is looked up in a source
 * map, while only one line is needed.
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

/** The line of a call in the code that the user wrote, before compilation. */
function lineOf(site: NodeJS.CallSite): string {
  const place = `${pathOf(site.getFileName())}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  let line = known.get(place);
  if (line === undefined) {
    line = fromHook(site, place) ?? fromSourceMap(site) ?? place;
    const [, file = '', at = ''] = /^(.*)(:\d+:\d+)$/.exec(line) ?? [];
    line = relative(process.cwd(), file).split(sep).join('/') + at;
    known.set(place, line);
  }
  return line;
}

/**
 * The line according to a TypeScript loader that formats stacks itself, as ts-node and Jest do. From 30.5 on, Jest sets the
 * hook outside the context of the tests, where Node looks for it as well.
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

/** Node's own `Error`; inside a context, such as that of Jest's tests, the global one differs. */
function nodeError(): ErrorConstructor {
  const { runInThisContext } = require('node:vm') as typeof import('node:vm');
  ownError ??= runInThisContext('Error') as ErrorConstructor;
  return ownError;
}

/** The line according to Node's source maps, if these are enabled. */
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
