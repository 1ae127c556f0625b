import { NAMESPACE_NAME_LABEL } from './labels';
import type { PodSelection } from './policy-rules';
import { requirementsOf } from './selector-match';

/** The same namespaces: each has a name, so to ask for one and for nothing else is to ask for nothing. */
export function withoutNeedlessName(namespaces: PodSelection['namespaces']): PodSelection['namespaces'] {
  if (typeof namespaces === 'string') {
    return namespaces;
  }
  const [first, ...more] = requirementsOf(namespaces);
  const isAny = more.length === 0 && first?.key === NAMESPACE_NAME_LABEL && first.operator === 'Exists';
  return isAny ? {} : namespaces;
}
