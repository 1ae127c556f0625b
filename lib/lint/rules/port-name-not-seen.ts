import { type DepartureId, departureText } from '../../aks/engine-departures';
import type { PolicyEntry, Workload } from '../../model/cluster';
import { listWords } from '../../model/word-list';
import { workloadNameOf } from '../../reachability/answers/crowd';
import type { LintContext } from '../context';
import { write } from '../fix';
import { eachDeparture, type LintRule } from '../lint-rule';
import type { PartDeparture } from '../policy-departures';
import { ENFORCING } from '../rule-engines';

/** How engines depart from the specification in what a name stands for on one pod. */
const OF_NAMES: readonly DepartureId[] = [
  'sidecar-port-name-not-seen',
  'init-port-name-may-be-seen',
  'port-name-is-that-of-last-container',
];

export const portNameNotSeen: LintRule = {
  id: 'port-name-not-seen',
  severity: 'error',
  summary: 'a rule names a port for which the engine looks in other containers than the specification',
  engines: ENFORCING,
  fix: 'write the number of the port',
  check: eachDeparture(OF_NAMES, (departure, policy, context) => {
    const { differences, facts } = context;
    const { by, port: entry } = departure;
    // The rule cilium-egress-port-name speaks of names that Cilium looks up in the whole cluster.
    if (entry === undefined || differences.told.has(departure)) {
      return undefined;
    }
    const ids = by.filter((id) => OF_NAMES.includes(id));
    const { who, numbers } = declaredBy(context, policy, departure);
    const field = [...entry.at, 'port'];
    return {
      severity: ids.some((id) => facts.does(id) === 'yes') ? 'error' : 'warning',
      field,
      message: `${entry.port} is ${listWords(numbers.map(String))} on ${listWords(who.map(workloadNameOf))}: ${ids.map(departureText).join('; ')}`,
      ...differences.witness(policy, departure),
      fix: numbers.length === 1 ? write(policy, field, numbers[0]) : 'write the numbers that are meant',
    };
  }),
};

/** The destinations of an entry whose containers give its name to a port, and the numbers of these ports, ascending. */
function declaredBy({ facts }: LintContext, policy: PolicyEntry, departure: PartDeparture) {
  const { direction, port: entry } = departure;
  const meant = direction === 'Ingress' ? facts.selected(policy).possible : departure.effect().concerned;
  const numbersOn = (workload: Workload) =>
    [workload, ...workload.pods].flatMap(({ ports = [], initPorts = [] }) =>
      [...ports, ...initPorts].flatMap(({ name, protocol, port }) =>
        name === entry?.port && protocol === entry?.protocol ? port : [],
      ),
    );
  const who = meant.list().filter((workload) => numbersOn(workload).length > 0);
  return { who, numbers: [...new Set(who.flatMap(numbersOn))].sort((a, b) => a - b) };
}
