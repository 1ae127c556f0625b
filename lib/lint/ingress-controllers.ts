import { APPLICATION_ROUTING, GATEWAY_NAME_LABEL, type SystemPods } from '../aks/system-pods';
import { qualifiedName, type SourcePosition, type Workload } from '../model/cluster';
import { defined } from '../model/defined';
import type { PortSet } from '../model/port-set';
import type { Reach } from '../reachability/reach';
import type { LintContext } from './context';
import { istioEntrances } from './istio-entrances';

/** Something that sends users' requests to services, and who carries them. */
export interface Entrance {
  readonly object: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly source?: SourcePosition;
  readonly controller: Controller;
  readonly backends: readonly {
    readonly namespace: string;
    readonly service: string;
    /** Left out for the only port of the service. */
    readonly port?: number | string | undefined;
  }[];
}

/** Pods that carry requests: those of the platform, or workloads of these manifests. */
export type Controller = {
  readonly name: string;
  /** The ingress rule that lets it in, as code. */
  readonly letIn: (ports: string) => string;
} & (
  | { readonly pods: Pick<SystemPods, 'namespace' | 'labels'>; readonly workloads?: never }
  | { readonly pods?: never; readonly workloads: readonly Workload[] }
);

/** The class of application routing's own controller. */
const APPLICATION_ROUTING_CLASS = 'webapprouting.kubernetes.azure.com';

/** Classes whose controller is known by the label that its chart puts on the pods. */
const CHART_LABEL = 'app.kubernetes.io/name';
const CHARTS: Readonly<Record<string, string>> = { nginx: 'ingress-nginx', traefik: 'traefik' };

/** Classes whose gateways are pods beside the Gateway, marked with its name. */
const GATEWAY_CLASSES: readonly string[] = ['approuting-istio', 'istio'];

/** The ingresses and routes whose controller is known. */
export function* entrances(context: LintContext): Generator<Entrance> {
  const { cluster } = context;
  for (const { namespace, name, ingressClass, backends, source } of cluster.ingresses) {
    const controller = controllerOf(ingressClass, cluster.workloads);
    if (controller !== undefined) {
      yield {
        object: { kind: 'Ingress', namespace, name },
        ...defined({ source }),
        controller,
        backends: backends.map(({ service, port }) => ({ namespace, service, port })),
      };
    }
  }
  const gateways = new Map((cluster.gateways ?? []).map((gateway) => [qualifiedName(gateway), gateway]));
  for (const { namespace, name, gateways: parents, backends, source } of cluster.routes ?? []) {
    for (const gateway of parents.map((parent) => gateways.get(qualifiedName(parent)))) {
      if (gateway !== undefined && GATEWAY_CLASSES.includes(gateway.className ?? '')) {
        yield {
          object: { kind: 'HTTPRoute', namespace, name },
          ...defined({ source }),
          controller: {
            name: `gateway ${qualifiedName(gateway)}`,
            letIn: (ports) =>
              `AksTraffic.on(profile).fromGateway({ gateway: '${gateway.name}', namespace: '${gateway.namespace}', ports: ${ports} })`,
            pods: { namespace: gateway.namespace, labels: { [GATEWAY_NAME_LABEL]: gateway.name } },
          },
          backends: backends.map(({ namespace: of, name: service, port }) => ({
            namespace: of,
            service,
            port,
          })),
        };
      }
    }
  }
  yield* istioEntrances(context);
}

function controllerOf(
  ingressClass: string | undefined,
  workloads: readonly Workload[],
): Controller | undefined {
  if (ingressClass === APPLICATION_ROUTING_CLASS) {
    return {
      name: `application routing in ${APPLICATION_ROUTING.namespace}`,
      letIn: (ports) => `AksTraffic.on(profile).fromApplicationRouting({ ports: ${ports} })`,
      pods: APPLICATION_ROUTING,
    };
  }
  const chart = CHARTS[ingressClass ?? ''];
  const found = workloads.filter(
    ({ kind, labels }) => chart !== undefined && labels[CHART_LABEL] === chart && kind !== 'Job',
  );
  const [first] = found;
  const namespaces = [...new Set(found.map(({ namespace }) => `'${namespace}'`))].sort();
  return first === undefined || found.some(({ hostNetwork }) => hostNetwork)
    ? undefined
    : {
        name: qualifiedName(first),
        letIn: (ports) =>
          `IngressRule.allow({ from: [Peer.otherNamespaces({ namespaces: NamespaceSelector.named(${namespaces.join(', ')}), ` +
          `pods: PodSelector.labels({ '${CHART_LABEL}': '${chart}' }) })], ports: ${ports} })`,
        workloads: found,
      };
}

/** The ports on which a controller may reach some workloads, as far as their own policies go. */
export function openToController(
  { pods, workloads }: Controller,
  reach: Reach,
  context: LintContext,
): PortSet {
  return pods === undefined ? reach.openWith(context.survey.setOf(workloads)) : reach.openWithPods(pods);
}
