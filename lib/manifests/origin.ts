import type { SourcePosition } from '../model/cluster';
import type { Problem } from '../model/problem';
import type { Comment } from './comments';
import type { ReadDocument } from './documents';
import type { Lines } from './lines';

/** Where a manifest came from. */
export interface Origin {
  /** The place of the whole manifest. */
  readonly source: SourcePosition;
  /** A problem with one of its fields, with that field's place and, if that says more, as it is written. */
  refine(problem: Problem): Problem & { readonly source: SourcePosition };
  /** The origin of an entry of this List; `prefix` stands before the entry's paths in those of the List. */
  entry(prefix: string): Origin;
  /** The comments beside the manifest's fields, in the order in which they are written. */
  comments(): readonly Comment[];
}

/** An object in memory. */
export class ObjectOrigin implements Origin {
  public constructor(public readonly source: SourcePosition) {}

  public refine(problem: Problem): Problem & { readonly source: SourcePosition } {
    return { ...problem, source: this.source };
  }

  public entry(): Origin {
    return this;
  }

  public comments(): readonly Comment[] {
    return [];
  }
}

/** A document of a file, or one entry of a List in it. */
export class DocumentOrigin implements Origin {
  public readonly source: SourcePosition;

  public constructor(
    private readonly file: string,
    private readonly lines: Lines,
    private readonly document: ReadDocument,
    private readonly prefix = '',
  ) {
    this.source = { file, line: lines.placeOf(document.offset).line };
  }

  public entry(prefix: string): DocumentOrigin {
    return new DocumentOrigin(this.file, this.lines, this.document, this.prefix + prefix);
  }

  public comments(): readonly Comment[] {
    const above = [...this.prefix.matchAll(/items\[(\d+)\]/g)].flatMap(([, i]) => ['items', Number(i)]);
    return this.document
      .comments()
      .filter(({ path }) => above.every((part, i) => part === path[i]))
      .map(({ text, path }) => ({ text, path: path.slice(above.length) }));
  }

  public refine(problem: Problem): Problem & { readonly source: SourcePosition } {
    const { offset, written } = this.document.locate({
      ...problem,
      at: this.prefix + problem.at,
    });
    const source = { file: this.file, ...this.lines.placeOf(offset) };
    return written === undefined || problem.problem !== 'must be a string'
      ? { ...problem, source }
      : {
          ...problem,
          got: written === problem.got ? written : `${written}, which YAML reads as ${problem.got}`,
          fix: `quote it: "${written}"`,
          source,
        };
  }
}
