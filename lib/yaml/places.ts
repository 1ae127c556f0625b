import type { Comment, CommentIndex } from './comments';
import { type Located, locate, type Sought } from './locate';
import type { Node } from './node';
import { NodeTree } from './node-tree';

/** A document within a text. */
export interface Extent {
  readonly text: string;
  readonly own: string;
  readonly start: number;
  /** The offset from which on comments belong to the document. */
  readonly commentsFrom: number;
}

/** The places of a document's fields and comments in its text. */
export class Places {
  private readonly tree = new NodeTree();
  private index: CommentIndex | undefined;

  public constructor(
    private readonly root: Node,
    private readonly extent: Extent,
  ) {}

  public locate(sought: Sought): Located {
    const found = locate(this.tree, this.root, sought);
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
