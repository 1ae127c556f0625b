import { KONNECTIVITY_AGENTS } from '../../aks/system-pods';
import type { ApiServerCall } from '../../model/callers';
import { qualifiedName } from '../../model/cluster';
import { IpSet } from '../../model/ip-set';
import type { PortSet } from '../../model/port-set';
import { INTERNET_IPV4, INTERNET_IPV6 } from '../../reachability/sets/internet';
import { about, type LintContext } from '../context';
import type { GroupReach } from '../group-reach';
import { namedAddresses, nodeRange, podRange } from '../ip-blocks';
import { fromWebhookCallers } from '../lifelines';
import type { LintRule } from '../lint-rule';
import { openForOne } from '../opening-fix';
import { whatPoliciesDo } from '../words';

export const webhookCutOff: LintRule = {
  id: 'webhook-cut-off',
  severity: 'warning',
  summary: 'the API server cannot reach the pods behind a webhook or an aggregated API',
  fix: {
    yaml: 'add an ingress rule from the konnectivity agents of kube-system, with the ports of the pods',
    code: 'add the rule AksTraffic.on(profile).fromWebhookCallers({ ports })',
  },
  *check(context) {
    const told = new Set<string>();
    for (const call of context.cluster.apiServerCalls ?? []) {
      const { kind, name, service } = call;
      const behind = context.targets.behind(service.namespace, service.name, service.port);
      for (const { workload, ports } of behind) {
        const reach = context.facts
          .reachesOf('Ingress', context.facts.setOf([workload]))
          .find((each) => !mayBeLetIn(each, ports, context));
        const key = `${qualifiedName(workload)} ${kind} ${name} ${ports}`;
        if (reach === undefined || told.has(key)) {
          continue;
        }
        told.add(key);
        yield {
          ...about(workload),
          message: `${kind} ${name} has the API server call it on ${ports} (${purposeOf(call)}), and ${whoIsLetIn(reach, ports, context)}`,
          witness: `kube-system/konnectivity-agent → ${qualifiedName(workload)} on ${ports} is denied`,
          fix: openForOne(
            context,
            { policies: reach.policies, workload },
            fromWebhookCallers(ports, context.profile),
          ),
        };
      }
    }
  },
};

/** Whether something may let the API server in. */
function mayBeLetIn(reach: GroupReach, ports: PortSet, context: LintContext): boolean {
  const addresses = namedAddresses(reach, context, (block) => apiServersIn(block, context));
  return reach.openWithPods(KONNECTIVITY_AGENTS).overlaps(ports) || reach.openTo(addresses).overlaps(ports);
}

/**
 * The addresses of a block from which the API server may call. On cilium a block matches neither the agents nor nodes, and
 * one as wide as the internet is not meant for the subnet of an API server.
 */
function apiServersIn(block: IpSet, context: LintContext): IpSet {
  if (context.profile.engine !== 'cilium') {
    return block;
  }
  return block.covers(INTERNET_IPV4) || block.covers(INTERNET_IPV6)
    ? IpSet.NONE
    : block.without(podRange(context)).without(nodeRange(context));
}

/** What the API server calls for. */
function purposeOf({ kind, webhook }: ApiServerCall): string {
  return webhook === undefined
    ? kind === 'APIService'
      ? 'an aggregated API'
      : 'a conversion webhook'
    : `webhook ${webhook}`;
}

/** Whom policies let in on some ports, none of whom is the API server. */
function whoIsLetIn(reach: GroupReach, ports: PortSet, context: LintContext): string {
  return reach.openTo(namedAddresses(reach, context)).overlaps(ports)
    ? `${whatPoliciesDo(reach.policies, 'lets', 'let')} addresses alone in there: on cilium these are neither the konnectivity agents of kube-system nor nodes, and only an API server with VNet integration calls from another address`
    : `${whatPoliciesDo(reach.policies, 'lets', 'let')} neither the konnectivity agents of kube-system nor any address in there`;
}
