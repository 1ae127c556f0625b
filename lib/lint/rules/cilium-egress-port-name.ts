import { listWords } from '../../model/word-list';
import { about } from '../context';
import { write } from '../fix';
import type { LintRule, Observation } from '../lint-rule';
import { CILIUM } from '../rule-engines';

export const ciliumEgressPortName: LintRule = {
  id: 'cilium-egress-port-name',
  severity: 'error',
  summary:
    'on cilium, an egress rule names a port, which Cilium before 1.20 turns into one number for everybody',
  engines: CILIUM,
  fix: 'write the number of the port',
  *check(context) {
    const { cluster, differences, profile, facts } = context;
    const isManaged = profile.engine === 'cilium';
    const who = isManaged ? 'Cilium' : 'Cilium before 1.20';
    for (const policy of cluster.policies) {
      for (const departure of differences.by(policy, 'egress-port-name-is-one-number')) {
        const { port: entry } = departure;
        const numbers = entry === undefined ? [] : facts.numbersInCluster(entry);
        if (entry === undefined || numbers.length === 0) {
          continue;
        }
        const name = entry.port;
        differences.told.add(departure);
        const change = differences.change(policy, departure);
        const isWider = change !== undefined && change.specified === 'denied';
        const found: Observation = {
          ...about(policy),
          field: [...entry.at, 'port'],
          message:
            numbers.length > 1
              ? `${name} is ${listWords(numbers.map(String))} in this cluster, so ${who} opens nothing here`
              : isWider
                ? `${name} is ${numbers[0]} in the whole cluster, and ${who} opens ${numbers[0]} towards everybody this rule means`
                : `${name} is ${numbers[0]} in the whole cluster today; with ${who}, a workload of any namespace that gives it another number shuts it here`,
          ...(change === undefined ? {} : { witness: change.text }),
          fix:
            numbers.length > 1
              ? 'write the number of the port, in a rule for each destination'
              : write(policy, [...entry.at, 'port'], numbers[0]),
        };
        const isWrong = isManaged && (numbers.length > 1 || isWider);
        yield isWrong ? found : { ...found, severity: 'warning' };
      }
    }
  },
};
