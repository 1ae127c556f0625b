import { defined } from '../model/defined';
import { POLICY_KIND_NAMES } from '../model/policy-kinds';
import type { Problem } from '../model/problem';
import type { SourcePosition } from '../model/source-position';
import type { Comment } from '../yaml/comments';
import type { Named } from './identity';
import type { Origin } from './origin';

/** A policy of a kind that constructs write as it was given, whether or not it could be understood. */
export interface WrittenPolicy {
  readonly value: Readonly<Record<string, unknown>>;
  /**
   * Its own namespace, or else the default one; `''` for a policy of the whole cluster, left out if it is not text. A misspelt
   * field may have been meant for it.
   */
  readonly namespace?: string;
  readonly name?: string;
  readonly source: SourcePosition;
  /** Its problems; empty if it is in the cluster. */
  readonly problems: readonly Problem[];
  /** The comments of its fields; empty unless the option `comments` is set. */
  readonly comments: readonly Comment[];
}

/** One to which problems may come. */
export type KeptPolicy = WrittenPolicy & { readonly problems: Problem[] };

/** Keeps the policies of kinds that constructs write, in the order in which they come. */
export class WrittenPolicies {
  public readonly all: KeptPolicy[] = [];

  public constructor(private readonly keepsComments = false) {}

  /** Keeps an object, unless it is of another kind. */
  public keep(
    value: Readonly<Record<string, unknown>>,
    { namespace, name }: Named,
    origin: Origin,
    problems: readonly Problem[],
  ): KeptPolicy | undefined {
    if (!POLICY_KIND_NAMES.includes(value.kind as string)) {
      return undefined;
    }
    const kept = {
      value,
      ...defined({ namespace, name }),
      source: origin.source,
      problems: [...problems],
      comments: this.keepsComments ? origin.comments() : [],
    };
    this.all.push(kept);
    return kept;
  }
}
