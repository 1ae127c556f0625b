import { type DepartureId, departureText } from '../../aks/engine-departures';
import type { PolicyEntry, Workload } from '../../model/cluster';
import { listWords } from '../../model/word-list';
import { workloadNameOf } from '../../reachability/answers/crowd';
import { about, type LintContext } from '../context';
import { needsEngine } from '../engine-words';
import { networkPolicy } from '../example-manifests';
import { write } from '../fix';
import type { LintRule } from '../lint-rule';
import type { PartDeparture } from '../policy-departures';

/** How engines depart from the specification in what a name stands for on one pod. */
const OF_NAMES: readonly DepartureId[] = [
  'sidecar-port-name-not-seen',
  'init-port-name-may-be-seen',
  'port-name-is-that-of-last-container',
];

const example = (port: string | number) =>
  `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers: [{ name: agent, restartPolicy: Always, ports: [{ name: metrics, containerPort: 8099 }] }]
      containers: [{ name: web }]
` +
  networkPolicy('web', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }], ports: [{ port }] }],
  });

export const portNameNotSeen: LintRule = {
  id: 'port-name-not-seen',
  severity: 'error',
  summary: 'a rule names a port for which the engine looks in other containers than the specification',
  why:
    'By the specification a name stands for every port that a container or a sidecar, an init container that stays, gives ' +
    'it. Azure NPM and Cilium do not look at sidecars, Calico looks at all init containers or at none, by its version, ' +
    'and of several ports with one name Cilium keeps the last. What the engine does not see stays shut, and nothing says so.',
  fix: 'write the number of the port',
  sources: [
    { from: 'Azure NPM, source of 2026-08-20; cilium 1.16.19 to 1.20.2, NamedPortMap', read: '2026-11-30' },
    { from: 'projectcalico/calico#8881 and #8885; kubernetes#54213 and #125285', read: '2026-11-30' },
  ],
  misses: 'Names of pods that no manifest tells of.',
  bad: { manifests: example('metrics'), profile: { engine: 'azure' } },
  good: { manifests: example(8099), profile: { engine: 'azure' } },
  needs: needsEngine,
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
