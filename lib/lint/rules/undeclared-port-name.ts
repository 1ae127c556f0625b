import type { PolicyEntry } from '../../model/cluster';
import { nearestWord } from '../../model/edit-distance';
import type { TrafficPort } from '../../model/policy-rules';
import { describePort } from '../../model/policy-text';
import { listWords } from '../../model/word-list';
import { workloadNameOf } from '../../reachability/answers/crowd';
import { write } from '../fix';
import { byEntry } from '../kind-fixes';
import { eachPolicy, type LintRule } from '../lint-rule';
import { destinationsOf, type UndeclaredPort, undeclaredPort } from '../undeclared-ports';

export const undeclaredPortName: LintRule = {
  id: 'undeclared-port-name',
  severity: 'warning',
  summary: 'a rule names a port that none of its destinations declares',
  fix: 'write a name that the pods declare, or the number of the port',
  check: eachPolicy(function* (policy, context) {
    for (const rule of context.rulesInForce(policy)) {
      const named = (rule.ports ?? []).filter(({ port }) => typeof port === 'string');
      const destinations = named.length === 0 ? undefined : destinationsOf(context, policy, rule);
      for (const entries of destinations === undefined ? [] : byEntry(named)) {
        const found = entries.map(
          (entry) => destinations && undeclaredPort(context, rule.direction, destinations, entry),
        );
        const [entry, first] = [entries[0], found[0]];
        // One protocol with the name is enough.
        if (entry !== undefined && first !== undefined && !found.includes(undefined)) {
          yield { field: [...entry.at, 'port'], ...tell(policy, entry, first) };
        }
      }
    }
  }),
};

function tell(policy: PolicyEntry, entry: TrafficPort, { destinations, declared }: UndeclaredPort) {
  const isOne = destinations.length === 1;
  const names = listWords(destinations.map(workloadNameOf));
  const who = isOne ? `${names} declares no port` : `none of ${names} declares a port`;
  const ports = declared.map((each) => `${describePort({ ...each, port: each.name })} (${each.port})`);
  const has = `${isOne ? 'it declares' : 'they declare'} ${ports.length === 0 ? 'no name at all' : listWords(ports)}`;
  const portNames = declared.filter(({ protocol }) => protocol === entry.protocol).map(({ name }) => name);
  const near = nearestWord(String(entry.port), portNames);
  const [only, ...others] = new Set(portNames);
  const right = near ?? (others.length === 0 ? only : undefined);
  return {
    message: `${who} named ${describePort(entry)}, so this entry opens nothing; ${has}${near === undefined ? '' : `: did you mean ${near}?`}`,
    ...(right === undefined ? {} : { fix: write(policy, [...entry.at, 'port'], right) }),
  };
}
