import type { SourcePosition } from '../model/cluster';
import type { FieldPath } from '../model/field-path';
import { isPath } from '../model/place';
import type { Problem } from '../model/problem';
import type { Comment } from '../yaml/comments';
import type { ReadDocument } from '../yaml/documents';
import type { Lines } from '../yaml/lines';
import { type Authors, annotatedAuthor } from './authors';
import type { ObjectText } from './field-places';

/** Where a manifest came from. */
export interface Origin {
  /** The place of the whole manifest. */
  readonly source: SourcePosition;
  /** A problem with one of its fields, with that field's place and, if that says more, as it is written. */
  refine(problem: Problem): Problem & { readonly source: SourcePosition };
  /** The origin of one object in it, with the construct that wrote it. */
  ofObject(value: Readonly<Record<string, unknown>>): Origin;
  /** The origin of one of the `items` of this List. */
  entry(index: number): Origin;
  /** How one object in it can be had once more, by whoever may have to compare it later. */
  again(value: object): () => unknown;
  /** Whether the manifest, or one of its file, may hold a word. */
  mayContain(word: string): boolean;
  /** The text that it stands in, if it is one that can be read once more. */
  text(): ObjectText | undefined;
  /** The comments beside the manifest's fields, in the order in which they are written. */
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
    /** The way to the entry of a List. */
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

  /** What is read in no time is not kept: that would hold on to nearly all of the manifests' text as objects. */
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

/** Holds on to nothing but the text. */
function valueIn(again: () => ReadDocument | undefined): () => unknown {
  return () => again()?.value;
}

/** Holds on to nothing but the value. */
function kept(value: object): () => unknown {
  return () => value;
}
