import type { UnjudgedPolicy, Unreadable } from '../model/cluster';
import type { ProblemCode } from '../model/problem';
import type { FoundParts } from './found-unjudged';
import type { FoundObjects } from './manifest-kind';

export interface CollectorOptions {
  /** The namespace of objects without one. @default `default` */
  readonly defaultNamespace?: string | undefined;
  /** Problems that the cluster's API server does not have. @default none */
  readonly accepted?: readonly ProblemCode[];
  /** Whether to keep the comments of policies, for which the text is parsed again. @default false */
  readonly keepsComments?: boolean | undefined;
  /**
   * Whether the objects come from a cluster: what their status says of them counts, and their names are unique, so that
   * they need not be kept. 20,000 whole pods take 400 MB.
   *
   * @default false: a second object of a name is compared with the first
   */
  readonly isLive?: boolean;
  /** Kinds of policies to leave out, among those that are not judged. @default none */
  readonly ignoredKinds?: readonly string[] | undefined;
}

/** What a collector has collected. */
export interface Collected {
  readonly found: FoundObjects;
  readonly parts: FoundParts;
  readonly unjudged: readonly UnjudgedPolicy[];
  readonly unreadable: readonly Unreadable[];
}
