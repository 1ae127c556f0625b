export { AksClusterProfile } from './aks/cluster-profile';
export type { CiliumEntity } from './model/cilium-entity';
export type { ExpectedEnd, ExpectedWorkload } from './model/expected-end';
export type { FieldPath } from './model/field-path';
export type { Finding, FindingCode } from './model/finding';
export type { HttpRequest } from './model/http-request';
export type { LabelSelector, LabelSelectorRequirement, SelectorOperator } from './model/label-selector';
export type { Labels } from './model/labels';
export type {
  IpBlock,
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
  PolicyType,
  Protocol,
} from './model/network-policy';
export type { Place } from './model/place';
export { NetworkPolicyError, type Problem, type ProblemCode } from './model/problem';
export { AksNetworkPolicy, type AksNetworkPolicyProps } from './policy/aks-network-policy';
export {
  CiliumClusterwideNetworkPolicy,
  type CiliumClusterwideNetworkPolicyProps,
} from './policy/cilium-clusterwide-network-policy';
export { CiliumNetworkPolicy, type CiliumNetworkPolicyProps } from './policy/cilium-network-policy';
export { type DeniedEgressTraffic, EgressRule, type EgressTraffic } from './policy/egress-rule';
export {
  Expectations,
  type ExpectedConnection,
  type ExpectedSources,
} from './policy/expectations';
export { type AcknowledgeOptions, Findings } from './policy/findings';
export { type DeniedIngressTraffic, IngressRule, type IngressTraffic } from './policy/ingress-rule';
export { NamespaceSelector, type NamespaceSelectorLike } from './policy/namespace-selector';
export { Peer, type PeerLike } from './policy/peer';
export { PodSelector, type PodSelectorLike } from './policy/pod-selector';
export { Port } from './policy/port';
export type { PlusNamespaceSelector, PlusPeer, PlusPodSelector } from './policy/shapes';
export { Sources } from './policy/source-annotations';
export type { ReachedPorts } from './presets/aks-ingress-traffic';
export { AksTraffic } from './presets/aks-traffic';
export { AllowedConnection, type AllowedConnectionProps } from './presets/allowed-connection';
export type { ConnectionEndLike, NamedPods, PlusWorkload } from './presets/connection-end';
export type { AzureServiceTraffic } from './presets/host-traffic';
export {
  NamespaceBaseline,
  type NamespaceBaselineProps,
  type TrafficBaseline,
} from './presets/namespace-baseline';
export type { NamespacedPolicyKind } from './presets/written-kind';
export { NetworkPolicyValidation, type NetworkPolicyValidationProps } from './validation';
