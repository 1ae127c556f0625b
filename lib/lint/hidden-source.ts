import type { Service, Workload } from '../model/cluster';
import { qualifiedName } from '../model/cluster';
import { append } from '../model/collections';
import { IpSet } from '../model/ip-set';
import { PortSet } from '../model/port-set';
import { isOutward, targetOf } from '../model/service-pods';
import { listWords } from '../model/word-list';
import type { LintContext } from './context';
import { isCalico, isNpm } from './rule-engines';

/** A pod behind a Service that hides where its clients come from. */
export interface HiddenSource {
  readonly workload: Workload;
  /**
   * `dropped`: policies admit clients, and drop them where they come with the address of a node; `not-known`: that may be
   * so; `closed`: policies admit nobody outside; `hole`: clients get past the policies.
   */
  readonly kind: 'dropped' | 'not-known' | 'closed' | 'hole';
  /** `8080/TCP` */
  readonly port: string;
  /** The ranges that are admitted. */
  readonly clients: string;
  readonly witness: string;
}

/** The Services with externalTrafficPolicy Cluster, each with the isolated workloads for which that matters. */
export function hiddenSources(context: LintContext): Map<Service, HiddenSource[]> {
  const found = new Map<Service, HiddenSource[]>();
  for (const service of context.cluster.services) {
    const { namespace, selector = {}, externalTrafficPolicy } = service;
    if (!isOutward(service) || externalTrafficPolicy === 'Local' || Object.keys(selector).length === 0) {
      continue;
    }
    for (const workload of context.facts
      .matching({ namespaces: namespace, pods: { matchLabels: selector } })
      .sure.list()) {
      for (const [port, ports] of targetPorts(service, workload)) {
        const hidden = judge(context, service, workload, port, ports);
        if (hidden !== undefined) {
          append(found, service, hidden);
        }
      }
    }
  }
  return found;
}

function judge(
  context: LintContext,
  service: Service,
  workload: Workload,
  port: string,
  ports: PortSet,
): HiddenSource | undefined {
  const admitted = context.facts.admitted(workload);
  if (admitted?.isolated !== 'yes') {
    return undefined;
  }
  const clients = IpSet.union(
    admitted.addresses.flatMap((part) => (part.ports.covers(ports) ? part.set : [])),
  );
  const found = { workload, port, clients: listWords(clients.ranges()) };
  const to = qualifiedName(workload);
  if (isNpm(context)) {
    return clients.covers(IpSet.IPV4)
      ? undefined
      : {
          ...found,
          kind: 'hole',
          witness: `internet → ${to} ${port} is allowed through the node of the pod`,
        };
  }
  if (admitted.nodes.covers(ports)) {
    return undefined;
  }
  if (clients.isEmpty) {
    return service.type === 'LoadBalancer'
      ? { ...found, kind: 'closed', witness: `internet → ${to} ${port} is denied` }
      : undefined;
  }
  return isCalico(context)
    ? { ...found, kind: 'dropped', witness: `another node → ${to} ${port} is denied` }
    : { ...found, kind: 'not-known', witness: `internet → ${to} ${port} by way of another node is unknown` };
}

/** The pods' ports behind a Service, as text and as sets; a name that the workload does not declare has none. */
function targetPorts({ ports }: Service, workload: Workload): [string, PortSet][] {
  return ports.flatMap((each): [string, PortSet][] => {
    const port = targetOf(each, workload.ports);
    return port === undefined ? [] : [[`${port}/${each.protocol}`, PortSet.range(each.protocol, port)]];
  });
}
