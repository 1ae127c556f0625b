import { isDnsLabel } from './names';
import type { PodSelection } from './policy-rules';
import { readSelector } from './selector-text';

/**
 * Reads `any`, `shop/*`, `shop/app=web` and `*\/app in (web, api)`; undefined for other texts.
 *
 * @throws NetworkPolicyError `selector-unreadable`
 */
export function readPods(text: string, at: string): PodSelection | undefined {
  if (text === 'any') {
    return { namespaces: {}, pods: {} };
  }
  const [, place, labels] = /^([^/]+)\/(\*|.*[=!() ].*)$/s.exec(text) ?? [];
  if (place === undefined || labels === undefined || !(place === '*' || isDnsLabel(place))) {
    return undefined;
  }
  const matchExpressions = labels === '*' ? [] : readSelector(labels, at);
  return { namespaces: place === '*' ? {} : place, pods: { matchExpressions } };
}
