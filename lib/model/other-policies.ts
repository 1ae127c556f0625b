import type { EngineName } from './engine-profile';
import { groupOf, type InstalledKind, nameOfKind } from './object-kinds';
import type { Tier } from './policy-rules';

/** Where the pods stand that a policy of another kind is about, and its directions. */
export type OtherSyntax = 'cilium' | 'policy-api' | 'calico' | 'istio';

/** A kind beside NetworkPolicy that decides about pods' traffic, and whose rules nothing here reads. */
export interface OtherPolicyKind extends InstalledKind {
  readonly isNamespaced: boolean;
  readonly syntax: OtherSyntax;
  /** The engines that enforce it, or may. Left out: something else does, whatever the engine. */
  readonly engines?: readonly EngineName[];
  /** Whether one may open what NetworkPolicies deny. */
  readonly opens: boolean;
  /** Whether one may close what NetworkPolicies allow. */
  readonly closes: boolean;
  /** When it is asked, unless the object says so itself. Left out: beside NetworkPolicies. */
  readonly tier?: Tier;
}

const CILIUM = {
  apiVersions: ['cilium.io/v2'],
  syntax: 'cilium',
  engines: ['cilium', 'byo-cilium'],
  opens: true,
  closes: true,
} as const;

/**
 * No engine of AKS has these switched on by itself. Calico reads the older two where their definitions are installed,
 * Cilium 1.20 the newest one where it is told to; AKS's Cilium is older.
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
 * Kinds beside NetworkPolicy that decide about pods' traffic. Every entry says at most too much: what one of them
 * leaves alone for sure stays certain, and everything else that it could change is unknown.
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
    // It is asked only for pods that no NetworkPolicy isolates, and to these everything is open already.
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
    // Istio's proxies refuse what the engine has let through.
    opens: false,
    closes: true,
  },
];

/** Objects that policies of other kinds refer to: a change of one is a change of each of these. */
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

/** By which they are left out: with the group where Kubernetes has a kind of the name. */
export const OTHER_POLICY_NAMES: readonly string[] = OTHER_POLICIES.flatMap(({ kind, apiVersions }) =>
  kind === 'NetworkPolicy' ? apiVersions.map((each) => nameOfKind(kind, each)) : kind,
);

/** The kind of an object that is a policy of another kind, in whatever version; undefined for any other object. */
export function otherPolicyOf(kind: string, apiVersion: unknown): OtherPolicyKind | undefined {
  return OTHER_POLICIES.find((each) => isOf(each, kind, apiVersion));
}

/** The syntax of the policies that refer to such objects; undefined for any other object. */
export function partOfOthers(kind: string, apiVersion: unknown): OtherSyntax | undefined {
  return PARTS_OF_OTHERS.find((each) => isOf(each, kind, apiVersion))?.syntax;
}

function isOf(known: InstalledKind, kind: string, apiVersion: unknown): boolean {
  return known.kind === kind && known.apiVersions.some((each) => groupOf(each) === groupOf(apiVersion));
}
