import type { LabelSelector, LabelSelectorRequirement } from '../model/label-selector';

/**
 * The pods that an expression of Calico selects, or more: `app == 'db' && has(tier)` is understood, and of anything
 * else nothing is left out.
 *
 * @see docs.tigera.io, resources/networkpolicy, Selectors; read 2026-11-30
 */
export function calicoSelector(expression: unknown): LabelSelector {
  if (typeof expression !== 'string' || isNested(expression)) {
    return {};
  }
  return { matchExpressions: expression.split('&&').flatMap((part) => requirementOf(part.trim())) };
}

/** Whether it says more than terms that must all hold. */
function isNested(expression: string): boolean {
  return expression.includes('||') || /\(/.test(expression.replaceAll(/\b(?:has|all|global)\([^()]*\)/g, ''));
}

function requirementOf(term: string): LabelSelectorRequirement[] {
  const [, key, , value] = /^([A-Za-z0-9_./-]+)\s*==\s*(['"])([^'"]*)\2$/.exec(term) ?? [];
  if (isLabel(key) && value !== undefined) {
    return [{ key, operator: 'In', values: [value] }];
  }
  const [, present] = /^has\(([A-Za-z0-9_./-]+)\)$/.exec(term) ?? [];
  return isLabel(present) ? [{ key: present, operator: 'Exists' }] : [];
}

/** Calico adds labels of its own to pods. */
function isLabel(key: string | undefined): key is string {
  return key !== undefined && !key.startsWith('projectcalico.org/');
}
