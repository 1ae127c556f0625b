import { type DepartureId, departureText } from '../../aks/engine-departures';
import type { PolicyEntry, Workload } from '../../model/cluster';
import { listWords } from '../../model/word-list';
import { workloadNameOf } from '../../reachability/answers/crowd';
import { about, type LintContext } from '../context';
import { write } from '../fix';
import type { LintRule } from '../lint-rule';
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
  *check(context) {
    const { cluster, differences, facts } = context;
    for (const policy of cluster.policies) {
      for (const departure of differences.by(policy, ...OF_NAMES)) {
        const { port: entry } = departure;
        // What Cilium makes of a name in the whole cluster has a rule of its own.
        if (entry === undefined || differences.told.has(departure)) {
          continue;
        }
        differences.told.add(departure);
        const ids = departure.by.filter((id) => OF_NAMES.includes(id));
        const change = differences.change(policy, departure);
        const { who, numbers } = declaredBy(context, policy, departure);
        const field = [...entry.at, 'port'];
        yield {
          ...about(policy),
          ...(ids.some((id) => facts.does(id) === 'yes') ? {} : { severity: 'warning' as const }),
          field,
          message: `${entry.port} is ${listWords(numbers.map(String))} on ${listWords(who.map(workloadNameOf))}: ${ids.map(departureText).join('; ')}`,
          ...(change === undefined ? {} : { witness: change.text }),
          fix: numbers.length === 1 ? write(policy, field, numbers[0]) : 'write the numbers that are meant',
        };
      }
    }
  },
};

/** The pods on which an entry means a port, whoever sees it, and the numbers that they give its name, ascending. */
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
