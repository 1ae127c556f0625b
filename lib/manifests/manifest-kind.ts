import type { ApiServerCall, Gateway, IstioGateway, Monitor, Route, VirtualService } from '../model/callers';
import type { ClusterNode, Ingress, Maker, Namespace, PolicyEntry, Service } from '../model/cluster';
import type { WorkloadKind } from '../model/object-kinds';
import type { Problems } from '../model/problem';
import type { ControllerFields, Identity, LivePod } from './pod-template';
export class FoundObjects {
  public readonly namespaces: Namespace[] = [];
  public readonly nodes: ClusterNode[] = [];
  public readonly controllers: ControllerFields[] = [];
  public readonly pods: LivePod[] = [];
  public readonly services: Service[] = [];
  public readonly ingresses: Ingress[] = [];
  public readonly apiServerCalls: ApiServerCall[] = [];
  public readonly gateways: Gateway[] = [];
  public readonly routes: Route[] = [];
  public readonly istioGateways: IstioGateway[] = [];
  public readonly virtualServices: VirtualService[] = [];
  public readonly monitors: Monitor[] = [];
  public readonly makers: Maker[] = [];
  public readonly policies: PolicyEntry[] = [];
}

export interface ManifestKind {
  /** The version that is understood. */
  readonly apiVersion: string;
  readonly isNamespaced: boolean;
  /** For a kind with a pod template that Kubernetes itself does not have: its name as a workload. */
  readonly workload?: WorkloadKind;
  /** Reads an object, and returns how to add it if it has no problems. */
  read(value: object, identity: Identity, problems: Problems): (found: FoundObjects) => void;
}
