import type { LabelSelectorRequirement } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { meets } from '../model/selector-match';
import { FROM_THE_START, labelOf } from './completeness';
import type { LintContext } from './context';

/** How people name the label that holds a namespace's name. */
const NAME_KEY = /(^|[./-])(name|namespace|ns)$/i;

/** Whether a requirement looks for the name of a namespace in a label that nobody is known to set. */
export function isNameSlip(context: LintContext, requirement: LabelSelectorRequirement): boolean {
  const { key, operator, values = [] } = requirement;
  const { namespaces, unreadable } = context.cluster;
  return (
    operator === 'In' &&
    key !== NAMESPACE_NAME_LABEL &&
    NAME_KEY.test(key) &&
    values.every((value) => context.namespace(value) !== undefined || FROM_THE_START.includes(value)) &&
    !namespaces.some((each) => each.declared && meets(requirement, labelOf(each, key))) &&
    !unreadable.some(
      ({ kind, name }) => kind === undefined || (kind === 'Namespace' && values.includes(name ?? '')),
    )
  );
}
