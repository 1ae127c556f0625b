import type { FieldPath } from './field-path';
import type { LabelSelector } from './label-selector';
import { POLICY_TYPES, type PolicyType, type Protocol } from './network-policy';

/**
 * What a policy says about traffic, whatever its kind. Everything that judges reads this; only what is about the
 * written object itself (validation, import, drift, writing) knows the kind. The reader of a kind is neutral of engines:
 * CIDRs stay text, and what an engine makes of a part is a departure that the evaluator knows.
 */
export interface PolicyRules {
  /** The pods that the policy is about. */
  readonly subject: PolicySubject;
  /** Left out for NetworkPolicy and Cilium's kinds. `admin` is asked before them, `baseline` after. */
  readonly tier?: Tier;
  /** Within a tier the lowest number is asked first. @default 0 */
  readonly priority?: number;
  readonly ingress: Section;
  readonly egress: Section;
  /** Where all of this is written: `spec`. */
  readonly at: FieldPath;
}

export type Tier = 'admin' | 'baseline';

/** Pods by their namespaces and their labels; both must fit. */
export interface PodSelection {
  /** One namespace by its name, or namespaces by their labels. */
  readonly namespaces: string | LabelSelector;
  readonly pods: LabelSelector;
}

export interface PolicySubject extends PodSelection {
  /** Where its pod selector is written, or would be: `spec.podSelector`. */
  readonly at: FieldPath;
}

/** One direction of a policy. */
export interface Section {
  /** Whether what no rule allows is denied. */
  readonly isolates: boolean;
  /** Set for rules that policyTypes leaves out: the specification ignores them, Cilium does not. */
  readonly unlisted?: true;
  readonly rules: readonly TrafficRule[];
  /** Where its rules are written, or would be: `spec.ingress`. */
  readonly at: FieldPath;
}

export interface TrafficRule {
  /** `pass` leaves the other levels of the tier out; its default deny, if it has one, stays. */
  readonly action: 'allow' | 'deny' | 'pass';
  /** Left out: everybody. Empty: nobody. */
  readonly peers?: readonly TrafficPeer[];
  /** Left out: every port. Empty: none. */
  readonly ports?: readonly TrafficPort[];
  /** What looks into the requests that the rule allows, and refuses some; left out where nothing does. */
  readonly filter?: 'http' | 'dns';
  /** `spec.ingress[0]` */
  readonly at: FieldPath;
}

export type TrafficPeer = PodPeer | AddressPeer | EntityPeer | NamePeer;

export interface PodPeer extends PodSelection {
  readonly kind: 'pods';
  /** `spec.ingress[0].from[1]` */
  readonly at: FieldPath;
  /** Where its pod selector is written; left out where there is none, which is every pod. */
  readonly podsAt?: FieldPath;
  /** Where its namespace selector is written; left out where there is none. */
  readonly namespacesAt?: FieldPath;
}

/** Addresses in `cidr` and in none of `except`. */
export interface AddressPeer {
  readonly kind: 'addresses';
  readonly cidr: string;
  readonly except: readonly string[];
  /** `spec.ingress[0].from[1]` */
  readonly at: FieldPath;
  /** Where the block is written: `spec.ingress[0].from[1].ipBlock`. */
  readonly blockAt: FieldPath;
}

/** Who is meant by what they are, whatever their labels and addresses. */
export interface EntityPeer {
  readonly kind: 'entity';
  readonly entity: EntityName;
  readonly at: FieldPath;
}

export type EntityName =
  /** Everybody. */
  | 'all'
  /** Every pod and node. */
  | 'cluster'
  /** Every address that is no pod's and no node's. */
  | 'world'
  | 'nodes'
  /** The node that a pod runs on, and what runs on its network. */
  | 'host'
  /** The other nodes. */
  | 'remote-node'
  | 'kube-apiserver'
  /** What is no workload and no node: pods that are being made, and Cilium's own proxies and checks. */
  | 'init'
  | 'ingress'
  | 'health'
  | 'none';

/** The addresses outside the cluster that a host name stands for, or the names that a pattern fits. */
export interface NamePeer {
  readonly kind: 'name';
  /** `login.microsoftonline.com`, `*.example.com` */
  readonly name: string;
  readonly at: FieldPath;
}

export interface TrafficPort {
  readonly protocol: Protocol;
  /** 1 to 65535, or the name of a container port of the destination. Left out: every port of the protocol. */
  readonly port?: number | string;
  /** The last port of a range, `port` to 65535. */
  readonly endPort?: number;
  /** `spec.ingress[0].ports[0]` */
  readonly at: FieldPath;
}

/** A rule with its direction and its place among the rules of that direction. */
export interface DirectedRule extends Omit<TrafficRule, 'peers' | 'ports'> {
  /** Undefined: everybody. */
  readonly peers: readonly TrafficPeer[] | undefined;
  /** Undefined: every port. */
  readonly ports: readonly TrafficPort[] | undefined;
  readonly direction: PolicyType;
  /** From 0. */
  readonly index: number;
  /** Whether it counts by the specification: one of a direction that the policy's types leave out does nothing. */
  readonly isInForce: boolean;
}

export function sectionOf({ ingress, egress }: PolicyRules, direction: PolicyType): Section {
  return direction === 'Ingress' ? ingress : egress;
}

/** The directions that a policy isolates by the specification. */
export function typesOf(rules: PolicyRules): readonly PolicyType[] {
  return POLICY_TYPES.filter((direction) => sectionOf(rules, direction).isolates);
}

/** The rules of a policy, ingress first, whether or not they count. */
export function directedRules(rules: PolicyRules): DirectedRule[] {
  return POLICY_TYPES.flatMap((direction) => {
    const { rules: own, unlisted } = sectionOf(rules, direction);
    const isInForce = unlisted === undefined;
    // Every one has all of the fields: what reads many of them then does so at once.
    return own.map(({ action, peers, ports, at }, index) => ({
      action,
      peers,
      ports,
      at,
      direction,
      index,
      isInForce,
    }));
  });
}
