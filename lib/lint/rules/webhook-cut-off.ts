import { qualifiedName } from '../../model/cluster';
import { mayBeLetIn, purposeOf, whoIsLetIn } from '../api-server';
import { about } from '../context';
import { fromWebhookCallers } from '../lifelines';
import type { LintRule } from '../lint-rule';
import { openForOne } from '../opening-fix';

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
      for (const { workload, ports } of context.targets.behind(
        service.namespace,
        service.name,
        service.port,
      )) {
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
