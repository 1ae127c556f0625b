import { NAMESPACE_KEY, NAMESPACE_LABEL_PREFIX, withKeys } from '../model/cilium-selector';
import type { FieldPath } from '../model/field-path';
import {
  checkLabelSelector,
  type LabelSelector,
  type LabelSelectorRequirement,
} from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { EntityPeer, PodPeer, PolicySubject } from '../model/policy-rules';
import { isPlainObject, type Problem } from '../model/problem';
import { ENTITIES } from './cilium-entities';
import { readEntries, readFields, readList, Unread } from './unread';

/** What Cilium adds to the selectors of clusterwide policies that name no namespace. */
const IN_A_NAMESPACE: LabelSelectorRequirement = { key: NAMESPACE_NAME_LABEL, operator: 'Exists' };

/** What a selector asks of the labels of pods, and of their namespaces. */
interface Asked {
  readonly pods: readonly LabelSelectorRequirement[];
  readonly namespaces: readonly LabelSelectorRequirement[];
  readonly hasNamespaceName: boolean;
}

/**
 * The pods that a policy is about.
 *
 * @param namespace the policy's own; left out for a clusterwide one
 */
export function readSubject(selector: unknown, at: FieldPath, namespace: string | undefined): PolicySubject {
  const { pods, namespaces, hasNamespaceName } = ask(selector, at);
  if (namespace === undefined) {
    return { namespaces: selectorOf(namespaces), pods: selectorOf(pods), at };
  }
  // Cilium puts the policy's own namespace in the place of another one.
  if (hasNamespaceName || namespaces.length > 0) {
    throw new Unread(at);
  }
  return { namespaces: namespace, pods: selectorOf(pods), at };
}

/**
 * Whom an entry of `fromEndpoints` or `toEndpoints` means.
 *
 * @see cilium v1.19.5, pkg/k8s/apis/cilium.io/utils, getEndpointSelector
 */
export function readEndpoints(
  selector: unknown,
  at: FieldPath,
  namespace: string | undefined,
): PodPeer | EntityPeer {
  const entity = reservedIn(selector);
  if (entity !== undefined) {
    return { kind: 'entity', entity, at };
  }
  const { pods, namespaces, hasNamespaceName } = ask(selector, at);
  const isOwn = namespace !== undefined && !hasNamespaceName && namespaces.length === 0;
  // A selector of NotIn and DoesNotExist alone means nodes and addresses, too, unless Cilium adds something to it.
  const isOfPods =
    isOwn || [...pods, ...namespaces].some(({ operator }) => operator === 'In' || operator === 'Exists');
  const isCompleted = namespace === undefined && !hasNamespaceName;
  if (!isOfPods && !isCompleted) {
    throw new Unread(at);
  }
  const added = isOfPods || pods.length + namespaces.length === 0 ? [] : [IN_A_NAMESPACE];
  return {
    kind: 'pods',
    namespaces: isOwn ? namespace : selectorOf([...namespaces, ...added]),
    pods: selectorOf(pods),
    at,
    ...(pods.length === 0 ? {} : { podsAt: at }),
    ...(isOwn ? {} : { namespacesAt: at }),
  };
}

/** `world` of `{ matchLabels: { 'reserved:world': '' } }`; undefined for any other selector. */
function reservedIn(selector: unknown): EntityPeer['entity'] | undefined {
  const { matchLabels = {}, ...others } = isPlainObject(selector) ? selector : { selector };
  const [[key, value] = ['', undefined], ...more] = isPlainObject(matchLabels)
    ? Object.entries(matchLabels)
    : [];
  const { means: [entity] = [], isReserved } = ENTITIES.get(key.replace(/^reserved:/, '')) ?? {};
  return key.startsWith('reserved:') &&
    value === '' &&
    more.length === 0 &&
    Object.keys(others).length === 0 &&
    isReserved
    ? entity
    : undefined;
}

function ask(selector: unknown, at: FieldPath): Asked {
  const asked = { pods: [] as LabelSelectorRequirement[], namespaces: [] as LabelSelectorRequirement[] };
  let hasNamespaceName = false;
  for (const each of requirementsIn(selector, at)) {
    const key = plainKey(each.key, at);
    hasNamespaceName ||= key === NAMESPACE_KEY;
    const label = namespaceLabelOf(key);
    if (label !== undefined) {
      asked.namespaces.push({ ...each, key: label });
    } else if (key.startsWith('io.cilium.')) {
      throw new Unread(at);
    } else {
      asked.pods.push({ ...each, key });
    }
  }
  checkRequirements([...asked.pods, ...asked.namespaces], at);
  return { ...asked, hasNamespaceName };
}

/** The label of namespaces that a key means; undefined for a key of pods. */
function namespaceLabelOf(plain: string): string | undefined {
  if (plain === NAMESPACE_KEY) {
    return NAMESPACE_NAME_LABEL;
  }
  return plain.startsWith(NAMESPACE_LABEL_PREFIX) ? plain.slice(NAMESPACE_LABEL_PREFIX.length) : undefined;
}

/** A selector that {@link readEndpoints} or {@link readSubject} has read, in two, each in the form in which it is written. */
export function splitSelector(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  at: FieldPath,
): { readonly pods: LabelSelector; readonly namespaces: LabelSelector } {
  const labelOf = (key: string) => namespaceLabelOf(plainKey(key, at));
  const part = (isMeant: (key: string) => boolean): LabelSelector => ({
    matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([key]) => isMeant(key))),
    matchExpressions: matchExpressions.filter(({ key }) => isMeant(key)),
  });
  return {
    pods: withKeys(
      part((key) => labelOf(key) === undefined),
      (key) => plainKey(key, at),
    ),
    namespaces: withKeys(
      part((key) => labelOf(key) !== undefined),
      (key) => labelOf(key) as string,
    ),
  };
}

/** What a selector asks of the labels of services. With a source before a key Cilium takes it for every service. */
export function readRequirements(selector: unknown, at: FieldPath): readonly LabelSelectorRequirement[] {
  const requirements = requirementsIn(selector, at);
  checkRequirements(requirements, at);
  return requirements;
}

function checkRequirements(requirements: readonly LabelSelectorRequirement[], at: FieldPath): void {
  const problems: Problem[] = [];
  checkLabelSelector({ matchExpressions: requirements }, [], problems);
  if (problems.length > 0) {
    throw new Unread(at);
  }
}

function requirementsIn(selector: unknown, at: FieldPath): readonly LabelSelectorRequirement[] {
  const { matchLabels = {}, matchExpressions = [] } = readFields(selector, at, [
    'matchLabels',
    'matchExpressions',
  ]);
  return [
    ...readEntries(matchLabels, at).map(([key, value]) => ({
      key,
      operator: 'In',
      values: [value as string],
    })),
    ...readList(
      matchExpressions,
      at,
      (entry) => readFields(entry, at, ['key', 'operator', 'values']) as LabelSelectorRequirement,
    ),
  ];
}

/** Whether a selector asks for a label that no pod of a workload has, such as that of Cilium's own proxy. */
export function isReserved(selector: unknown, at: FieldPath): boolean {
  return requirementsIn(selector, at).some(
    ({ key, operator }) =>
      typeof key === 'string' && key.startsWith('reserved:') && (operator === 'In' || operator === 'Exists'),
  );
}

/** A key without the source of its label, which is Kubernetes or any. */
function plainKey(key: unknown, at: FieldPath): string {
  const [, plain] = (typeof key === 'string' ? /^(?:k8s:|any:)?([^:]+)$/.exec(key) : null) ?? [];
  // A label of any source could be one of Cilium's own.
  if (plain === undefined || (ENTITIES.has(plain) && key !== `k8s:${plain}`)) {
    throw new Unread(at);
  }
  return plain;
}

function selectorOf(requirements: readonly LabelSelectorRequirement[]): LabelSelector {
  const labels = requirements.filter(({ operator, values }) => operator === 'In' && values?.length === 1);
  const isOnce = new Set(labels.map(({ key }) => key)).size === labels.length;
  const others = isOnce ? requirements.filter((each) => !labels.includes(each)) : requirements;
  return {
    ...(isOnce && labels.length > 0
      ? { matchLabels: Object.fromEntries(labels.map(({ key, values }) => [key, values?.[0] as string])) }
      : {}),
    ...(others.length > 0 ? { matchExpressions: others } : {}),
  };
}
