import { qualifiedName } from '../../model/cluster';
import { howShut, lettingIn, mayReach } from '../controller';
import { entrances } from '../ingress-controllers';
import type { LintRule } from '../lint-rule';

export const ingressControllerCutOff: LintRule = {
  id: 'ingress-controller-cut-off',
  severity: 'error',
  summary: 'an ingress sends to pods that its controller cannot reach',
  fix: {
    yaml: 'add an ingress rule from the pods of the controller, or from the subnet of an Application Gateway, with the ports of the pods',
    code:
      'add the rule AksTraffic.on(profile).fromApplicationRouting({ ports }), fromGateway(...) or fromIstioIngress(...), ' +
      'with the ports of the pods; for Application Gateway IngressRule.allow({ from: [Peer.ipBlock(subnet)], ports })',
  },
  *check(context) {
    for (const { controller, backends, ...found } of entrances(context)) {
      const told = new Set<string>();
      for (const { namespace, name, port } of backends) {
        for (const { workload, ports } of context.targets.behind(namespace, name, port)) {
          const reach = context.facts
            .reachesOf('Ingress', context.facts.setOf([workload]))
            .find((each) => !mayReach(controller, each, ports, context));
          const key = `${qualifiedName(workload)} ${ports}`;
          if (reach === undefined || told.has(key)) {
            continue;
          }
          told.add(key);
          yield {
            ...found,
            message: `${controller.name} cannot reach ${qualifiedName(workload)} on ${ports}: ${howShut(controller, reach)}`,
            witness: `${controller.name} → ${qualifiedName(workload)} on ${ports} is denied`,
            fix: lettingIn(controller, { policies: reach.policies, workload }, ports, context),
          };
        }
      }
    }
  },
};
