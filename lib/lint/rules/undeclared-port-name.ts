import { INJECTED_PORT_SOURCES } from '../../aks/injected-ports';
import type { PolicyEntry } from '../../model/cluster';
import { nearestWord } from '../../model/edit-distance';
import type { TrafficPort } from '../../model/policy-rules';
import { describePort } from '../../model/policy-text';
import { listWords } from '../../model/word-list';
import { workloadNameOf } from '../../reachability/answers/crowd';
import { about } from '../context';
import { deployment, networkPolicy } from '../example-manifests';
import { write } from '../fix';
import type { LintRule } from '../lint-rule';
import { destinationsOf, type UndeclaredPort, undeclaredPort } from '../undeclared-ports';

const example = (port: string) =>
  deployment('web', { ports: [{ name: 'http', containerPort: 8080 }] }) +
  networkPolicy('web', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }], ports: [{ port }] }],
  });

export const undeclaredPortName: LintRule = {
  id: 'undeclared-port-name',
  severity: 'warning',
  summary: 'a rule names a port that none of its destinations declares',
  why:
    'A port name stands for the container port of that name and protocol on the destination: the policy’s own pods for ' +
    'ingress, the peers for egress. Where nobody declares it the entry opens nothing, and nothing says so.',
  fix: 'write a name that the pods declare, or the number of the port',
  sources: [
    {
      from: 'kubernetes/kubernetes, staging/src/k8s.io/api/networking/v1/types.go (NetworkPolicyPort)',
      read: '2026-11-30',
    },
    { from: 'kubernetes-retired/dashboard#8045', read: '2026-11-30' },
    ...INJECTED_PORT_SOURCES,
  ],
  misses:
    'Rules whose destinations may include pods that are not given (every pod of a namespace, all but some, namespaces ' +
    'by labels) unless the name is one slip away from a declared one, as misspelt-word counts slips. Names that some of the ' +
    'destinations declare. Ports of sidecars that Istio, Dapr and Linkerd put into pods. Addresses, which declare nothing. ' +
    'What cilium-egress-port-name tells of a name that others in the cluster declare.',
  bad: { manifests: example('htp') },
  good: { manifests: example('http') },
  *check(context) {
    for (const policy of context.cluster.policies) {
      for (const rule of context.rulesInForce(policy)) {
        const named = (rule.ports ?? []).filter(({ port }) => typeof port === 'string');
        const destinations = named.length === 0 ? undefined : destinationsOf(context, policy, rule);
        for (const entry of destinations === undefined ? [] : named) {
          const found = destinations && undeclaredPort(context, rule.direction, destinations, entry);
          if (found !== undefined) {
            yield { ...about(policy), field: [...entry.at, 'port'], ...tell(policy, entry, found) };
          }
        }
      }
    }
  },
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
