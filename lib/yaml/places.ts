import type { Comment, CommentIndex } from './comments';
import { Fields } from './fields';
import { type Located, locate, type Sought } from './locate';
import type { Node } from './node';

/** Where in a text the fields of a document and its comments stand. */
export class Places {
  private readonly fields = new Fields();
  private index: CommentIndex | undefined;

  /**
   * @param start where the document's text begins in the text
   * @param commented from where to where its comments may stand
   */
  public constructor(
    public readonly root: Node,
    private readonly text: string,
    private readonly start: number,
    private readonly commented: readonly [number, number],
  ) {}

  public locate(sought: Sought): Located {
    const found = locate(this.fields, this.root, sought);
    return { ...found, offset: this.start + found.offset };
  }

  public comments(above: Comment['path']): readonly Comment[] {
    this.index ??= this.readComments();
    return this.index.under(above);
  }

  private readComments(): CommentIndex {
    const { CommentIndex, readComments } = require('./comments') as typeof import('./comments');
    const [from, to] = this.commented;
    return new CommentIndex(readComments(this.root, this.text.slice(from, to), from - this.start));
  }
}
