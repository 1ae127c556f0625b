import type { ProblemCode } from '../model/problem';

/** How documents are taken. */
export interface CollectorOptions {
  /**
   * The namespace of objects that name none.
   *
   * @default `default`
   */
  readonly defaultNamespace?: string | undefined;
  /**
   * What this cluster's API server does not mind.
   *
   * @default nothing
   */
  readonly accepted?: readonly ProblemCode[];
  /**
   * Whether to keep the comments beside policies, which takes a second look at the text.
   *
   * @default false
   */
  readonly keepsComments?: boolean | undefined;
  /**
   * Whether each name comes with one object, as in a cluster. Of another one nothing is kept but what is read from
   * it: whole, 20,000 pods take 400 MB.
   *
   * @default false: a second one of a name is compared with the first
   */
  readonly isUnique?: boolean;
  /**
   * Kinds of policies to leave out although they are not judged, such as `CiliumNetworkPolicy`.
   *
   * @default none
   */
  readonly ignoredKinds?: readonly string[] | undefined;
}
