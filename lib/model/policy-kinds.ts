import { groupOf } from './object-kinds';
import { type CiliumKindName, OTHER_POLICIES, type OtherPolicyKind } from './other-policies';

export type PolicyKindName = 'NetworkPolicy' | CiliumKindName;

/** A kind of policies that this package lists, shows and applies. */
export interface ManagedKind {
  readonly kind: PolicyKindName;
  readonly apiVersion: string;
  /** The name of the list in paths. */
  readonly plural: string;
  /** What people write for kubectl; the first is what answers have. */
  readonly shortNames: readonly [string, ...string[]];
  readonly isNamespaced: boolean;
}

type CiliumKind = OtherPolicyKind & { readonly kind: CiliumKindName };

/** Cilium's own kinds. */
export const CILIUM_KINDS: readonly CiliumKind[] = OTHER_POLICIES.filter(
  (each): each is CiliumKind => each.syntax === 'cilium',
);

/** As their CustomResourceDefinitions have them. */
const SHORT_NAMES: Readonly<Record<CiliumKindName, readonly [string, ...string[]]>> = {
  CiliumNetworkPolicy: ['cnp', 'ciliumnp'],
  CiliumClusterwideNetworkPolicy: ['ccnp'],
};

const NETWORK_POLICY: ManagedKind = {
  kind: 'NetworkPolicy',
  apiVersion: 'networking.k8s.io/v1',
  plural: 'networkpolicies',
  shortNames: ['netpol'],
  isNamespaced: true,
};

/** In the order in which they are told. */
export const POLICY_KINDS: readonly ManagedKind[] = [
  NETWORK_POLICY,
  ...CILIUM_KINDS.map(({ kind, apiVersions: [apiVersion = ''], plural, isNamespaced }) => ({
    kind,
    apiVersion,
    plural,
    shortNames: SHORT_NAMES[kind],
    isNamespaced,
  })),
];

export const POLICY_KIND_NAMES: readonly string[] = POLICY_KINDS.map(({ kind }) => kind);

/** The kind of a policy. */
export function policyKindOf(policy: { readonly kind: string }): ManagedKind {
  return POLICY_KINDS.find(({ kind }) => kind === policy.kind) ?? NETWORK_POLICY;
}

/** The kind that a person names, in any case: `cnp`, `ciliumnetworkpolicy`, `CiliumNetworkPolicies.cilium.io`. */
export function policyKindNamed(text: string): ManagedKind | undefined {
  const [word = '', ...group] = text.toLowerCase().split('.');
  return POLICY_KINDS.find(
    ({ kind, apiVersion, plural, shortNames }) =>
      [kind.toLowerCase(), plural, ...shortNames].includes(word) &&
      (group.length === 0 || group.join('.') === groupOf(apiVersion)),
  );
}
