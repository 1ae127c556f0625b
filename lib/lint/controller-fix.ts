import type { PortSet } from '../model/port-set';
import type { LintContext } from './context';
import type { RequestCarrier } from './controller';
import type { Fix } from './fix';
import { flow } from './flow';
import { openForOne, type ShutOne, type Wanted } from './opening-fix';
import { podsPeer, portEntries, portsPart, systemPeer } from './pieces';
import { portsCode } from './words';

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
