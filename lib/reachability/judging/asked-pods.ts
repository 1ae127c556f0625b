import { checkLabelSelector, type LabelSelector } from '../../model/label-selector';
import { checkNamespaceName } from '../../model/names';
import { inside } from '../../model/place';
import type { PodSelection } from '../../model/policy-rules';
import { checkFields, isPlainObject, refuseIf } from '../../model/problem';

/** Pods by selectors, as Kubernetes writes them; those that no manifest tells of among them. */
export interface AskedPods {
  /** One namespace by its name, or namespaces by their labels. @default every namespace */
  readonly namespaces?: string | LabelSelector;
  /** @default every pod */
  readonly pods?: LabelSelector;
}

/** Whether an end is written as selectors; a manifest, which has a kind, is not. */
export function areAskedPods(end: unknown): end is AskedPods {
  return isPlainObject(end) && !('kind' in end);
}

/**
 * The selectors of a question, checked.
 *
 * @throws NetworkPolicyError `field-unknown`, and what the API server refuses in a selector
 */
export function readAskedPods(asked: AskedPods, at: string): PodSelection {
  const { namespaces = {}, pods = {} } = asked;
  refuseIf((problems) => {
    // Without the check, a misspelt field would select every pod.
    checkFields(asked, ['namespaces', 'pods'], at, problems);
    if (typeof namespaces === 'string') {
      checkNamespaceName(namespaces, inside(at, 'namespaces'), problems);
    } else {
      checkLabelSelector(namespaces, inside(at, 'namespaces'), problems);
    }
    checkLabelSelector(pods, inside(at, 'pods'), problems);
  });
  return { namespaces, pods };
}
