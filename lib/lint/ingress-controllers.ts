import { APPLICATION_GATEWAYS } from '../aks/application-gateways';
import { APPLICATION_ROUTING } from '../aks/system-pods';
import { qualifiedName, type Workload } from '../model/cluster';
import { about, type LintContext } from './context';
import type { Entrance, RequestCarrier } from './controller';
import { istioEntrances } from './istio-entrances';
import { namespacesCalled } from './pieces';
import { routeEntrances } from './route-entrances';

/** The class of application routing's own controller. */
const APPLICATION_ROUTING_CLASS = 'webapprouting.kubernetes.azure.com';

/** Classes whose controller is known by the label that its chart puts on the pods. */
const CHART_LABEL = 'app.kubernetes.io/name';
const CHARTS: Readonly<Record<string, string>> = { nginx: 'ingress-nginx', traefik: 'traefik' };

/** The ingresses and routes whose controller is known. */
export function* entrances(context: LintContext): Generator<Entrance> {
  const { cluster } = context;
  for (const ingress of cluster.ingresses) {
    const { namespace, ingressClass } = ingress;
    const controller = controllerOf(ingressClass, cluster.workloads);
    if (controller !== undefined) {
      const backends = ingress.backends.map(({ service, port }) => ({ namespace, name: service, port }));
      yield { ...about({ kind: 'Ingress', ...ingress }), controller, backends };
    }
  }
  yield* routeEntrances(context);
  yield* istioEntrances(context);
}

function controllerOf(
  ingressClass: string | undefined,
  workloads: readonly Workload[],
): RequestCarrier | undefined {
  if (ingressClass === APPLICATION_ROUTING_CLASS) {
    return {
      is: 'pods',
      name: `application routing in ${APPLICATION_ROUTING.namespace}`,
      preset: (ports) => `AksTraffic.on(profile).fromApplicationRouting({ ports: ${ports} })`,
      pods: APPLICATION_ROUTING,
    };
  }
  const outside = APPLICATION_GATEWAYS.find(({ ingressClasses }) =>
    ingressClasses.includes(ingressClass ?? ''),
  );
  if (outside !== undefined) {
    return { is: 'outside', name: outside.name };
  }
  const chart = CHARTS[ingressClass ?? ''];
  const found = workloads.filter(
    ({ kind, labels }) => chart !== undefined && labels[CHART_LABEL] === chart && kind !== 'Job',
  );
  const [first] = found;
  const namespaces = [...new Set(found.map(({ namespace }) => namespace))].sort();
  return first === undefined || found.some(({ hostNetwork }) => hostNetwork)
    ? undefined
    : {
        is: 'workloads',
        name: qualifiedName(first),
        selection: {
          namespaces: namespacesCalled(namespaces),
          pods: { matchLabels: { [CHART_LABEL]: chart as string } },
        },
        workloads: found,
      };
}
