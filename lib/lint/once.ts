import type { LintContext } from './context';

/** What several rules need of one cluster: worked out when the first of them asks, and kept for the others. */
export function oncePerContext<T extends object>(
  compute: (context: LintContext) => T,
): (context: LintContext) => T {
  const known = new WeakMap<LintContext, T>();
  return (context) => {
    let value = known.get(context);
    if (value === undefined) {
      value = compute(context);
      known.set(context, value);
    }
    return value;
  };
}
