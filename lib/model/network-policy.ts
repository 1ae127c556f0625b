import type { LabelSelector } from './label-selector';
import type { Labels } from './labels';

/** The directions a policy can isolate. */
export type PolicyType = 'Ingress' | 'Egress';

/** In the order of manifests. */
export const POLICY_TYPES: readonly PolicyType[] = ['Ingress', 'Egress'];

/** The direction in which the other side of a connection is judged. */
export const OPPOSITE = { Ingress: 'Egress', Egress: 'Ingress' } as const;

/** The protocols a port can have. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** One entry of `ports`. Without `port`: every port of the protocol. Without `protocol`: TCP. */
export interface NetworkPolicyPort {
  readonly protocol?: Protocol;
  /** 1 to 65535, or the name of a container port on the destination. */
  readonly port?: number | string;
  /** The last port of a range, `port` to 65535. */
  readonly endPort?: number;
}

/** Addresses in `cidr` and in none of `except`. */
export interface IpBlock {
  readonly cidr: string;
  /** Ranges strictly inside `cidr`. */
  readonly except?: readonly string[];
}

/** One entry of `from` or `to`: an IP block, or selectors that must both match. */
export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: IpBlock;
}

/** One entry of `ingress`. Missing or empty `from` is everybody; missing or empty `ports` every port. */
export interface NetworkPolicyIngressRule {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}

/** One entry of `egress`. Missing or empty `to` is everybody; missing or empty `ports` every port. */
export interface NetworkPolicyEgressRule {
  readonly to?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}

export interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector;
  readonly policyTypes?: readonly PolicyType[];
  readonly ingress?: readonly NetworkPolicyIngressRule[];
  readonly egress?: readonly NetworkPolicyEgressRule[];
}

/** A NetworkPolicy of `networking.k8s.io/v1`, as it stands in a manifest. */
export interface NetworkPolicy {
  readonly apiVersion: 'networking.k8s.io/v1';
  readonly kind: 'NetworkPolicy';
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly spec?: NetworkPolicySpec;
}
