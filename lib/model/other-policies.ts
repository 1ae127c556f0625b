import type { EngineName } from './engine-profile';
import { groupOf, type InstalledKind, nameOfKind } from './object-kinds';
import type { Tier } from './policy-rules';

/** How a policy of another kind writes the pods it selects and its directions. */
export type OtherSyntax = 'cilium' | 'policy-api' | 'calico' | 'istio';

/** A kind of policy, other than NetworkPolicy, whose rules are not read. */
export interface OtherPolicyKind extends InstalledKind {
  readonly isNamespaced: boolean;
  readonly syntax: OtherSyntax;
  /** The engines that may enforce it. Left out: something other than the engine enforces it. */
  readonly engines?: readonly EngineName[];
  /** Whether such a policy may allow what NetworkPolicies deny. */
  readonly opens: boolean;
  /** Whether such a policy may deny what NetworkPolicies allow. */
  readonly closes: boolean;
  /** Its tier, unless the object names one. Left out: the tier of NetworkPolicies. */
  readonly tier?: Tier;
}

/** Cilium's own kinds. */
export type CiliumKindName = 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy';

const CILIUM = {
  apiVersions: ['cilium.io/v2'],
  syntax: 'cilium',
  engines: ['cilium', 'byo-cilium'],
  opens: true,
  closes: true,
} as const;

/**
 * AKS enables these for no engine. Calico enforces the older two where their CustomResourceDefinitions are installed.
 * Cilium 1.20 enforces the newest where it is configured to; AKS's Cilium is older.
 */
const POLICY_API = { isNamespaced: false, syntax: 'policy-api' } as const;

const CALICO = {
  syntax: 'calico',
  apiVersions: ['crd.projectcalico.org/v1', 'projectcalico.org/v3'],
  engines: ['calico', 'byo-calico'],
  opens: true,
  closes: true,
} as const;

/**
 * Kinds of policies, other than NetworkPolicy, that affect pods' traffic. An entry may claim too much, never too
 * little: a verdict that one of these policies could change becomes unknown, any other stays certain.
 *
 * @see docs.cilium.io, security/policy; network-policy-api.sigs.k8s.io; docs.tigera.io, resources/networkpolicy and
 *   globalnetworkpolicy; istio.io, reference/config/security/authorization-policy; read 2026-11-30
 */
export const OTHER_POLICIES: readonly OtherPolicyKind[] = [
  { kind: 'CiliumNetworkPolicy', plural: 'ciliumnetworkpolicies', isNamespaced: true, ...CILIUM },
  {
    kind: 'CiliumClusterwideNetworkPolicy',
    plural: 'ciliumclusterwidenetworkpolicies',
    isNamespaced: false,
    ...CILIUM,
  },
  {
    kind: 'AdminNetworkPolicy',
    apiVersions: ['policy.networking.k8s.io/v1alpha1'],
    plural: 'adminnetworkpolicies',
    ...POLICY_API,
    engines: ['calico', 'byo-calico', 'byo-cilium'],
    opens: true,
    closes: true,
    tier: 'admin',
  },
  {
    kind: 'BaselineAdminNetworkPolicy',
    apiVersions: ['policy.networking.k8s.io/v1alpha1'],
    plural: 'baselineadminnetworkpolicies',
    ...POLICY_API,
    engines: ['calico', 'byo-calico', 'byo-cilium'],
    // It only affects pods that no NetworkPolicy isolates, and these are open anyway.
    opens: false,
    closes: true,
    tier: 'baseline',
  },
  {
    kind: 'ClusterNetworkPolicy',
    apiVersions: ['policy.networking.k8s.io/v1alpha2'],
    plural: 'clusternetworkpolicies',
    ...POLICY_API,
    engines: ['calico', 'byo-calico', 'byo-cilium'],
    opens: true,
    closes: true,
    tier: 'admin',
  },
  { kind: 'NetworkPolicy', plural: 'networkpolicies', isNamespaced: true, ...CALICO },
  { kind: 'GlobalNetworkPolicy', plural: 'globalnetworkpolicies', isNamespaced: false, ...CALICO },
  {
    kind: 'AuthorizationPolicy',
    apiVersions: ['security.istio.io/v1', 'security.istio.io/v1beta1'],
    plural: 'authorizationpolicies',
    isNamespaced: true,
    syntax: 'istio',
    // Istio's proxies can only refuse what the engine has allowed.
    opens: false,
    closes: true,
  },
];

/** Objects that these policies refer to. A change of such an object may change every policy of its syntax. */
export const PARTS_OF_OTHERS: readonly (InstalledKind & { readonly syntax: OtherSyntax })[] = [
  {
    kind: 'CiliumCIDRGroup',
    apiVersions: ['cilium.io/v2', 'cilium.io/v2alpha1'],
    plural: 'ciliumcidrgroups',
    syntax: 'cilium',
  },
  { kind: 'NetworkSet', apiVersions: CALICO.apiVersions, plural: 'networksets', syntax: 'calico' },
  {
    kind: 'GlobalNetworkSet',
    apiVersions: CALICO.apiVersions,
    plural: 'globalnetworksets',
    syntax: 'calico',
  },
  { kind: 'Tier', apiVersions: CALICO.apiVersions, plural: 'tiers', syntax: 'calico' },
];

/** The names for `--ignore-kind`: with the API group where Kubernetes has a kind of the same name. */
export const OTHER_POLICY_NAMES: readonly string[] = OTHER_POLICIES.flatMap(({ kind, apiVersions }) =>
  kind === 'NetworkPolicy' ? apiVersions.map((each) => nameOfKind(kind, each)) : kind,
);

/** The entry for an object of one of these kinds, in any version; undefined for other objects. */
export function otherPolicyOf(kind: string, apiVersion: unknown): OtherPolicyKind | undefined {
  return OTHER_POLICIES.find((each) => isOf(each, kind, apiVersion));
}

/** The syntax of the policies that may refer to an object; undefined where none may. */
export function partOfOthers(kind: string, apiVersion: unknown): OtherSyntax | undefined {
  return PARTS_OF_OTHERS.find((each) => isOf(each, kind, apiVersion))?.syntax;
}

function isOf(known: InstalledKind, kind: string, apiVersion: unknown): boolean {
  return known.kind === kind && known.apiVersions.some((each) => groupOf(each) === groupOf(apiVersion));
}
