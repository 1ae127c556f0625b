import { ciliumPartsOf } from '../cilium-kinds/cilium-parts';
import { readCiliumPolicy } from '../cilium-kinds/cilium-rules';
import {
  type Cluster,
  type NetworkPolicyEntry,
  type PolicyEntry,
  type PolicyObject,
  qualifiedName,
  type UnjudgedPolicy,
} from '../model/cluster';
import { compare } from '../model/collections';
import { defined, filled } from '../model/defined';
import { networkPoliciesIn } from '../model/network-policy-entry';
import type { CiliumKindName } from '../model/other-policies';
import { POLICY_KIND_NAMES, type PolicyKindName } from '../model/policy-kinds';
import type { PolicyRules } from '../model/policy-rules';
import { isForEveryAgent, type Refusal } from '../model/refusal';

/** A policy of a kind that this package lists, shows and applies. */
export type ManagedPolicy = NetworkPolicyEntry | CiliumEntry;

/** A policy of Cilium's own kinds. */
export interface CiliumEntry extends UnjudgedPolicy {
  readonly kind: CiliumKindName;
  readonly name: string;
  readonly written: CiliumObject;
}

/** What is written in it is not checked. */
export interface CiliumObject extends PolicyObject {
  readonly spec?: unknown;
  readonly specs?: unknown;
}

/** What tells policies apart; of a policy of the whole cluster the namespace is left out. */
export interface PolicyIdentity {
  readonly kind: PolicyKindName;
  readonly namespace?: string;
  readonly name: string;
}

/** By namespace, name and kind. */
export function managedPoliciesIn(cluster: Pick<Cluster, 'policies' | 'unjudged'>): readonly ManagedPolicy[] {
  const { unjudged = [] } = cluster;
  return [...networkPoliciesIn(cluster), ...unjudged.filter(hasObject)].sort(byPolicyName);
}

function hasObject(policy: UnjudgedPolicy): policy is CiliumEntry {
  return policy.name !== undefined && policy.written !== undefined;
}

export function isCiliumPolicy(policy: ManagedPolicy): policy is CiliumEntry {
  return policy.kind !== 'NetworkPolicy';
}

/** What a policy says, part by part; undefined if not all of it is understood. */
export function rulesSaidBy(policy: ManagedPolicy): readonly PolicyRules[] | undefined {
  return isCiliumPolicy(policy) ? policy.says : [policy.rules];
}

/** Why no version of Cilium takes a policy; undefined where one may. */
export function refusalOfAll(policy: ManagedPolicy): Refusal | undefined {
  return isCiliumPolicy(policy) ? policy.refusals?.find(isForEveryAgent) : undefined;
}

/** `shop/db` for a NetworkPolicy, `CiliumNetworkPolicy shop/db` for any other: no two policies have the same. */
export function policyName({ kind, ...named }: Pick<PolicyEntry, 'kind' | 'namespace' | 'name'>): string {
  return kind === 'NetworkPolicy' ? qualifiedName(named) : `${kind} ${qualifiedName(named)}`;
}

export function identityOf({ kind, namespace, name }: PolicyIdentity): PolicyIdentity {
  return { kind, ...defined({ namespace }), name };
}

export function byPolicyName(a: PolicyIdentity, b: PolicyIdentity): number {
  return (
    compare(a.namespace ?? '', b.namespace ?? '') ||
    compare(a.name, b.name) ||
    POLICY_KIND_NAMES.indexOf(a.kind) - POLICY_KIND_NAMES.indexOf(b.kind)
  );
}

/** A change of the policies of a cluster. */
export interface ManagedChange {
  /** Policies that are new, or that replace those of their names. */
  readonly put?: readonly ManagedPolicy[];
  readonly remove?: readonly ManagedPolicy[];
}

/** A cluster after a change of its policies. */
export function changedCluster(cluster: Cluster, { put = [], remove = [] }: ManagedChange): Cluster {
  const names = new Set([...put, ...remove].map(policyName));
  const isOther = (policy: ManagedPolicy) => !names.has(policyName(policy));
  const { policies, unjudged = [], ...rest } = cluster;
  const others = policies.filter(({ kind }) => kind !== 'NetworkPolicy');
  return {
    ...rest,
    policies: [
      ...others,
      ...networkPoliciesIn(cluster).filter(isOther),
      ...put.flatMap((policy) => (isCiliumPolicy(policy) ? [] : policy)),
    ],
    ...filled({
      unjudged: [
        ...unjudged.filter((policy) => !hasObject(policy) || isOther(policy)),
        ...put.filter(isCiliumPolicy).map((policy) => readIn(cluster, policy)),
      ],
    }),
  };
}

/** What names services or groups of addresses. */
const REFERENCE = /"(toServices|cidrGroupRef|cidrGroupSelector)":/;

/** A policy with what it says where the services and the groups of addresses are those of a cluster. */
function readIn(cluster: Cluster, policy: CiliumEntry): CiliumEntry {
  const { written, namespace } = policy;
  const { spec, specs } = written;
  if (!REFERENCE.test(JSON.stringify([spec, specs]))) {
    return policy;
  }
  const { says: _, unread: __, refusals: ___, ...rest } = policy;
  const { rules, unread, refusals } = readCiliumPolicy({ ...written }, namespace, ciliumPartsOf(cluster));
  return { ...rest, ...defined({ says: rules, unread }), ...filled({ refusals }) };
}
