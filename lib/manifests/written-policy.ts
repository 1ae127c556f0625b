import type { SourcePosition } from '../model/cluster';
import type { Problem } from '../model/problem';
import type { Comment } from '../yaml/comments';

/** A NetworkPolicy as it was given, whether or not it could be understood. */
export interface WrittenPolicy {
  readonly value: Readonly<Record<string, unknown>>;
  /**
   * Where it is put: what it names, else the default; left out when it names something that is no text. A misspelt
   * field among the problems may have been meant for it.
   */
  readonly namespace?: string;
  readonly name?: string;
  readonly source: SourcePosition;
  /** What is wrong with it; empty when it stands in the cluster. */
  readonly problems: readonly Problem[];
  /** Beside its fields; empty unless comments were asked for. */
  readonly comments: readonly Comment[];
}
