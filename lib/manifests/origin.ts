import type { FieldPath } from '../model/field-path';
import { isPath } from '../model/place';
import type { Problem } from '../model/problem';
import type { SourcePosition } from '../model/source-position';
import type { Comment } from '../yaml/comments';
import type { ReadDocument } from '../yaml/documents';
import type { Lines } from '../yaml/lines';
import { annotatedAuthor } from './annotated-author';
import type { Authors } from './authors';

/** The text of an object, in which a field can be located later. Only the text is kept in memory. */
export interface ObjectText {
  readonly document: () => ReadDocument | undefined;
  readonly lines: Lines;
  /** The path of the object: empty, or `items` and a number for each List around it. */
  readonly root: FieldPath;
}

export interface Origin {
  readonly source: SourcePosition;
  /** A problem with its position and, if that helps, with the value as it is written. */
  refine(problem: Problem): Problem & { readonly source: SourcePosition };
  /** The origin of an object, with the construct that wrote it. */
  ofObject(value: Readonly<Record<string, unknown>>): Origin;
  /** The origin of one of the `items` of this List. */
  entry(index: number): Origin;
  /** Returns how to get an object again, for a later comparison. */
  again(value: object): () => unknown;
  mayContain(word: string): boolean;
  /** The text of the object, if it can be read again. */
  text(): ObjectText | undefined;
  /** The comments of the object's fields, in the order of the text. */
  comments(): readonly Comment[];
}

/** An object in memory. */
export class ObjectOrigin implements Origin {
  public constructor(public readonly source: SourcePosition) {}

  public refine(problem: Problem): Problem & { readonly source: SourcePosition } {
    return { ...problem, source: this.source };
  }

  public ofObject(value: Readonly<Record<string, unknown>>): Origin {
    const author = this.source.construct === undefined ? annotatedAuthor(value) : undefined;
    return author === undefined ? this : new ObjectOrigin({ ...this.source, ...author });
  }

  public entry(): Origin {
    return this;
  }

  public again(value: object): () => unknown {
    return kept(value);
  }

  public mayContain(): boolean {
    return true;
  }

  public text(): undefined {
    return undefined;
  }

  public comments(): readonly Comment[] {
    return [];
  }
}

/** A document of a file, or one entry of a List in it. */
export class DocumentOrigin implements Origin {
  public constructor(
    private readonly file: string,
    private readonly lines: Lines,
    private readonly document: ReadDocument,
    private readonly authors?: Authors,
    /** The path of the entry in Lists. */
    private readonly root: FieldPath = [],
    public readonly source: SourcePosition = { file, line: lines.placeOf(document.offset).line },
  ) {}

  public ofObject(value: Readonly<Record<string, unknown>>): DocumentOrigin {
    const author = this.authors?.of(value) ?? annotatedAuthor(value);
    return author === undefined ? this : this.with(this.root, { ...this.source, ...author });
  }

  public entry(index: number): DocumentOrigin {
    return this.with([...this.root, 'items', index], this.source);
  }

  /** A whole document is read again instead of kept, which would keep nearly all manifests in memory. */
  public again(value: object): () => unknown {
    const { again } = this.document;
    return this.root.length === 0 && again !== undefined ? valueIn(again) : kept(value);
  }

  public text(): ObjectText | undefined {
    const { again } = this.document;
    return again === undefined ? undefined : { document: again, lines: this.lines, root: this.root };
  }

  public mayContain(word: string): boolean {
    return this.lines.mayContain(word);
  }

  private with(root: FieldPath, source: SourcePosition): DocumentOrigin {
    return new DocumentOrigin(this.file, this.lines, this.document, this.authors, root, source);
  }

  public comments(): readonly Comment[] {
    return this.document.comments(this.root);
  }

  public refine(problem: Problem): Problem & { readonly source: SourcePosition } {
    const { at, value, expected, got } = problem;
    const field = isPath(at) ? [...this.root, ...at] : this.root;
    const { offset, written } = this.document.locate({ ...problem, at: field });
    const source = { file: this.file, ...this.lines.placeOf(offset) };
    return written === undefined || expected !== 'string'
      ? { ...problem, source }
      : {
          ...problem,
          got: written === String(value) ? written : `${written}, which YAML reads as ${got}`,
          fix: `quote it: "${written}"`,
          source,
        };
  }
}

/** Keeps only the text in memory. */
function valueIn(again: () => ReadDocument | undefined): () => unknown {
  return () => again()?.value;
}

/** Keeps only the value in memory. */
function kept(value: object): () => unknown {
  return () => value;
}
