import { schemaProblems } from '../cilium-kinds/cilium-schema';
import { canonicalText } from '../model/canonical-text';
import type { PolicyObject, UnjudgedPolicy } from '../model/cluster';
import { defined, filled } from '../model/defined';
import {
  checkLabelSelector,
  type LabelSelector,
  type LabelSelectorRequirement,
} from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { selectorWithoutNulls } from '../model/nulls';
import { groupOf } from '../model/object-kinds';
import type { OtherPolicyKind, OtherSyntax } from '../model/other-policies';
import type { PodSelection } from '../model/policy-rules';
import { isPlainObject, type Problem } from '../model/problem';
import type { Identity } from './pod-template';

type Values = Readonly<Record<string, unknown>>;

/** The pods that a policy selects, and its directions. */
interface Extent {
  readonly subject: PodSelection;
  readonly directions: readonly PolicyType[];
}

/**
 * Reads what is understood of a policy whose rules are not read. If its scope is not understood, it may concern all pods
 * of its namespace, or of the cluster, in both directions.
 */
export function readUnjudged(value: Values, how: OtherPolicyKind, identity: Identity): UnjudgedPolicy {
  const { kind, opens, closes, engines, isNamespaced } = how;
  const { name, source } = identity;
  const widest = widestOf(how, identity);
  const spec = isPlainObject(value.spec) && value.specs == null ? value.spec : undefined;
  const { subject, directions } = spec === undefined ? widest : EXTENTS[how.syntax](spec, widest);
  const tier = spec?.tier === 'Baseline' && how.tier !== undefined ? 'baseline' : how.tier;
  return {
    kind,
    group: groupOf(value.apiVersion),
    ...defined({ namespace: isNamespaced ? identity.namespace : undefined, name }),
    subject,
    directions,
    opens: opens && tier !== 'baseline',
    closes,
    ...defined({ tier, engines }),
    content: textOf(value),
    ...(how.syntax === 'cilium' ? { written: value as unknown as PolicyObject } : {}),
    source,
  };
}

/** What the API server refuses in a policy of a kind whose schema is known. */
export function problemsIn(value: Values, { syntax }: OtherPolicyKind): readonly Problem[] {
  return syntax === 'cilium' ? schemaProblems(value) : [];
}

/**
 * What Cilium's operator says of a policy that Cilium refuses. It writes the message and no version, so that it may be
 * about an earlier one.
 *
 * @see cilium v1.19.5, operator/pkg/networkpolicy/cell.go, read 2026-11-30
 */
export function invalidityIn({ status }: Values): string | undefined {
  const { conditions } = isPlainObject(status) ? status : {};
  const valid = Array.isArray(conditions)
    ? conditions.filter(isPlainObject).find(({ type }) => type === 'Valid')
    : undefined;
  if (valid?.status !== 'False') {
    return undefined;
  }
  return typeof valid.message === 'string' && valid.message !== '' ? valid.message : 'without a message';
}

/**
 * Stands for policies of a kind that could not be listed.
 *
 * @param except the namespaces where they could: what is elsewhere selects no pod there
 */
export function hiddenPolicies(how: OtherPolicyKind, except: readonly string[] = []): UnjudgedPolicy {
  const { kind, apiVersions, opens, closes, tier, engines } = how;
  const { subject, directions } = widestOf({ ...how, isNamespaced: false }, {});
  const elsewhere = [{ key: NAMESPACE_NAME_LABEL, operator: 'NotIn' as const, values: except }];
  return {
    kind,
    group: groupOf(apiVersions[0]),
    subject: except.length === 0 ? subject : { ...subject, namespaces: { matchExpressions: elsewhere } },
    directions,
    opens,
    closes,
    ...defined({ tier, engines }),
    content: '',
    ...filled({ except }),
  };
}

/** The root namespaces of Istio and of AKS's add-on: policies there apply to the whole mesh. */
const MESH_WIDE: readonly string[] = ['istio-system', 'aks-istio-system'];

function widestOf({ isNamespaced, syntax }: OtherPolicyKind, { namespace = '' }: Partial<Identity>): Extent {
  const isWide = !isNamespaced || (syntax === 'istio' && MESH_WIDE.includes(namespace));
  return {
    subject: { namespaces: isWide ? {} : namespace, pods: {} },
    // Istio's proxies apply these policies to inbound traffic.
    directions: syntax === 'istio' ? ['Ingress'] : POLICY_TYPES,
  };
}

const EXTENTS: Readonly<Record<OtherSyntax, (spec: Values, widest: Extent) => Extent>> = {
  cilium: (spec, { subject, directions }) => ({
    subject: { ...subject, pods: ciliumSelector(spec.endpointSelector) ?? {} },
    directions: directionsIn(
      spec,
      { Ingress: ['ingress', 'ingressDeny'], Egress: ['egress', 'egressDeny'] },
      directions,
    ),
  }),
  'policy-api': (spec, { subject, directions }) => ({
    subject: adminSubject(spec.subject) ?? subject,
    directions: directionsIn(spec, { Ingress: ['ingress'], Egress: ['egress'] }, directions),
  }),
  calico: (spec, { subject, directions }) => {
    const { types } = spec;
    const namespaces = typeof subject.namespaces === 'string' ? undefined : spec.namespaceSelector;
    return {
      subject: {
        namespaces: namespaces === undefined ? subject.namespaces : calicoSelector(namespaces),
        pods: calicoSelector(spec.selector),
      },
      directions: Array.isArray(types) ? directions.filter((each) => types.includes(each)) : directions,
    };
  },
  istio: (spec, { subject, directions }) => {
    const matchLabels = isPlainObject(spec.selector) ? spec.selector.matchLabels : undefined;
    return { subject: { ...subject, pods: selectorOf({ matchLabels }) ?? {} }, directions };
  },
};

/** The directions for which a policy has a section; all, if it has none. */
function directionsIn(
  spec: Values,
  keys: Readonly<Record<PolicyType, readonly string[]>>,
  all: readonly PolicyType[],
): readonly PolicyType[] {
  const found = all.filter((direction) => keys[direction].some((key) => spec[key] != null));
  return found.length === 0 ? all : found;
}

/**
 * Keys of Cilium's selectors have a prefix such as `k8s:`. Negative requirements are left out, because pods may have labels
 * that Cilium does not see.
 */
function ciliumSelector(selector: unknown): LabelSelector | undefined {
  if (!isPlainObject(selector)) {
    return undefined;
  }
  const own = (key: string) => /^(?:k8s:|any:)?([^:]+)$/.exec(key)?.[1];
  const { matchLabels, matchExpressions } = selector;
  const labels = isPlainObject(matchLabels) ? Object.entries(matchLabels) : [];
  const lines = Array.isArray(matchExpressions) ? matchExpressions.filter(isPlainObject) : [];
  const requirements = [
    ...labels.map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...lines.filter(({ operator }) => operator === 'In' || operator === 'Exists'),
  ].flatMap((each) => {
    const key = typeof each.key === 'string' ? own(each.key) : undefined;
    return key === undefined || key.startsWith('io.') ? [] : [{ ...each, key }];
  });
  return selectorOf({ matchExpressions: requirements });
}

/**
 * The pods that a Calico expression selects, and perhaps others: `app == 'db' && has(tier)` is understood, any other term is
 * ignored.
 *
 * @see docs.tigera.io, resources/networkpolicy, Selectors; read 2026-11-30
 */
function calicoSelector(expression: unknown): LabelSelector {
  if (typeof expression !== 'string' || isNested(expression)) {
    return {};
  }
  return { matchExpressions: expression.split('&&').flatMap((part) => calicoRequirement(part.trim())) };
}

/** Whether an expression is more than terms joined by `&&`. */
function isNested(expression: string): boolean {
  return expression.includes('||') || /\(/.test(expression.replaceAll(/\b(?:has|all|global)\([^()]*\)/g, ''));
}

function calicoRequirement(term: string): LabelSelectorRequirement[] {
  const [, key, , value] = /^([A-Za-z0-9_./-]+)\s*==\s*(['"])([^'"]*)\2$/.exec(term) ?? [];
  if (isPodLabel(key) && value !== undefined) {
    return [{ key, operator: 'In', values: [value] }];
  }
  const [, present] = /^has\(([A-Za-z0-9_./-]+)\)$/.exec(term) ?? [];
  return isPodLabel(present) ? [{ key: present, operator: 'Exists' }] : [];
}

/** Calico adds labels of its own, which no manifest contains. */
function isPodLabel(key: string | undefined): key is string {
  return key !== undefined && !key.startsWith('projectcalico.org/');
}

/** Reads `namespaces`, or `pods` with selectors for namespaces and pods. */
function adminSubject(subject: unknown): PodSelection | undefined {
  const { namespaces, pods } = isPlainObject(subject) ? subject : {};
  if (namespaces != null) {
    const selector = selectorOf(namespaces);
    return selector === undefined ? undefined : { namespaces: selector, pods: {} };
  }
  const { namespaceSelector, podSelector } = isPlainObject(pods) ? pods : {};
  const [wide, narrow] = [selectorOf(namespaceSelector), selectorOf(podSelector)];
  return wide === undefined || narrow === undefined ? undefined : { namespaces: wide, pods: narrow };
}

/** A valid selector; undefined for any other value. */
function selectorOf(value: unknown): LabelSelector | undefined {
  const problems: Problem[] = [];
  checkLabelSelector(value, [], problems);
  return problems.length === 0 ? selectorWithoutNulls(value as LabelSelector) : undefined;
}

/** An object as text, without its status and most of its metadata. */
export function textOf({ metadata, status, ...content }: Values): string {
  const { name, namespace } = isPlainObject(metadata) ? metadata : {};
  return canonicalText({ ...content, metadata: { name, namespace } });
}
