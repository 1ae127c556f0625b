import type { LabelSelector } from '../model/label-selector';
import type { Place } from '../model/place';
import { NetworkPolicyError, type Problem, show } from '../model/problem';

/*
 * What constructs of cdk8s-plus look like. Every line from cdk8s-plus-28 to -34 has these shapes, but
 * its classes do not mix between lines, so they are taken by shape and never by class.
 */

/** What a cdk8s-plus pod selector, pod or workload says of itself. */
export interface PlusPodSelector {
  toPodSelectorConfig(): { readonly labelSelector: object; readonly namespaces?: PlusNamespaces | undefined };
}

/** What cdk8s-plus `Namespace` and `Namespaces` say of themselves. */
export interface PlusNamespaceSelector {
  toNamespaceSelectorConfig(): PlusNamespaces;
}

/** What everything says that cdk8s-plus takes as a peer: pods, workloads, namespaces, IP blocks. */
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

/** The label selector that a cdk8s-plus `LabelSelector` stands for. */
export function readPlusLabelSelector(selector: object): LabelSelector {
  // Every construct of cdk8s-plus has a _toKube; of its label selectors only isEmpty is their own.
  return (
    has(selector, '_toKube') && has(selector, 'isEmpty') ? selector._toKube() : selector
  ) as LabelSelector;
}

/** A workload's own selector: what its `matchLabels` and `matchExpressions` say, if it has them. */
export function ownSelector(workload: object): LabelSelector {
  const { matchLabels, matchExpressions } = workload as LabelSelector;
  return { matchLabels: matchLabels ?? {}, matchExpressions: matchExpressions ?? [] };
}

/** An error for a value that is none of the shapes a call takes. */
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
