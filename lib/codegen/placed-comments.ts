import type { Comment } from '../yaml/comments';
import { commented } from './literals';

/** The comments of a manifest, each handed out once, to the piece of program nearest to what it speaks of. */
export class PlacedComments {
  private readonly rest: Set<Comment>;

  public constructor(comments: readonly Comment[]) {
    this.rest = new Set(comments);
  }

  /** Those on a field and on everything in it that nobody has taken. */
  public take(...path: Comment['path']): string[] {
    return this.takeIf((comment) => path.every((part, i) => part === comment.path[i]));
  }

  /** Those on a field itself. */
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
    return meant.map(({ text }) => commented(text));
  }
}
