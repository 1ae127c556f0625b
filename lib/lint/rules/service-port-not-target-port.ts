import { qualifiedName } from '../../model/cluster';
import { listWords } from '../../model/word-list';
import { eachPolicy, type LintRule } from '../lint-rule';
import { portsInstead, servicePortSlip } from '../service-ports';

export const servicePortNotTargetPort: LintRule = {
  id: 'service-port-not-target-port',
  severity: 'warning',
  summary: 'a rule allows the port of a service and not the port of its pods',
  fix: 'write the target port of the service, by number or name',
  check: eachPolicy(function* (policy, context) {
    for (const rule of context.rulesInForce(policy)) {
      for (const entry of rule.ports ?? []) {
        const slip = servicePortSlip(context, policy, rule, entry);
        if (slip !== undefined) {
          const { services, targets } = slip;
          const names = listWords(services.map(qualifiedName));
          yield {
            field: [...entry.at, 'port'],
            message:
              `${entry.port}/${entry.protocol} is the port of service ${names}, whose pods listen on ` +
              `${listWords(targets.map(String))}: this entry allows nothing`,
            fix: portsInstead(policy, entry, targets),
          };
        }
      }
    }
  }),
};
