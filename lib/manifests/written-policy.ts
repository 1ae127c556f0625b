import type { Problem } from '../model/problem';
import type { SourcePosition } from '../model/source-position';
import type { Comment } from '../yaml/comments';

/** A NetworkPolicy as it was given, whether or not it could be understood. */
export interface WrittenPolicy {
  readonly value: Readonly<Record<string, unknown>>;
  /** Its own namespace, or else the default one; left out if it is not text. A misspelt field may have been meant for it. */
  readonly namespace?: string;
  readonly name?: string;
  readonly source: SourcePosition;
  /** Its problems; empty if it is in the cluster. */
  readonly problems: readonly Problem[];
  /** The comments of its fields; empty unless the option `comments` is set. */
  readonly comments: readonly Comment[];
}
