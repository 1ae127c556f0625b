/** A cluster, its connections and its policies, as the reference reads them. */

export type Labels = Readonly<Record<string, string>>;

export interface ReferencePod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
}

/** What an agent knows: pods, the labels of namespaces, and what policies refer to. */
export interface ReferenceCluster {
  readonly namespaces: readonly { readonly name: string; readonly labels: Labels }[];
  readonly pods: readonly ReferencePod[];
  readonly services: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly labels: Labels;
    readonly selector?: Labels;
    readonly addresses?: readonly string[];
  }[];
  readonly groups: readonly { readonly name: string; readonly cidrs: readonly string[] }[];
}

/** An end of a connection. The node `own` is that of every pod. */
export type ReferenceEnd =
  | { readonly pod: ReferencePod }
  | { readonly node: 'own' | 'other' }
  | { readonly address: string; readonly isApiServer?: true };

export interface ReferenceFlow {
  readonly from: ReferenceEnd;
  readonly to: ReferenceEnd;
  readonly protocol: string;
  readonly port: number;
}

export type Selector = {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
};
export type Port = { readonly port: string; readonly endPort?: number; readonly protocol?: string };
export type ToPorts = {
  readonly ports?: readonly Port[];
  readonly rules?: { readonly http?: readonly object[]; readonly dns?: readonly object[] };
};
export type Rule = Readonly<Record<string, unknown>> & {
  readonly toPorts?: readonly ToPorts[];
  readonly icmps?: readonly object[];
};
export type Spec = {
  readonly endpointSelector: Selector;
  readonly ingress?: readonly Rule[];
  readonly ingressDeny?: readonly Rule[];
  readonly egress?: readonly Rule[];
  readonly egressDeny?: readonly Rule[];
  readonly enableDefaultDeny?: { readonly ingress?: boolean; readonly egress?: boolean };
};
export type ReferencePolicy = {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
  readonly specs?: readonly unknown[];
};
