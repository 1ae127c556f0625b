import type { ApiServerCall, Gateway, IstioGateway, Monitor, Route, VirtualService } from './callers';
import type { EngineName } from './engine-profile';
import type { FieldPath } from './field-path';
import type { Inventory } from './inventory';
import type { LabelSelector } from './label-selector';
import type { Labels } from './labels';
import type { NetworkPolicy, PolicyType, Protocol } from './network-policy';
import type { WorkloadKind } from './object-kinds';
import type { OtherPolicyKind } from './other-policies';
import type { PodSelection, PolicyRules, Tier } from './policy-rules';
import type { Problem } from './problem';
import type { Refusal } from './refusal';
import type { SourcePosition } from './source-position';

/**
 * What is known of a cluster from manifests or from the live cluster: everything that a verdict can depend on. Plain,
 * immutable values. Optional lists are left out when they are empty.
 */
export interface Cluster {
  /** Set if it was read from a running cluster: then every running pod is among its workloads or the unreadable objects. */
  readonly isLive?: true;
  /** One for each namespace of an object, declared or not. */
  readonly namespaces: readonly Namespace[];
  /** Each once, by namespace, kind and name. */
  readonly workloads: readonly Workload[];
  readonly nodes: readonly ClusterNode[];
  readonly services: readonly Service[];
  readonly ingresses: readonly Ingress[];
  /** The services that the API server calls. */
  readonly apiServerCalls?: readonly ApiServerCall[];
  readonly gateways?: readonly Gateway[];
  readonly routes?: readonly Route[];
  readonly istioGateways?: readonly IstioGateway[];
  readonly virtualServices?: readonly VirtualService[];
  readonly monitors?: readonly Monitor[];
  /** Objects whose pods no manifest declares. */
  readonly makers?: readonly Maker[];
  readonly policies: readonly PolicyEntry[];
  /** Policies of kinds that are not judged; verdicts that they could change are `unknown`. */
  readonly unjudged?: readonly UnjudgedPolicy[];
  /** The CiliumCIDRGroups, to which policies of Cilium's own kinds may refer; each name once. */
  readonly cidrGroups?: readonly CidrGroup[];
  /** Set if there are no other services and no other such groups than these. */
  readonly hasEveryPart?: true;
  /** Objects that could not be understood; verdicts that could depend on them are `unknown`. */
  readonly unreadable: readonly Unreadable[];
  /** What was read and what was passed over; left out if nothing was read from files. */
  readonly inventory?: Inventory;
}

/** A CiliumCIDRGroup. */
export interface CidrGroup {
  readonly name: string;
  /** Left out if not known: it could not be read, or several of the name differ. */
  readonly cidrs?: readonly string[];
}

export interface Namespace {
  readonly name: string;
  /** As written; `kubernetes.io/metadata.name` need not be among them. */
  readonly labels: Labels;
  /** Whether a manifest declares it. Of other namespaces only the name is known, not the labels. */
  readonly declared: boolean;
  readonly source?: SourcePosition;
}

/** Pods with the same labels and ports: the pods of a controller, or a single pod. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /**
   * The labels of its pods: of the pod template, not of the controller. A live pod whose labels differ in more than
   * what its controller adds is a workload of its own, of kind `Pod`.
   */
  readonly labels: Labels;
  /**
   * `false` if the labels of its pods are not documented: they may have any others, except those that the `selector` of
   * another workload of the namespace, or of another assumed workload, asks for. Left out if they are known.
   */
  readonly labelsKnown?: false;
  /**
   * Set if its controller may add any labels to its pods. Left out if it adds at most those that `labelsAddedTo` lists
   * for its kind.
   */
  readonly mayCarryMore?: true;
  /** The ports that its containers declare, followed by those of its sidecars. */
  readonly ports: readonly ContainerPort[];
  /**
   * The named ports of init containers that end. Nothing listens on them, but an engine may resolve the names to them.
   * Left out if there are none.
   */
  readonly initPorts?: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  /** Set if the manifest puts its pods on Windows nodes. */
  readonly os?: 'windows';
  readonly serviceAccount?: string;
  /** `false` if the pods get no token for the API server; left out otherwise. */
  readonly mountsToken?: false;
  /**
   * Set for a workload of AKS that no manifest declares. Its labels and ports are the documented ones; it counts as
   * having no others, unless `labelsKnown` is `false`.
   */
  readonly assumed?: true;
  /** Left out if its pods resolve names as the cluster does by default. */
  readonly dnsPolicy?: string;
  /** Set if an annotation asks Prometheus to scrape its pods. */
  readonly scrape?: { readonly port?: number };
  /** Set if Helm runs its pods as a test or a hook of a release, so that they end soon. */
  readonly helmHook?: true;
  /** Set if an annotation asks Istio's ambient mode not to capture the pods' inbound traffic. */
  readonly bypassesMesh?: true;
  /**
   * The pods of its controller: every pod of the namespace that matches is one of them. For an assumed workload, its
   * documented labels. Left out for a single pod, and if there is no valid one, as for most jobs.
   */
  readonly selector?: LabelSelector;
  /** The ordinals of the pods of a StatefulSet; left out if the manifest does not give their number. */
  readonly ordinals?: { readonly first: number; readonly count: number };
  /** The live pods; empty if only the manifest is known. A pod of kind `Pod` is in its own list. */
  readonly pods: readonly Pod[];
  readonly source?: SourcePosition;
}

/** An object, such as a Prometheus or a HelmRelease, from which a controller makes pods that no manifest declares. */
export interface Maker {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /**
   * The namespace of its pods.
   *
   * @default any namespace
   */
  readonly podNamespace?: string;
  /** The documented labels of its pods; they may have others. */
  readonly podLabels: Labels;
  readonly source?: SourcePosition;
}

export interface ContainerPort {
  /** 1 to 65535 */
  readonly port: number;
  readonly protocol: Protocol;
  readonly name?: string;
  /** Set if a sidecar declares it: an init container that keeps running. */
  readonly ofSidecar?: true;
}

/** One running pod. */
export interface Pod {
  readonly name: string;
  /** IPv4 and IPv6; empty if not known. */
  readonly addresses: readonly string[];
  /** The name of the node it runs on. */
  readonly node?: string;
  /** Set if its named ports differ from those of its workload, as during a rollout or with an injected sidecar. */
  readonly ports?: readonly ContainerPort[];
  /** If `ports` is set: the named ports of its init containers that end. Left out if there are none. */
  readonly initPorts?: readonly ContainerPort[];
  /** `Succeeded` and `Failed` pods no longer have an address. */
  readonly phase?: PodPhase;
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

export interface ClusterNode {
  readonly name: string;
  readonly labels: Labels;
  /** Internal and external addresses. */
  readonly addresses: readonly string[];
  readonly podCidrs?: readonly string[];
  readonly source?: SourcePosition;
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  /** The labels of the service itself; left out if it has none. */
  readonly labels?: Labels;
  /** @default `ClusterIP` */
  readonly type?: string;
  /** The labels of the pods behind it; left out if its endpoints are managed by hand, and for an ExternalName. */
  readonly selector?: Labels;
  readonly ports: readonly ServicePort[];
  /** Cluster IPs, external IPs and load balancer addresses. */
  readonly addresses: readonly string[];
  /** Those of the addresses that only exist inside the cluster; left out if none is known. */
  readonly clusterIps?: readonly string[];
  readonly externalTrafficPolicy?: string;
  readonly source?: SourcePosition;
}

export interface ServicePort {
  readonly name?: string;
  /** The service's own port. */
  readonly port: number;
  readonly protocol: Protocol;
  /** The pods' port, by number or name. Policies apply to this one. */
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

export interface Ingress {
  readonly namespace: string;
  readonly name: string;
  readonly ingressClass?: string;
  readonly backends: readonly IngressBackend[];
  readonly source?: SourcePosition;
}

/** A service that an ingress sends requests for a host and path to. */
export interface IngressBackend {
  readonly service: string;
  /** The service's port, by number or name. */
  readonly port: number | string;
  readonly host?: string;
  readonly path?: string;
}

/** A policy of any kind that the API server would accept. */
export interface PolicyEntry {
  readonly kind: string;
  /** `metadata.namespace`, or the namespace it is applied to. Left out for a policy of the whole cluster. */
  readonly namespace?: string;
  readonly name: string;
  /** What it says about traffic. */
  readonly rules: PolicyRules;
  /** The object itself. */
  readonly written: PolicyObject;
  readonly source?: SourcePosition;
}

/** What every kind of policy has in common. */
export interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
}

/** A NetworkPolicy, made by `networkPolicyEntry`. */
export interface NetworkPolicyEntry extends PolicyEntry {
  readonly kind: 'NetworkPolicy';
  readonly namespace: string;
  readonly written: NetworkPolicy;
}

/** A policy of a kind whose rules are not read. A verdict that it may change is unknown. */
export interface UnjudgedPolicy {
  readonly kind: string;
  /** The API group: kinds of several groups share a name. */
  readonly group: string;
  readonly namespace?: string;
  /** Left out for policies that may exist but could not be listed. */
  readonly name?: string;
  /** The pods that it selects, and perhaps others. */
  readonly subject: PodSelection;
  /** The directions that it may change. */
  readonly directions: readonly PolicyType[];
  /** Whether it may allow what other policies deny. */
  readonly opens: boolean;
  /** Whether it may deny what other policies allow. */
  readonly closes: boolean;
  /** Left out: the tier of NetworkPolicies. */
  readonly tier?: Tier;
  /** Its rules, part by part, if all of them are understood: verdicts then follow them. */
  readonly says?: readonly PolicyRules[];
  /** If the kind is understood: the first field that is not. */
  readonly unread?: FieldPath;
  /** If the kind is understood: why agents refuse it, or some of them. */
  readonly refusals?: readonly Refusal[];
  /** The engines that may enforce its kind. Left out: something other than the engine enforces it. */
  readonly engines?: readonly EngineName[];
  /** Everything that it says, as text: equal for policies that say the same. */
  readonly content: string;
  /** The object itself; left out if the kind is not understood. */
  readonly written?: PolicyObject;
  /** Why the cluster calls it invalid, as its status says. Left out if it does not. */
  readonly invalid?: string;
  /** For policies that could not be listed: the namespaces where they could. */
  readonly except?: readonly string[];
  readonly source?: SourcePosition;
}

/**
 * An object that could not be understood. A field that is left out could have any value: without `kind` it may be a
 * policy, without `namespace` in any namespace.
 */
export interface Unreadable {
  readonly kind?: string;
  readonly namespace?: string;
  /** Without `namespace`: the namespaces that it is not in, because everything there was read. */
  readonly except?: readonly string[];
  readonly name?: string;
  /** For a policy of which the pod selector could be read. */
  readonly podSelector?: LabelSelector;
  /** Set for an object with a pod template of a kind that Kubernetes itself does not have. */
  readonly isWorkload?: true;
  /** Without `kind`: the kinds of other policies that it may have. */
  readonly mayBe?: readonly OtherPolicyKind[];
  readonly problem: Problem;
  readonly source?: SourcePosition;
}

/** Unique among the workloads of a cluster, and the same in every version of it. */
export function workloadKey({
  namespace,
  name,
  kind,
}: Pick<Workload, 'namespace' | 'name' | 'kind'>): string {
  return `${namespace}/${name}/${kind}`;
}

/** `shop/db`, or the name alone for an object without a namespace. */
export function qualifiedName({ namespace, name }: Pick<PolicyEntry, 'namespace' | 'name'>): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
