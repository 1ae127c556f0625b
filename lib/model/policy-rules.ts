import type { FieldPath } from './field-path';
import type { LabelSelector } from './label-selector';
import { POLICY_TYPES, type PolicyType, type Protocol } from './network-policy';

/**
 * What a policy says about traffic, whatever its kind. Everything that judges reads this; only code about the written
 * object (validation, import, drift, writing) knows the kind. It is independent of engines: CIDRs stay text, and the
 * evaluator knows how an engine departs from the specification.
 */
export interface PolicyRules {
  readonly subject: PolicySubject;
  /** Left out for NetworkPolicy and Cilium's kinds. `admin` comes before them, `baseline` after. */
  readonly tier?: Tier;
  /** Within a tier the lowest number comes first. @default 0 */
  readonly priority?: number;
  readonly ingress: Section;
  readonly egress: Section;
  /** The field that holds all of this: `spec`. */
  readonly at: FieldPath;
}

export type Tier = 'admin' | 'baseline';

/** Pods by namespace and labels; both must match. */
export interface PodSelection {
  /** One namespace by its name, or namespaces by their labels. */
  readonly namespaces: string | LabelSelector;
  readonly pods: LabelSelector;
}

export interface PolicySubject extends PodSelection {
  /** The field of its pod selector, written or not: `spec.podSelector`. */
  readonly at: FieldPath;
}

/** One direction of a policy. */
export interface Section {
  /** Whether what no rule allows is denied. */
  readonly isolates: boolean;
  /** Set if there are rules but `policyTypes` omits the direction: the specification ignores them, Cilium does not. */
  readonly unlisted?: true;
  readonly rules: readonly TrafficRule[];
  /** The field of its rules, written or not: `spec.ingress`. */
  readonly at: FieldPath;
}

export interface TrafficRule {
  /** `pass` skips the later levels of the tier, but not its default deny. */
  readonly action: 'allow' | 'deny' | 'pass';
  /** Left out: everybody. Empty: nobody. */
  readonly peers?: readonly TrafficPeer[];
  /** Left out: every port. Empty: none. */
  readonly ports?: readonly TrafficPort[];
  /** `spec.ingress[0]` */
  readonly at: FieldPath;
}

export type TrafficPeer = PodPeer | AddressPeer | EntityPeer | NamePeer;

export interface PodPeer extends PodSelection {
  readonly kind: 'pods';
  /** `spec.ingress[0].from[1]` */
  readonly at: FieldPath;
  /** The field of its pod selector; left out if it has none, which means every pod. */
  readonly podsAt?: FieldPath;
  /** The field of its namespace selector; left out if it has none. */
  readonly namespacesAt?: FieldPath;
}

/** Addresses in `cidr` and in none of `except`. */
export interface AddressPeer {
  readonly kind: 'addresses';
  readonly cidr: string;
  readonly except: readonly string[];
  /** `spec.ingress[0].from[1]` */
  readonly at: FieldPath;
  /** The field of the block: `spec.ingress[0].from[1].ipBlock`. */
  readonly blockAt: FieldPath;
}

/** Peers by what they are, whatever their labels and addresses. */
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
  /** Every other address. */
  | 'world'
  | 'nodes'
  /** The node that a pod runs on, and what runs on its network. */
  | 'host'
  /** The other nodes. */
  | 'remote-node'
  | 'kube-apiserver'
  /** Neither workload nor node: pods that Cilium does not know yet, its ingress proxies and its health checks. */
  | 'init'
  | 'ingress'
  | 'health'
  | 'none';

/** The addresses outside the cluster of one host name, or of all that match a pattern. */
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
  /** What a proxy lets through of what the rule allows on the port. Left out: everything, without a proxy. */
  readonly filter?: TrafficFilter;
  /** `spec.ingress[0].ports[0]` */
  readonly at: FieldPath;
}

/** Of the requests on a port, those that fit any of these. */
export type TrafficFilter =
  | { readonly kind: 'http'; readonly requests: readonly FilteredRequest[] }
  /** Questions for the addresses of hosts: `login.microsoftonline.com`, `*.example.com`. */
  | { readonly kind: 'dns'; readonly names: readonly string[] };

/** HTTP requests: all that is asked of one has to fit. Fields are as the policy writes them. */
export interface FilteredRequest {
  /** A regular expression for the whole of it, as the next two. Left out: any. */
  readonly method?: string;
  /** `/orders/.*` */
  readonly path?: string;
  readonly host?: string;
  /** `X-Token`, which has to be there, or `X-Token: 42`. */
  readonly headers?: readonly string[];
}

/** A rule with its direction and its index among the rules of that direction. */
export interface DirectedRule extends Omit<TrafficRule, 'peers' | 'ports'> {
  /** Undefined: everybody. */
  readonly peers: readonly TrafficPeer[] | undefined;
  /** Undefined: every port. */
  readonly ports: readonly TrafficPort[] | undefined;
  readonly direction: PolicyType;
  /** From 0. */
  readonly index: number;
  /** Whether it counts according to the specification, which ignores rules of directions that `policyTypes` omits. */
  readonly isInForce: boolean;
}

export function sectionOf({ ingress, egress }: PolicyRules, direction: PolicyType): Section {
  return direction === 'Ingress' ? ingress : egress;
}

/** The directions that a policy isolates according to the specification. */
export function typesOf(rules: PolicyRules): readonly PolicyType[] {
  return POLICY_TYPES.filter((direction) => sectionOf(rules, direction).isolates);
}

/** All rules of a policy, ingress first, including those that are not in force. */
export function directedRules(rules: PolicyRules): DirectedRule[] {
  return POLICY_TYPES.flatMap((direction) => {
    const { rules: own, unlisted } = sectionOf(rules, direction);
    const isInForce = unlisted === undefined;
    // Every rule gets all fields: objects of one shape are faster to read.
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
