import type { Comment, CommentIndex } from './comments';
import { Fields } from './fields';
import { type Located, locate, type Sought } from './locate';
import type { Node } from './node';

/** Where a document stands in a text. */
export interface Extent {
  readonly text: string;
  /** The text of the document. */
  readonly own: string;
  /** Where that begins. */
  readonly start: number;
  /** From where on comments belong to it, up to its end. */
  readonly commentsFrom: number;
}

/** Where in a text the fields of a document and its comments stand. */
export class Places {
  private readonly fields = new Fields();
  private index: CommentIndex | undefined;

  public constructor(
    private readonly root: Node,
    private readonly extent: Extent,
  ) {}

  public locate(sought: Sought): Located {
    const found = locate(this.fields, this.root, sought);
    return { ...found, offset: this.extent.start + found.offset };
  }

  public comments(above: Comment['path']): readonly Comment[] {
    this.index ??= this.readComments();
    return this.index.under(above);
  }

  private readComments(): CommentIndex {
    const { CommentIndex, readComments } = require('./comments') as typeof import('./comments');
    const { text, own, start, commentsFrom } = this.extent;
    const commented = text.slice(commentsFrom, start + own.length);
    return new CommentIndex(readComments(this.root, commented, commentsFrom - start));
  }
}
