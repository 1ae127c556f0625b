import type { IConstruct } from 'constructs';
import { recordLines } from '../model/record-lines';
import { Shared } from '../model/shared';

const ANNOTATED = new Shared<true>('annotated');

/** Annotations that show in the cluster which construct and line wrote a policy. */
export const Sources = Object.freeze({
  /**
   * Adds the construct path and the line as annotations to every policy at and under a scope, for manifests that are used
   * without the side file. Call it before the policies are created; an earlier policy has no line. A line that moves
   * changes the manifest.
   */
  annotate(scope: IConstruct): void {
    recordLines();
    ANNOTATED.set(scope, true);
  },
});

export function isAnnotated(construct: IConstruct): boolean {
  return construct.node.scopes.some((scope) => ANNOTATED.of(scope) === true);
}
