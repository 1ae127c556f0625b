import type { Cluster } from '../../lib/model/cluster';
import type { LabelSelector } from '../../lib/model/label-selector';
import type { LabelBounds } from '../../lib/model/label-values';
import { type Labels, NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import type { PodSet } from '../../lib/model/pod-set';
import type { Party, PossiblePods } from '../../lib/reachability/answers/parties';
import { matchesLabels } from '../reachability/reference';

/**
 * Every pod that could exist in a world so small that all can be tried one after the other: three namespaces with names
 * that selectors use and one with a name that none uses, one label of namespaces, two of pods, each with the values that
 * selectors ask for, one that none asks for, and without.
 */

/** Names of namespaces that selectors use. */
export const NAMED = ['x', 'y', 'z'];
/** And the others, which nobody declares. */
export const NAMES = [...NAMED, 'elsewhere'];
/** Stands for every value that no selector asks for. */
export const UNHEARD_OF = 'unheard-of';
/** The labels of pods, each with the values that selectors ask for. */
export const POD_LABELS: Readonly<Record<string, readonly string[]>> = {
  app: ['', 'a', 'b'],
  env: ['a', 'b'],
};
/** And those of namespaces. */
export const NAMESPACE_LABELS: Readonly<Record<string, readonly string[]>> = { team: ['p', 'q'] };

/** A pod that could exist. */
export interface PossiblePod {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
}

/** A namespace as it is, whether or not a manifest declares it. */
export interface TrueNamespace {
  readonly name: string;
  readonly labels: Labels;
  readonly isDeclared: boolean;
}

/** All that labels may be, as far as selectors can tell. */
export function everyLabels(keys: Readonly<Record<string, readonly string[]>>): Labels[] {
  return Object.entries(keys).reduce<Labels[]>(
    (all, [key, values]) =>
      all.flatMap((labels) => [
        labels,
        ...[...values, UNHEARD_OF].map((value) => ({ ...labels, [key]: value })),
      ]),
    [{}],
  );
}

const EVERY_POD = everyLabels(POD_LABELS);
const EVERY_NAMESPACE = everyLabels(NAMESPACE_LABELS);

/** The labels that a namespace may have: those declared or, if none are, any. */
export function labelsOfNamespace(name: string, declared: readonly TrueNamespace[]): readonly Labels[] {
  const found = declared.find((each) => each.name === name && each.isDeclared);
  return found === undefined ? EVERY_NAMESPACE : [found.labels];
}

/** Every pod that could exist. */
export function everyPod(namespaces: readonly TrueNamespace[]): PossiblePod[] {
  return NAMES.flatMap((namespace) =>
    labelsOfNamespace(namespace, namespaces).flatMap((namespaceLabels) =>
      EVERY_POD.map((labels) => ({ namespace, namespaceLabels, labels })),
    ),
  );
}

/** Whether a selector of namespaces, or the name of one, and a selector of pods match a pod. */
export function isSelected(
  { namespaces, pods }: { readonly namespaces: string | LabelSelector; readonly pods: LabelSelector },
  { namespace, namespaceLabels, labels }: PossiblePod,
): boolean {
  const place =
    typeof namespaces === 'string'
      ? namespaces === namespace
      : matchesLabels(namespaces, { ...namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace });
  return place && matchesLabels(pods, labels);
}

/** Whether a pod is in a set, read off its bounds. */
export function isIn(set: PodSet, { namespace, namespaceLabels, labels }: PossiblePod): boolean {
  return (
    areWithin({ ...namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace }, set.namespaces) &&
    areWithin(labels, set.pods)
  );
}

function areWithin(labels: Labels, bounds: LabelBounds): boolean {
  return [...bounds].every(([key, { but, listed, absent }]) => {
    const value = labels[key];
    return value === undefined ? absent : listed.includes(value) !== but;
  });
}

/** Whether a party means a pod that no manifest tells of. */
export function fits({ possible }: Party, pod: PossiblePod): boolean {
  return possible !== undefined && isMeant(possible, pod);
}

export function isMeant({ set, except }: PossiblePods, pod: PossiblePod): boolean {
  return isIn(set, pod) && !except.some((each) => isIn(each, pod));
}

/** Whether a controller that is known takes a pod for its own: then the pod is no hidden one. */
export function isOwned(pod: PossiblePod, { workloads }: Cluster): boolean {
  return workloads.some(
    ({ namespace, selector: own }) =>
      own !== undefined && namespace === pod.namespace && matchesLabels(own, pod.labels),
  );
}

/** Whether pods that are not known can exist side by side: in one namespace they have the same labels of it. */
export function areTogether(a: PossiblePod, b: PossiblePod): boolean {
  return a.namespace !== b.namespace || a.namespaceLabels.team === b.namespaceLabels.team;
}
