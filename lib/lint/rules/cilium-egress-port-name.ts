import { defined } from '../../model/defined';
import { listWords } from '../../model/word-list';
import { write } from '../fix';
import { eachDeparture, type LintRule } from '../lint-rule';
import { CILIUM } from '../rule-engines';

export const ciliumEgressPortName: LintRule = {
  id: 'cilium-egress-port-name',
  severity: 'error',
  summary:
    'on cilium, an egress rule names a port, which Cilium before 1.20 turns into one number for everybody',
  engines: CILIUM,
  fix: 'write the number of the port',
  check: eachDeparture(['egress-port-name-is-one-number'], (departure, policy, context) => {
    const { port: entry } = departure;
    const numbers = entry === undefined ? [] : context.facts.numbersInCluster(entry);
    if (entry === undefined || numbers.length === 0) {
      return undefined;
    }
    const isManaged = context.profile.engine === 'cilium';
    const who = isManaged ? 'Cilium' : 'Cilium before 1.20';
    const name = entry.port;
    const change = context.differences.change(policy, departure);
    const isWider = change !== undefined && change.specified === 'denied';
    const isWrong = isManaged && (numbers.length > 1 || isWider);
    const field = [...entry.at, 'port'];
    return {
      severity: isWrong ? 'error' : 'warning',
      field,
      message:
        numbers.length > 1
          ? `${name} is ${listWords(numbers.map(String))} in this cluster, so ${who} opens nothing here`
          : isWider
            ? `${name} is ${numbers[0]} in the whole cluster, and ${who} opens ${numbers[0]} towards everybody this rule means`
            : `${name} is ${numbers[0]} in the whole cluster today; with ${who}, a workload of any namespace that gives it another number shuts it here`,
      ...defined({ witness: change?.text }),
      fix:
        numbers.length > 1
          ? 'write the number of the port, in a rule for each destination'
          : write(policy, field, numbers[0]),
    };
  }),
};
