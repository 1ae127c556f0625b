import { CORE_DNS } from '../aks/system-pods';
import type { Namespace } from '../model/cluster';
import { append, remember } from '../model/collections';
import { isBlankSelector, type LabelSelector } from '../model/label-selector';
import { type Labels, NAMESPACE_NAME_LABEL } from '../model/labels';
import { isOwnKind } from '../model/object-kinds';
import { PodSet } from '../model/pod-set';
import type { PodSelection, TrafficPeer } from '../model/policy-rules';
import { isNegative, meets, meetsAllInNamespace, requirementsOf } from '../model/selector-match';
import type { Tristate } from '../model/tristate';
import type { LintContext } from './context';
import { oncePerContext } from './context';

/** Whether manifests that are not given may hold what the given ones lack. */

/** The namespaces that every cluster has from its first day. Manifests that declare all of them are of a whole cluster. */
export const FROM_THE_START = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

const unreadableWorkloads = oncePerContext(({ cluster }: LintContext) => {
  const found = cluster.unreadable.filter(
    ({ kind, isWorkload }) => kind === undefined || isOwnKind(kind) || isWorkload === true,
  );
  return {
    namespaces: new Set(found.flatMap(({ namespace }) => namespace ?? [])),
    anywhere: found.filter(({ namespace }) => namespace === undefined),
  };
});

/** Whether all manifests that may hold workloads of a namespace could be read. */
export function couldBeRead(context: LintContext, namespace: string): boolean {
  const { namespaces, anywhere } = unreadableWorkloads(context);
  return !namespaces.has(namespace) && anywhere.every(({ except = [] }) => except.includes(namespace));
}

/**
 * Whether the workloads of a namespace are given, as far as one can tell: there are some, and all could be read. Users
 * install things beside those of AKS in kube-system, so there CoreDNS must be among them.
 */
function hasKnownWorkloads(context: LintContext, namespace: string): boolean {
  const workloads = context.workloadsIn(namespace);
  return (
    workloads.length > 0 &&
    couldBeRead(context, namespace) &&
    (namespace !== CORE_DNS.namespace ||
      workloads.some((each) => carries(each, { matchLabels: CORE_DNS.labels })))
  );
}

/** Whether pods that a selection means may come of an object whose pods no manifest tells of. */
function mayBeMade({ facts }: LintContext, selection: PodSelection): boolean {
  const set = PodSet.of(selection);
  return set !== undefined && facts.mayBeMade(set);
}

/**
 * Whether a selection names pods, and surely there are none: the workloads of its namespaces are known, none carries the
 * labels, and nobody may make one.
 *
 * @param namespaces those that it means
 */
export function areMissing(
  context: LintContext,
  namespaces: readonly string[],
  selection: PodSelection,
): boolean {
  return (
    isNaming(selection.pods) &&
    context.facts.matching(selection).possible.isEmpty &&
    namespaces.every((name) => hasKnownWorkloads(context, name)) &&
    !namespaces.some((name) => context.workloadsIn(name).some((each) => carries(each, selection.pods))) &&
    !mayBeMade(context, selection)
  );
}

const prefixes = oncePerContext(
  ({ cluster }: LintContext) =>
    new Set(
      cluster.workloads.flatMap(({ labels }) => Object.keys(labels).flatMap((key) => prefixOf(key) ?? [])),
    ),
);

/**
 * Whether a selector asks for a label with a prefix that no label of any workload has. Operators and webhooks add such
 * labels to pods, and no manifest shows them.
 */
export function namesForeignLabel(context: LintContext, selector: LabelSelector): boolean {
  return requirementsOf(selector).some(({ key, operator }) => {
    const prefix = operator === 'In' || operator === 'Exists' ? prefixOf(key) : undefined;
    return prefix !== undefined && prefix !== 'app.kubernetes.io' && !prefixes(context).has(prefix);
  });
}

function prefixOf(key: string): string | undefined {
  return key.includes('/') ? key.slice(0, key.indexOf('/')) : undefined;
}

/** Whether the manifests hold every namespace of the cluster. What makes pods in any namespace may bring more of them. */
function knowsEveryNamespace(context: LintContext): boolean {
  return (
    (context.cluster.makers ?? []).every(({ podNamespace }) => podNamespace !== undefined) &&
    FROM_THE_START.every((name) => context.namespace(name)?.declared === true) &&
    context.cluster.namespaces.every(({ declared }) => declared)
  );
}

/** Whether a selector names labels that some pod should carry; one that is blank or only excludes names none. */
export function isNaming(selector: LabelSelector): boolean {
  return !isBlankSelector(selector) && !isNegative(selector);
}

/** Whether a workload's template, or a service, carries the labels, whether or not a policy can hold the pods. */
export function carries({ labels = {} }: { readonly labels?: Labels }, selector: LabelSelector): boolean {
  return requirementsOf(selector).every((requirement) => meets(requirement, labels[requirement.key]));
}

/** The namespaces that a selector surely matches, and those whose labels are not known and may fit. */
export interface MeantNamespaces {
  readonly sure: readonly Namespace[];
  readonly inDoubt: readonly Namespace[];
  /** Whether no other namespace can be meant. */
  readonly isComplete: boolean;
}

const meant = oncePerContext(() => new Map<string, MeantNamespaces>());

export function namespacesMeant(context: LintContext, selector: LabelSelector): MeantNamespaces {
  return remember(meant(context), JSON.stringify(selector), () => findNamespaces(context, selector));
}

function findNamespaces(context: LintContext, selector: LabelSelector): MeantNamespaces {
  const requirements = requirementsOf(selector);
  const byAnswer = new Map<Tristate, Namespace[]>();
  for (const namespace of context.cluster.namespaces) {
    append(byAnswer, meetsAllInNamespace(requirements, namespace), namespace);
  }
  const names = requirements.flatMap(({ key, operator, values = [] }) =>
    key === NAMESPACE_NAME_LABEL && operator === 'In' ? [values] : [],
  );
  return {
    sure: byAnswer.get('yes') ?? [],
    inDoubt: byAnswer.get('unknown') ?? [],
    isComplete:
      knowsEveryNamespace(context) ||
      names.some((values) => values.every((name) => context.namespace(name) !== undefined)),
  };
}

/** Whether a peer means nobody but workloads that are given, and addresses. */
export function meansOnlyKnown(context: LintContext, peer: TrafficPeer): boolean {
  if (peer.kind !== 'pods') {
    return peer.kind === 'addresses';
  }
  if (typeof peer.namespaces === 'string') {
    return hasKnownWorkloads(context, peer.namespaces) && !mayBeMade(context, peer);
  }
  const { sure, inDoubt, isComplete } = namespacesMeant(context, peer.namespaces);
  return (
    isComplete &&
    inDoubt.length === 0 &&
    sure.every(({ name }) => hasKnownWorkloads(context, name)) &&
    !mayBeMade(context, peer)
  );
}

/** A label of a namespace, that of its name included. */
export function labelOf({ name, labels }: Namespace, key: string): string | undefined {
  return key === NAMESPACE_NAME_LABEL ? name : labels[key];
}
