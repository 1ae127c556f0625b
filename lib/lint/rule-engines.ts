import type { EngineName } from '../model/engine-profile';
import type { LintContext } from './context';
import type { LintRule } from './lint-rule';

export const CALICO: readonly EngineName[] = ['calico', 'byo-calico'];
export const CILIUM: readonly EngineName[] = ['cilium', 'byo-cilium'];
/** All that enforce policies. */
export const ENFORCING: readonly EngineName[] = ['azure', ...CALICO, ...CILIUM];

export const isNpm = isOneOf(['azure']);
export const isCalico = isOneOf(CALICO);
export const isCilium = isOneOf(CILIUM);

function isOneOf(engines: readonly EngineName[]) {
  return ({ profile: { engine } }: LintContext) => engine !== undefined && engines.includes(engine);
}

/** Whether the cluster's engine may be one that a rule is about. */
export function mayConcern({ engines }: LintRule, { profile: { engine } }: LintContext): boolean {
  return engines === undefined || engine === undefined || engines.includes(engine);
}

/** What would have to be known of the cluster for a rule to judge it. */
export function missingFor({ engines, needs }: LintRule, context: LintContext): string | undefined {
  return (engines === undefined ? undefined : missingEngine(context)) ?? needs?.(context);
}

function missingEngine({ profile: { engine, networkPlugin } }: LintContext): string | undefined {
  if (engine !== undefined) {
    return undefined;
  }
  return networkPlugin === 'none'
    ? 'the profile does not name the engine that comes with a network plugin of your own: byo-cilium, byo-calico or none'
    : 'the profile does not name the network policy engine of the cluster';
}
