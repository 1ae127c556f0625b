import type { LabelSelector } from './label-selector';
import type { Labels } from './labels';
import type { SourcePosition } from './source-position';

/* Who calls pods, according to manifests: the API server, gateways and scrapers of metrics. No verdict depends on it. */

/** A service that the API server calls: a webhook, or an aggregated API. */
export interface ApiServerCall {
  /** The kind of the object that registers it. */
  readonly kind:
    | 'ValidatingWebhookConfiguration'
    | 'MutatingWebhookConfiguration'
    | 'CustomResourceDefinition'
    | 'APIService';
  readonly name: string;
  /** Which of the object's webhooks; left out for kinds that register only one service. */
  readonly webhook?: string;
  readonly service: BackendService;
  readonly source?: SourcePosition;
}

export interface BackendService {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

export interface Gateway {
  readonly namespace: string;
  readonly name: string;
  readonly className?: string;
  /** Set if its addresses name an existing service: the pods of that service then serve it. */
  readonly isServedElsewhere?: true;
  readonly listeners: readonly Listener[];
  readonly source?: SourcePosition;
}

/** A port on which a Gateway listens, and the routes that may attach to it. */
export interface Listener {
  readonly name: string;
  readonly port: number;
  /** `HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP`, or one that a controller defines. */
  readonly protocol: string;
  /** @default every host */
  readonly host?: string;
  /** The kinds of routes that may attach. @default those of its protocol */
  readonly kinds?: readonly string[];
  /** The namespaces whose routes may attach: the gateway's own, all, none, or those with labels. */
  readonly takesFrom: 'Same' | 'All' | 'None' | LabelSelector;
}

export type RouteKind = 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute';

/** A route of the Gateway API, from gateways to services. */
export interface Route {
  readonly kind: RouteKind;
  readonly namespace: string;
  readonly name: string;
  readonly gateways: readonly RouteParent[];
  /** The hosts that it serves. @default every host of a listener */
  readonly hosts?: readonly string[];
  readonly backends: readonly RouteBackend[];
  readonly source?: SourcePosition;
}

export interface RouteBackend extends BackendService {
  /** Set if its weight is 0, so that it gets no traffic. */
  readonly isIdle?: true;
}

export interface RouteParent {
  readonly namespace: string;
  readonly name: string;
  /** @default every listener that allows the route */
  readonly listener?: string;
  /** @default every port */
  readonly port?: number;
}

export interface IstioGateway {
  readonly namespace: string;
  readonly name: string;
  /** The labels of the pods that serve it, in any namespace. */
  readonly selector: Labels;
  readonly source?: SourcePosition;
}

/** A VirtualService of Istio, without what applies only inside the mesh. */
export interface VirtualService {
  readonly namespace: string;
  readonly name: string;
  /** The namespaces whose pods see it. @default all */
  readonly exportTo?: readonly string[];
  readonly destinations: readonly GatewayDestination[];
  readonly source?: SourcePosition;
}

/** A service that gateways of Istio send to. */
export interface GatewayDestination {
  readonly gateways: readonly { readonly namespace: string; readonly name: string }[];
  readonly namespace: string;
  readonly name: string;
  /** @default the only port of the service */
  readonly port?: number;
  /** Set if only a subset of the pods behind the service is meant. */
  readonly isSubset?: true;
}

/** Asks scrapers to read metrics of pods. */
export interface Monitor {
  /** Selects services, and the pods behind them, or pods. */
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** The group of Prometheus Operator or of Azure Monitor: each has its own scrapers. */
  readonly group: 'monitoring.coreos.com' | 'azmonitoring.coreos.com';
  readonly namespace: string;
  readonly name: string;
  readonly selector: LabelSelector;
  /** The namespaces that it selects in. @default its own */
  readonly namespaces?: readonly string[] | 'any';
  readonly endpoints: readonly MonitoredPort[];
  readonly source?: SourcePosition;
}

/** Where metrics are read; exactly one field is set. */
export interface MonitoredPort {
  /** The name of the service's port, or of a container port for a PodMonitor. */
  readonly port?: string;
  /** The container port, by number or name. */
  readonly targetPort?: number | string;
}
