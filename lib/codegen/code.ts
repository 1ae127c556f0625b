import { keyLiteral } from './literals';

/** A piece of a program. It is printed on one line if it fits, else on several. */
export type Code = string | ListCode | ObjectCode | CallCode;

export interface ListCode {
  readonly kind: 'list';
  readonly parts: readonly CodePart[];
}

export interface ObjectCode {
  readonly kind: 'object';
  readonly parts: readonly (CodePart & { readonly name: string })[];
}

/** `Peer.sameNamespace(…)`, `new AksNetworkPolicy(…)`, or `on.method(…)`. */
export interface CallCode {
  readonly kind: 'call';
  /** `Peer.sameNamespace`, `new AksNetworkPolicy`, or `.method`. */
  readonly target: string;
  readonly on?: Code;
  readonly args: readonly Code[];
}

/** An entry of a list or a field of an object, with the comment lines above it. */
export interface CodePart {
  readonly code: Code;
  readonly comments?: readonly string[];
}

export function list(parts: readonly CodePart[]): ListCode {
  return { kind: 'list', parts };
}

export function object(parts: readonly (CodePart & { readonly name: string })[]): ObjectCode {
  return { kind: 'object', parts };
}

export function call(target: string, ...args: readonly Code[]): CallCode {
  return { kind: 'call', target, args };
}

/** `on.method(…)` */
export function callOn(on: Code, method: string, ...args: readonly Code[]): CallCode {
  return { kind: 'call', target: `.${method}`, on, args };
}

export function namesIn(code: Code): string[] {
  if (typeof code === 'string') {
    return [];
  }
  if (code.kind !== 'call') {
    return code.parts.flatMap((part) => namesIn(part.code));
  }
  const name = /^(?:new )?(\w+)/.exec(code.target)?.[1];
  const inside = [...(code.on === undefined ? [] : [code.on]), ...code.args].flatMap(namesIn);
  return name === undefined ? inside : [name, ...inside];
}

export const WIDTH = 100;

/**
 * Code as text.
 *
 * @param indent of its first line
 * @param column at which it begins
 * @param tail the number of characters after it on its last line
 */
export function printCode(code: Code, indent: number, column: number, tail: number): string {
  const line = flat(code);
  if (typeof code === 'string' || (line !== undefined && column + line.length + tail <= WIDTH)) {
    return line as string;
  }
  if (code.kind !== 'call') {
    return broken(code, indent);
  }
  const on = code.on === undefined ? '' : printCode(code.on, indent, column, code.target.length + 1);
  const head = `${on}${code.target}(`;
  const short = code.args.map(flat);
  const whole = `${head}${short.join(', ')})`;
  if (on.includes('\n') && !short.includes(undefined) && columnAfter(whole, column) + tail <= WIDTH) {
    return whole;
  }
  const last = code.args.at(-1);
  const before = short.slice(0, -1);
  const first = `${head}${before.map((each) => `${each}, `).join('')}`;
  const isOpen = !before.includes(undefined) && columnAfter(first, column) < WIDTH;
  // A list or an object as last argument opens on the line of the call.
  if (typeof last === 'object' && last.kind !== 'call' && isOpen) {
    return `${first}${broken(last, indent)})`;
  }
  return `${head}${lines(
    code.args.map((each) => ({ code: each })),
    indent,
  )})`;
}

function columnAfter(text: string, column: number): number {
  const line = text.lastIndexOf('\n');
  return line < 0 ? column + text.length : text.length - line - 1;
}

/** Code on one line; undefined if it has comments, or a list of several objects. */
function flat(code: Code): string | undefined {
  return isShort(code) ? printInOneLine(code) : undefined;
}

function isShort(code: Code): boolean {
  if (typeof code === 'string') {
    return true;
  }
  if (code.kind === 'call') {
    return (code.on === undefined || isShort(code.on)) && code.args.every(isShort);
  }
  return (
    code.parts.every(({ code: inner, comments = [] }) => isShort(inner) && comments.length === 0) &&
    !(code.kind === 'list' && code.parts.length > 1 && code.parts.every(hasFields))
  );
}

/** Code on one line, of any length and without comments. */
export function printInOneLine(code: Code): string {
  if (typeof code === 'string') {
    return code;
  }
  if (code.kind === 'call') {
    const on = code.on === undefined ? '' : printInOneLine(code.on);
    return `${on}${code.target}(${code.args.map(printInOneLine).join(', ')})`;
  }
  if (code.kind === 'list') {
    return `[${code.parts.map((part) => printInOneLine(part.code)).join(', ')}]`;
  }
  const fields = code.parts.map((part) => `${keyLiteral(part.name)}: ${printInOneLine(part.code)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

const hasFields = ({ code }: CodePart) =>
  typeof code === 'object' && code.kind === 'object' && code.parts.length > 1;

function broken(code: ListCode | ObjectCode, indent: number): string {
  if (code.parts.length === 0) {
    return flat(code) as string;
  }
  return code.kind === 'list' ? `[${lines(code.parts, indent)}]` : `{${lines(code.parts, indent)}}`;
}

/** Each part on lines of its own, followed by the indent of the closing bracket. */
function lines(parts: readonly (CodePart & { readonly name?: string })[], indent: number): string {
  const inner = ' '.repeat(indent + 2);
  const written = parts.map(({ name, code, comments = [] }) => {
    const label = name === undefined ? '' : `${keyLiteral(name)}: `;
    const text = printCode(code, indent + 2, indent + 2 + label.length, 1);
    const isLongText =
      label !== '' && typeof code === 'string' && indent + 3 + label.length + text.length > WIDTH;
    const part = isLongText ? `${label.trimEnd()}\n${inner}  ${text}` : `${label}${text}`;
    return [...comments, `${part},`].map((line) => `\n${inner}${line}`).join('');
  });
  return `${written.join('')}\n${' '.repeat(indent)}`;
}
