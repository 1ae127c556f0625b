import type { IConstruct } from 'constructs';
import { recordLines } from '../model/record-lines';
import { Shared } from '../model/shared';

const ANNOTATED = new Shared<true>('annotated');

/** Where policies come from, for those who read them in the cluster. */
export const Sources = Object.freeze({
  /**
   * Has every policy at and under a scope carry its construct path and its line as annotations, for manifests that
   * travel without the file that `app.synth()` writes beside them. Call it before the policies are created: an
   * earlier one has no line. A line that moves then changes the manifest.
   */
  annotate(scope: IConstruct): void {
    recordLines();
    ANNOTATED.set(scope, true);
  },
});

export function isAnnotated(construct: IConstruct): boolean {
  return construct.node.scopes.some((scope) => ANNOTATED.of(scope) === true);
}
