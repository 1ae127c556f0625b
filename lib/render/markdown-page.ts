import { asOneLine } from '../model/harmless';
import { describeInObject, type ManifestProblem } from '../model/manifest-problem';
import { describeSource, type SourcePosition } from '../model/source-position';
import { literal } from './markdown';

/** GitHub refuses a comment of more than 64 kB, and a part of that is for what others write around this. */
export const MOST_BYTES = 60_000;
/** What is kept for the lines that end a section and say how much is left out. */
const SPARE_BYTES = 2_000;

/** Takes lines as long as there is room. */
export class MarkdownPage {
  private left = MOST_BYTES - SPARE_BYTES;
  private readonly leftOut: string[] = [];

  public line(line: string): string {
    this.left -= Buffer.byteLength(line);
    return line;
  }

  /**
   * Lines between a head and an end, and how many of them are left out; nothing where there are no lines.
   *
   * @param most how many bytes it may take at most
   * @param columns of a table, for its head
   */
  public *section(
    head: string,
    lines: readonly string[],
    what: string,
    end = '',
    most = Infinity,
    columns: readonly string[] = [],
  ): Generator<string> {
    if (lines.length === 0) {
      return;
    }
    const begin = columns.length === 0 ? head : `${head}\n${row(columns)}${row(columns.map(() => '---'))}`;
    if (Buffer.byteLength(begin + end) > this.left) {
      this.leftOut.push(`${lines.length} ${what}`);
      return;
    }
    this.left -= Buffer.byteLength(end);
    const floor = Math.max(0, this.left - most);
    yield this.line(begin);
    let written = 0;
    for (const line of lines) {
      if (this.left - Buffer.byteLength(line) < floor) {
        yield `${columns.length === 0 ? '' : '\n'}…and ${lines.length - written} more ${what}, for which there is no room here.\n`;
        break;
      }
      yield this.line(line);
      written += 1;
    }
    yield end;
  }

  /** What a section with problems of the input says; at most half of the page, so that there is room for others. */
  public problems(problems: readonly ManifestProblem[]): Iterable<string> {
    const rows = problems.map((each) => row([where(each.source), markdownText(describeInObject(each))]));
    return this.section('', rows, 'problems', '', MOST_BYTES / 2, ['where', 'problem']);
  }

  /** The sections for which there was no room at all. */
  public *end(): Generator<string> {
    if (this.leftOut.length > 0) {
      yield `\nFor want of room nothing is said here of ${this.leftOut.join(', ')}.\n`;
    }
  }
}

/** A place in a file. */
export function where(source: SourcePosition = {}): string {
  return markdownText(describeSource(source));
}

/** A row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** On one line, and as it is. */
export function markdownText(words: string): string {
  return literal(asOneLine(words));
}
