import type { SourcePosition } from './cluster';
import type { LabelSelector } from './label-selector';
import type { Labels } from './labels';

/** Who calls pods: what manifests tell of the API server, of gateways and of whoever reads metrics. No verdict is founded on it. */

/** A service that the API server calls: a webhook, or an API of somebody else's that it hands requests on to. */
export interface ApiServerCall {
  /** The kind of the object that registers it. */
  readonly kind:
    | 'ValidatingWebhookConfiguration'
    | 'MutatingWebhookConfiguration'
    | 'CustomResourceDefinition'
    | 'APIService';
  /** The name of that object. */
  readonly name: string;
  /** Which of the object's webhooks; left out for a kind that registers one service alone. */
  readonly webhook?: string;
  readonly service: BackendService;
  readonly source?: SourcePosition;
}

/** A port of a service that something sends to. */
export interface BackendService {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** A Gateway of the Gateway API. */
export interface Gateway {
  readonly namespace: string;
  readonly name: string;
  readonly className?: string;
  /** Set where its addresses name a service that is there already, whose pods then serve it, wherever these run. */
  readonly isServedElsewhere?: true;
  readonly listeners: readonly Listener[];
  readonly source?: SourcePosition;
}

/** What a Gateway listens for, and whose routes it takes there. */
export interface Listener {
  readonly name: string;
  readonly port: number;
  /** `HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP`, or one that a controller has made up. */
  readonly protocol: string;
  /** @default every host */
  readonly host?: string;
  /** The kinds of routes that it takes. @default those that its protocol carries */
  readonly kinds?: readonly string[];
  /** The namespaces whose routes it takes: the gateway's own, every one, none, or those with labels. */
  readonly takesFrom: 'Same' | 'All' | 'None' | LabelSelector;
}

export type RouteKind = 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute';

/** A route of the Gateway API: from gateways to services. */
export interface Route {
  readonly kind: RouteKind;
  readonly namespace: string;
  readonly name: string;
  readonly gateways: readonly RouteParent[];
  /** The hosts that it is for. @default every host of a listener */
  readonly hosts?: readonly string[];
  readonly backends: readonly RouteBackend[];
  readonly source?: SourcePosition;
}

/** A service that a route sends to. */
export interface RouteBackend extends BackendService {
  /** Set where its weight is 0: it gets nothing until somebody shifts the weights. */
  readonly isIdle?: true;
}

/** A Gateway that a route is for. */
export interface RouteParent {
  readonly namespace: string;
  readonly name: string;
  /** The name of the only listener that is meant. @default every listener that takes the route */
  readonly listener?: string;
  /** The only port that is meant. @default every one */
  readonly port?: number;
}

/** A Gateway of Istio: what gateway pods serve, wherever these run. */
export interface IstioGateway {
  readonly namespace: string;
  readonly name: string;
  /** The labels of those pods. */
  readonly selector: Labels;
  readonly source?: SourcePosition;
}

/** A VirtualService of Istio, as far as gateways follow it: what holds for the mesh alone is left out. */
export interface VirtualService {
  readonly namespace: string;
  readonly name: string;
  /** The namespaces whose pods see it; left out for all of them. */
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
  /** Set when only some of the pods behind the service are meant. */
  readonly isSubset?: true;
}

/** Asks somebody to read metrics of pods. */
export interface Monitor {
  /** Selects services, and the pods behind them, or pods. */
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** Prometheus Operator's own group, or that of Azure Monitor: each has its own readers. */
  readonly group: 'monitoring.coreos.com' | 'azmonitoring.coreos.com';
  readonly namespace: string;
  readonly name: string;
  readonly selector: LabelSelector;
  /** The namespaces of what it selects. @default its own */
  readonly namespaces?: readonly string[] | 'any';
  readonly endpoints: readonly MonitoredPort[];
  readonly source?: SourcePosition;
}

/** Where metrics are read: exactly one of the two is there. */
export interface MonitoredPort {
  /** The name of the service's port; of a PodMonitor, of the containers'. */
  readonly port?: string;
  /** The containers' own port as they declare it, by number or name. */
  readonly targetPort?: number | string;
}
