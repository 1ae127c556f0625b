import { filled } from './defined';
import type { LabelSelector } from './label-selector';
import type {
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
  PolicyType,
  Protocol,
} from './network-policy';

/** A spec as the API server stores it: without null, and with all defaults written out. */
export interface StoredSpec {
  readonly podSelector: LabelSelector;
  readonly ingress?: readonly StoredRule[];
  readonly egress?: readonly StoredRule[];
  readonly policyTypes: readonly PolicyType[];
}

/** An entry of `ingress` has `from`, one of `egress` has `to`. */
export interface StoredRule {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly to?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly StoredPort[];
}

export interface StoredPort extends NetworkPolicyPort {
  readonly protocol: Protocol;
}

type Nullable<T> = { readonly [Key in keyof T]: T[Key] | null };

/**
 * What the API server stores for a spec that it accepts: it leaves out empty lists, reads null as Go's zero value,
 * gives a port without protocol TCP, and adds missing policy types: Ingress, and Egress if `egress` has an entry.
 *
 * @see kubernetes pkg/apis/networking/v1, SetDefaults_NetworkPolicy and SetDefaults_NetworkPolicyPort;
 *   `test/corpus/api-server-answers.json` has specs that a server stored
 */
export function storedSpec(spec: Nullable<NetworkPolicySpec> | null | undefined): StoredSpec {
  const { podSelector, policyTypes, ingress, egress } = spec ?? {};
  const types = policyTypes ?? [];
  const hasEgress = (egress ?? []).length > 0;
  return {
    podSelector: storedSelector(podSelector ?? {}),
    ...filled({ ingress: (ingress ?? []).map(storedRule), egress: (egress ?? []).map(storedRule) }),
    policyTypes: types.length > 0 ? [...types] : ['Ingress', ...(hasEgress ? (['Egress'] as const) : [])],
  };
}

function storedRule(rule: Nullable<NetworkPolicyIngressRule & NetworkPolicyEgressRule> | null): StoredRule {
  return filled({
    ports: (rule?.ports ?? []).map(storedPort),
    from: (rule?.from ?? []).map(storedPeer),
    to: (rule?.to ?? []).map(storedPeer),
  });
}

function storedPort(port: Nullable<NetworkPolicyPort> | null): StoredPort {
  const { protocol, port: first, endPort } = port ?? {};
  return {
    protocol: protocol ?? 'TCP',
    ...(first == null ? {} : { port: first }),
    ...(endPort == null ? {} : { endPort }),
  };
}

function storedPeer({
  podSelector,
  namespaceSelector,
  ipBlock,
}: Nullable<NetworkPolicyPeer>): NetworkPolicyPeer {
  return {
    ...(podSelector == null ? {} : { podSelector: storedSelector(podSelector) }),
    ...(namespaceSelector == null ? {} : { namespaceSelector: storedSelector(namespaceSelector) }),
    ...(ipBlock == null
      ? {}
      : { ipBlock: { cidr: ipBlock.cidr, ...filled({ except: ipBlock.except ?? [] }) } }),
  };
}

function storedSelector({ matchLabels, matchExpressions }: Nullable<LabelSelector>): LabelSelector {
  const labels = Object.entries(matchLabels ?? {}).map(([key, value]) => [key, value ?? '']);
  return {
    ...(labels.length > 0 ? { matchLabels: Object.fromEntries(labels) } : {}),
    ...filled({
      matchExpressions: (matchExpressions ?? []).map(({ key, operator, values }) => ({
        key,
        operator,
        ...filled({ values: (values ?? []).map((value) => value ?? '') }),
      })),
    }),
  };
}
