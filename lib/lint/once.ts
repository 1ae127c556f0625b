import { remembered } from '../model/remember';
import type { LintContext } from './context';

/** What several rules need of one cluster: worked out when the first of them asks, and kept for the others. */
export function oncePerContext<T extends object>(
  compute: (context: LintContext) => T,
): (context: LintContext) => T {
  return remembered(compute);
}
