import { fieldText } from '../../model/field-path';
import { count } from '../../model/word-list';
import { andOrSlips } from '../and-or';
import { remove, together } from '../fix';
import { peerElsewhere } from '../kind-fixes';
import { eachPolicy, type LintRule } from '../lint-rule';

export const andOrSlip: LintRule = {
  id: 'and-or-slip',
  severity: 'warning',
  summary: 'two entries of a rule were meant as one',
  fix: {
    yaml: 'write both selectors in one entry',
    code: 'write one peer: Peer.otherNamespaces({ namespaces, pods })',
  },
  check: eachPolicy(function* (policy, context) {
    for (const rule of context.rulesInForce(policy)) {
      for (const { namespaces, pods, meant, apart, asOne } of andOrSlips(context, policy, rule)) {
        yield {
          field: pods.at,
          message:
            `no workload of namespace ${policy.namespace} has these labels: apart, this entry and ` +
            `${fieldText(namespaces.at)} mean ${count(apart.length, 'workload')}, as one entry ` +
            `${count(asOne.length, 'workload')} (${context.words.workloads(asOne)})`,
          fix: together(peerElsewhere(policy, meant), remove(policy, pods.at)),
        };
      }
    }
  }),
};
