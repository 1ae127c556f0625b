import type { Comment } from '../yaml/comments';
import { commentLine } from './literals';

/** The comments of a manifest. Each is taken once, by the code for its field or the closest field around it. */
export class PlacedComments {
  private readonly rest: Set<Comment>;

  public constructor(comments: readonly Comment[]) {
    this.rest = new Set(comments);
  }

  /** Takes the remaining comments of a field and the fields in it. */
  public take(...path: Comment['path']): string[] {
    return this.takeIf((comment) => path.every((part, i) => part === comment.path[i]));
  }

  /** Takes the comments of the field itself. */
  public takeExactly(...path: Comment['path']): string[] {
    return this.takeIf(
      (comment) => comment.path.length === path.length && path.every((part, i) => part === comment.path[i]),
    );
  }

  private takeIf(isMeant: (comment: Comment) => boolean): string[] {
    const meant = [...this.rest].filter(isMeant);
    for (const comment of meant) {
      this.rest.delete(comment);
    }
    return meant.map(({ text }) => commentLine(text));
  }
}
