import type { LabelSelector } from '../model/label-selector';
import type { Place } from '../model/place';
import { NetworkPolicyError, type Problem, show } from '../model/problem';

/*
 * The shapes of cdk8s-plus constructs. All packages from cdk8s-plus-28 to -34 have them, but each has classes of its own,
 * so constructs are recognized by shape and never by class.
 */

/** A cdk8s-plus pod selector, pod or workload. */
export interface PlusPodSelector {
  toPodSelectorConfig(): { readonly labelSelector: object; readonly namespaces?: PlusNamespaces | undefined };
}

/** `Namespace` and `Namespaces` of cdk8s-plus. */
export interface PlusNamespaceSelector {
  toNamespaceSelectorConfig(): PlusNamespaces;
}

/** Everything that is a peer in cdk8s-plus: pods, workloads, namespaces, IP blocks. */
export interface PlusPeer {
  toNetworkPolicyPeerConfig(): {
    readonly podSelector?:
      | { readonly labelSelector: object; readonly namespaces?: PlusNamespaces | undefined }
      | undefined;
    readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] | undefined } | undefined;
  };
}

export interface PlusNamespaces {
  readonly labelSelector?: object | undefined;
  readonly names?: readonly string[] | undefined;
}

export function has<M extends string>(value: unknown, method: M): value is Record<M, () => unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as Record<M, unknown>)[method] === 'function'
  );
}

/** The label selector of a cdk8s-plus `LabelSelector`; any other object is returned as it is. */
export function readPlusLabelSelector(selector: object): LabelSelector {
  // Every construct of cdk8s-plus has _toKube, but only its label selectors have isEmpty.
  return (
    has(selector, '_toKube') && has(selector, 'isEmpty') ? selector._toKube() : selector
  ) as LabelSelector;
}

/** A workload's own selector, from `matchLabels` and `matchExpressions`. */
export function ownSelector(workload: object): LabelSelector {
  const { matchLabels, matchExpressions } = workload as LabelSelector;
  return { matchLabels: matchLabels ?? {}, matchExpressions: matchExpressions ?? [] };
}

/** An error for a value that a call does not accept. */
export function unreadableShape(
  code: Problem['code'],
  at: Place,
  got: unknown,
  wanted: string,
): NetworkPolicyError {
  return new NetworkPolicyError({
    code,
    at,
    got: show(got),
    problem: `cannot be read as ${wanted}`,
    fix: `give ${wanted}`,
  });
}
