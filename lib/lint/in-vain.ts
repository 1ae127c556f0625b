import type { PolicyEntry } from '../model/cluster';
import type { LabelSelectorRequirement } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { PodPeer } from '../model/policy-rules';
import { meets, requirementsOf } from '../model/selector-match';
import { listWords } from '../model/word-list';
import { areMissing, FROM_THE_START, isNaming, labelOf, namespacesMeant } from './completeness';
import type { LintContext } from './context';
import { suggestLabel } from './label-suggestion';
import { withRequirement } from './mended-selector';

/** Selectors that surely match nobody. One rule tells of each; other rules ask here first, and are silent. */

/** The namespace in which a policy selects no workload, although all of them are known. */
export function selectsInVain(context: LintContext, policy: PolicyEntry): string | undefined {
  const { subject } = policy.rules;
  const { namespaces } = subject;
  // Of a policy for several namespaces nobody knows all the workloads.
  return typeof namespaces === 'string' && areMissing(context, [namespaces], subject)
    ? namespaces
    : undefined;
}

/** The namespaces in which a peer means no workload, although all of them are known. */
export function meansInVain(context: LintContext, peer: PodPeer): readonly string[] | undefined {
  const names = placesMeant(context, peer.namespaces);
  return names.length > 0 && areMissing(context, names, peer) ? names : undefined;
}

/** The namespaces that a peer looks in; none where there may be more than are known. */
function placesMeant(context: LintContext, namespaces: PodPeer['namespaces']): readonly string[] {
  if (typeof namespaces === 'string') {
    return [namespaces];
  }
  const { sure, inDoubt, isComplete } = namespacesMeant(context, namespaces);
  return isComplete && inDoubt.length === 0 ? sure.map(({ name }) => name) : [];
}

/** What is to be said of a namespace selector that surely, or as good as surely, matches no namespace. */
export function missingNamespace(context: LintContext, selector: PodPeer['namespaces']) {
  if (typeof selector === 'string' || !isNaming(selector)) {
    return undefined;
  }
  const { sure, inDoubt, isComplete } = namespacesMeant(context, selector);
  if (sure.length > 0) {
    return undefined;
  }
  const requirements = requirementsOf(selector);
  const slip = requirements.find((requirement) => isNameSlip(context, requirement));
  if (slip !== undefined) {
    const { key, values = [] } = slip;
    const names = values.join(', ');
    return {
      message: `no manifest gives namespace ${names} the label ${key}: ${names}; of itself it carries only ${NAMESPACE_NAME_LABEL}`,
      right: withRequirement(selector, requirements.indexOf(slip), { key: NAMESPACE_NAME_LABEL, values }),
    };
  }
  if (inDoubt.length > 0 || !isComplete) {
    return undefined;
  }
  const namespaces = context.cluster.namespaces.map((namespace) => ({
    name: namespace.name,
    labels: { ...namespace.labels, [NAMESPACE_NAME_LABEL]: namespace.name },
  }));
  const suggestion = suggestLabel(selector, namespaces);
  const labels = requirements.map(({ key, operator, values = [] }) =>
    operator === 'In' && values.length === 1 ? `${key}=${values[0]}` : key,
  );
  return {
    message: `no namespace carries ${listWords(labels)}${suggestion === undefined ? '' : `; ${suggestion.words}`}`,
    right: suggestion?.selector,
  };
}

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
