import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { PodSelection } from '../model/policy-rules';
import { impliesSelector, meets, requirementsOf } from '../model/selector-match';

/** Whether every namespace that one selection can ever mean is meant by the other. */
export function areWiderNamespaces(
  wide: PodSelection['namespaces'],
  narrow: PodSelection['namespaces'],
): boolean {
  return typeof wide === 'string'
    ? narrow === wide
    : typeof narrow !== 'string'
      ? impliesSelector(narrow, wide)
      : requirementsOf(wide).every((each) => each.key === NAMESPACE_NAME_LABEL && meets(each, narrow));
}
