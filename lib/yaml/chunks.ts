import { withoutLeadingSpaces } from './characters';

/** A part of a text that kubectl hands to its reader of YAML by itself. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** Where the line stands because of which kubectl hands it to nobody. */
  readonly refused: number | undefined;
}

/**
 * Cuts a text as kubectl does before it reads any YAML: at each line that begins with `---` and goes on with nothing but a
 * comment. The line is left out, unless nothing stands before it. Where such a line goes on otherwise kubectl stops.
 *
 * @param from where the YAML begins
 * @see k8s.io/apimachinery pkg/util/yaml/decoder.go, YAMLReader.Read
 */
export function* chunksOf(text: string, from: number): Generator<Chunk> {
  let start = from;
  let refused: number | undefined;
  for (const at of dashedLines(text, from)) {
    const line = lineAt(text, at);
    const behind = withoutLeadingSpaces(line.slice('---'.length));
    if (behind !== '' && !behind.startsWith('#')) {
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
