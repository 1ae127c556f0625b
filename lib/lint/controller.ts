import type { SystemPods } from '../aks/system-pods';
import type { Workload } from '../model/cluster';
import { IpSet } from '../model/ip-set';
import type { PodSelection } from '../model/policy-rules';
import type { PortSet } from '../model/port-set';
import { orTunnel } from './ambient';
import type { About, LintContext } from './context';
import type { Fix } from './fix';
import type { GroupReach } from './group-reach';
import { namedAddresses } from './ip-blocks';
import type { Wanted } from './lifelines';
import { openForOne, type ShutOne } from './opening-fix';
import { flow, podsPeer, portEntries, portsPart, systemPeer } from './pieces';
import { portsCode, whatPoliciesDo } from './words';

/** Something that sends users' requests to services, and who carries them. */
export interface Entrance extends About {
  readonly controller: RequestCarrier;
  readonly backends: readonly {
    readonly namespace: string;
    readonly name: string;
    /** Left out for the only port of the service. */
    readonly port?: number | string;
  }[];
}

/** Who carries requests: pods of the platform, workloads of these manifests, or a proxy outside the cluster. */
export type RequestCarrier = {
  readonly name: string;
} & (
  | {
      readonly is: 'pods';
      readonly pods: Pick<SystemPods, 'namespace' | 'labels'>;
      /** The ingress rule of the constructs that lets it in. */
      readonly preset: (ports: string) => string;
    }
  /** Those that are known, and how to select them. */
  | { readonly is: 'workloads'; readonly workloads: readonly Workload[]; readonly selection: PodSelection }
  /** Of its subnet nobody here knows the addresses. */
  | { readonly is: 'outside' }
);

/**
 * Whether a controller may reach some workloads on some ports, as far as their own policies go. One outside the cluster
 * may have any address, and is in no mesh.
 */
export function mayReach(
  controller: RequestCarrier,
  reach: GroupReach,
  ports: PortSet,
  context: LintContext,
): boolean {
  switch (controller.is) {
    case 'pods':
      return reach.openWithPods(controller.pods).overlaps(orTunnel(ports));
    case 'workloads':
      return reach.openWith(context.facts.setOf(controller.workloads)).overlaps(orTunnel(ports));
    default:
      // Where an engine does not filter IPv6, all of it is open: IPv6 counts where a block names it.
      return reach.openTo(IpSet.IPV4.or(namedAddresses(reach, context))).overlaps(ports);
  }
}

/** Why a controller does not get in where it is shut out. */
export function howShut({ is }: RequestCarrier, { policies }: GroupReach): string {
  return is === 'outside'
    ? `it is no pod, and ${whatPoliciesDo(policies, 'lets', 'let')} no address in there`
    : `${whatPoliciesDo(policies, 'does', 'do')} not let it in there`;
}

/** What lets a controller reach a workload that policies shut. */
export function lettingIn(
  controller: RequestCarrier,
  shut: ShutOne,
  ports: PortSet,
  context: LintContext,
): Fix {
  if (controller.is === 'outside') {
    const { name } = controller;
    return {
      yaml: `add the ingress rule { from: [{ ipBlock: { cidr: SUBNET } }], ports: ${flow(portEntries(ports))} }, where SUBNET is that of ${name}`,
      code: `add the rule IngressRule.allow({ from: [Peer.ipBlock(subnet)], ports: ${portsCode(ports)} }), where subnet is that of ${name}`,
    };
  }
  const wanted = { direction: 'Ingress', name: 'allow-ingress-controller' } as const;
  const rule = (peer: object): Wanted['rule'] => ({ from: [peer], ...portsPart(ports) });
  return openForOne(
    context,
    shut,
    controller.is === 'pods'
      ? { ...wanted, rule: rule(systemPeer(controller.pods)), preset: controller.preset(portsCode(ports)) }
      : { ...wanted, rule: rule(podsPeer(controller.selection)) },
  );
}
