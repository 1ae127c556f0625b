import type { ApiServerCall, Gateway, IstioGateway, Monitor, Route, VirtualService } from './callers';
import type { Inventory } from './inventory';
import type { LabelSelector } from './label-selector';
import type { Labels } from './labels';
import type { NetworkPolicy, Protocol } from './network-policy';
import type { WorkloadKind } from './object-kinds';
import type { OtherPolicyKind } from './other-policies';
import type { PolicyRules } from './policy-rules';
import type { Problem } from './problem';
import type { UnjudgedPolicy } from './unjudged-policy';

/**
 * What is known of a cluster, from manifests or live: everything that a verdict about traffic can depend on.
 * Plain values; nobody changes one after it was made.
 */
export interface Cluster {
  /**
   * Set when it was read from a running cluster: every pod that runs is among its workloads, except for what stands
   * among the unreadable.
   */
  readonly isLive?: true;
  /** One for each name that an object stands in, declared or not. */
  readonly namespaces: readonly Namespace[];
  /** The nodes of the graph: each once, by namespace, kind and name. */
  readonly workloads: readonly Workload[];
  /** The machines. */
  readonly nodes: readonly ClusterNode[];
  readonly services: readonly Service[];
  readonly ingresses: readonly Ingress[];
  /** What the API server calls; left out when there is none. */
  readonly apiServerCalls?: readonly ApiServerCall[];
  /** Left out when there is none. */
  readonly gateways?: readonly Gateway[];
  /** Left out when there is none. */
  readonly routes?: readonly Route[];
  /** Left out when there is none. */
  readonly istioGateways?: readonly IstioGateway[];
  /** Left out when there is none. */
  readonly virtualServices?: readonly VirtualService[];
  /** Who asks for metrics of pods; left out when there is none. */
  readonly monitors?: readonly Monitor[];
  /** Objects whose pods are not in any manifest; left out when there is none. */
  readonly makers?: readonly Maker[];
  readonly policies: readonly PolicyEntry[];
  /** Policies of kinds that are not judged; verdicts that they could change are `unknown`. Left out when there is none. */
  readonly unjudged?: readonly UnjudgedPolicy[];
  /** What could not be understood; verdicts that could depend on it are `unknown`. */
  readonly unreadable: readonly Unreadable[];
  /** What was read to know all this, and what was passed over; left out where it comes from no files. */
  readonly inventory?: Inventory;
}

/** Where an object was written. Every part is left out when it is not known. */
export interface SourcePosition {
  /** The path as the user gave it, or `-` for standard input. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** The path of the construct that wrote it, such as `app/shop/db-ingress`. */
  readonly construct?: string;
  /** The line of the user's program that created the construct. */
  readonly code?: CodePosition;
  /**
   * The program that wrote it, which may say something about it. Set only where the program's own record tells of this
   * very content: what an object says of itself, in an annotation, sets `construct` and `code` and never this.
   */
  readonly program?: ProgramReference;
}

/** A program that wrote manifests; two are the same where both fields are. */
export interface ProgramReference {
  /** The path of its first file, `main.ts`, relative to where it ran. */
  readonly name: string;
  /** The file beside its manifests in which it says what it wrote; left out for an app in memory. */
  readonly file?: string;
}

/** A place in a program. */
export interface CodePosition {
  /** Relative to where the program ran. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** The lines of rules, by the name of their policy, `shop/db`, and their place in it, `spec.ingress[1]`. */
export type RuleLines = ReadonlyMap<string, Readonly<Record<string, CodePosition>>>;

export interface Namespace {
  readonly name: string;
  /** As written; `kubernetes.io/metadata.name` need not be among them. */
  readonly labels: Labels;
  /** Whether a manifest declares it. The labels of others are not known, but for their name. */
  readonly declared: boolean;
  readonly source?: SourcePosition;
}

/** Pods that carry the same labels and ports: a controller's, or a single pod. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /**
   * The labels of its pods (of the pod template, not of the controller). A live pod whose labels differ in
   * more than what its controller adds is a workload of its own, of kind `Pod`.
   */
  readonly labels: Labels;
  /**
   * `false` when no source tells the labels of its pods: they may carry any beside these, but none that the `selector`
   * of another workload of the namespace, or of another assumed one, asks for. Left out when they are known.
   */
  readonly labelsKnown?: false;
  /**
   * Set when its pods may carry any labels beside these: a controller makes them of which nobody here knows whether it adds
   * some. Left out when they carry these, and of others only those that `labelsAddedTo` its kind.
   */
  readonly mayCarryMore?: true;
  /** The ports that its containers and, behind those, its sidecars declare, in their order. */
  readonly ports: readonly ContainerPort[];
  /**
   * The ports to which init containers that end give names. Nobody listens there, but an engine may take the names for
   * the pods'. Left out when there is none.
   */
  readonly initPorts?: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  /** Set when its pods run on Windows nodes, as far as the manifest says so. */
  readonly os?: 'windows';
  readonly serviceAccount?: string;
  /** `false` when the pods get no token for the API server; left out otherwise. */
  readonly mountsToken?: false;
  /**
   * Set for a pod of AKS's own that no manifest declares and that dated facts tell of. Its labels and ports are those
   * that a source tells; no judgement reckons with more, unless `labelsKnown` is `false`.
   */
  readonly assumed?: true;
  /** How its pods resolve names, where it is not the cluster's own way. */
  readonly dnsPolicy?: string;
  /** Set when its pods ask Prometheus by annotation to scrape them. */
  readonly scrape?: { readonly port?: number };
  /** Set when Helm runs its pods as a test or a hook of a release: they do one thing and go. */
  readonly helmHook?: true;
  /** Set when its pods ask Istio by annotation to leave what comes to them alone, in ambient mode. */
  readonly bypassesMesh?: true;
  /**
   * The pods that its controller takes for its own: a pod of the namespace that fits is one of them. Of an assumed
   * workload, the labels that a source tells. Left out for a single pod, and where none is written that the API server
   * would take, as jobs mostly have none.
   */
  readonly selector?: LabelSelector;
  /**
   * The numbers behind its name that the pods of a StatefulSet have, from the first one on. Left out where its manifest does
   * not tell how many there are.
   */
  readonly ordinals?: { readonly first: number; readonly count: number };
  /** The live pods; empty when only the manifest is known. A pod of kind `Pod` is in its own list. */
  readonly pods: readonly Pod[];
  readonly source?: SourcePosition;
}

/** An object from which somebody makes pods that no manifest tells of, such as a Prometheus or a HelmRelease. */
export interface Maker {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /**
   * The namespace of its pods.
   *
   * @default not known: any namespace
   */
  readonly podNamespace?: string;
  /** Labels that each of its pods carries, as far as a source tells; others may be there beside them. */
  readonly podLabels: Labels;
  readonly source?: SourcePosition;
}

export interface ContainerPort {
  /** 1 to 65535 */
  readonly port: number;
  readonly protocol: Protocol;
  readonly name?: string;
  /** Set when a sidecar declares it: an init container that stays. */
  readonly ofSidecar?: true;
}

/** One running pod. */
export interface Pod {
  readonly name: string;
  /** IPv4 and IPv6; empty when not known. */
  readonly addresses: readonly string[];
  /** The name of the node it runs on. */
  readonly node?: string;
  /** Set where its named ports are not those of its workload: during a rollout, or behind an injected sidecar. */
  readonly ports?: readonly ContainerPort[];
  /** Those of its init containers that end, where `ports` is set; left out when there is none. */
  readonly initPorts?: readonly ContainerPort[];
  /** `Succeeded` and `Failed` pods hold no address any more. */
  readonly phase?: PodPhase;
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

/** A machine of the cluster. */
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
  /** The object's own; left out when it has none. */
  readonly labels?: Labels;
  /** @default `ClusterIP` */
  readonly type?: string;
  /** The labels of the pods behind it; left out where its endpoints are kept by hand, and for an ExternalName. */
  readonly selector?: Labels;
  readonly ports: readonly ServicePort[];
  /** Cluster IPs, external IPs and load balancer addresses. */
  readonly addresses: readonly string[];
  /** Those of them that only exist inside the cluster; left out when none is known. */
  readonly clusterIps?: readonly string[];
  readonly externalTrafficPolicy?: string;
  readonly source?: SourcePosition;
}

export interface ServicePort {
  readonly name?: string;
  /** The service's own port. */
  readonly port: number;
  readonly protocol: Protocol;
  /** The pods' port, by number or name. Policies judge this one. */
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

/** The service that an ingress sends a host's path to. */
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
  /** Where the policy lives: `metadata.namespace`, or the one it is applied to. Left out: in no namespace. */
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

/**
 * Something that could not be understood. What is left out could be anything: without `kind`, or as a
 * `NetworkPolicy`, it may be a policy, of every namespace when `namespace` is left out.
 */
export interface Unreadable {
  /** `NetworkPolicy`, `Namespace`, `Deployment`…; left out when even that is not known. */
  readonly kind?: string;
  readonly namespace?: string;
  /** Without `namespace`: those in which it is not, because everything there was read. */
  readonly except?: readonly string[];
  readonly name?: string;
  /** For a policy whose scope could be read although the rest could not. */
  readonly podSelector?: LabelSelector;
  /** Set for an object with a pod template of a kind that Kubernetes itself does not have. */
  readonly isWorkload?: true;
  /** Without `kind`: the kinds of policies beside NetworkPolicy of which it may be one. */
  readonly mayBe?: readonly OtherPolicyKind[];
  /** The reason. */
  readonly problem: Problem;
  readonly source?: SourcePosition;
}

/** `shop/db`: how a person names an object; one that stands in no namespace by its name alone. */
export function qualifiedName({
  namespace,
  name,
}: {
  readonly namespace?: string;
  readonly name: string;
}): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/**
 * `app/shop/db-ingress, main.ts:12:5`, `policies/db.yaml:12:3`: a position as text. The construct comes first, and
 * its line in the user's program takes the place of the one in the manifest, if they are known.
 */
export function describeSource({ construct, code, file, line, column }: SourcePosition): string {
  const parts = code === undefined ? [file, line, column] : [code.file, code.line, code.column];
  const place = parts.filter((part) => part !== undefined).join(':');
  return [construct, place].filter((part) => part !== undefined && part !== '').join(', ');
}
