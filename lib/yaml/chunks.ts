import { withoutLeadingSpaces } from './characters';

/** A part of a text that kubectl passes to its YAML reader on its own. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** The offset of a line because of which kubectl refuses the chunk. */
  readonly refused: number | undefined;
}

/**
 * Splits a text as kubectl does before it parses YAML: at each line of `---`, perhaps with a comment. The line itself is
 * left out, except at the start. A chunk with a line that begins with `---` and continues with other text is refused.
 *
 * @param from where the YAML begins
 * @see k8s.io/apimachinery pkg/util/yaml/decoder.go, YAMLReader.Read
 */
export function* chunksOf(text: string, from: number): Generator<Chunk> {
  let start = from;
  let refused: number | undefined;
  for (const at of dashedLines(text, from)) {
    const line = lineAt(text, at);
    const rest = withoutLeadingSpaces(line.slice('---'.length));
    if (rest !== '' && !rest.startsWith('#')) {
      refused ??= at;
    } else if (at > start) {
      yield { start, end: at, refused };
      refused = undefined;
      start = Math.min(at + line.length + 1, text.length);
    }
  }
  if (start < text.length) {
    yield { start, end: text.length, refused };
  }
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, end < 0 ? text.length : end);
}

function* dashedLines(text: string, from: number): Generator<number> {
  if (text.startsWith('---', from)) {
    yield from;
  }
  for (let at = text.indexOf('\n---', from); at >= 0; at = text.indexOf('\n---', at + 1)) {
    yield at + 1;
  }
}
