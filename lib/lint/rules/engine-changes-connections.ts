import { type DepartureId, departureText, ENGINE_DEPARTURES } from '../../aks/engine-departures';
import { about } from '../context';
import { needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';

/** What other rules always speak of. */
const SAID_ELSEWHERE: readonly DepartureId[] = ['nothing-enforces', 'unlisted-section-enforced'];

const example = (value: string) =>
  `---
{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: red } } }
${deployment('db', { ports: [{ containerPort: 5432 }] })}${deployment('web')}` +
  networkPolicy('db', {
    podSelector: { matchLabels: { app: 'db' } },
    ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: value, operator: 'Exists' }] } }] }],
  });

export const engineChangesConnections: LintRule = {
  id: 'engine-changes-connections',
  severity: 'info',
  summary: 'the engine reads a part of a policy otherwise than the specification, and a connection shows it',
  why:
    'Engines leave the specification in ways that no other rule here names. Whoever reads the policy, or moves it to ' +
    'another engine, expects another connection than the cluster has.',
  fix: 'write the policy so that both read it alike; aks-netpol explain tells more of the connection',
  sources: [...new Set(ENGINE_DEPARTURES.map(({ source }) => source))].map((from) => ({
    from,
    read: '2026-11-22',
  })),
  misses: 'A change that shows on other connections than the few that are tried for each part of a policy.',
  bad: { manifests: example('all-namespaces'), profile: { engine: 'azure' } },
  good: { manifests: example('team'), profile: { engine: 'azure' } },
  needs: needsEngine,
  *check({ cluster, differences }) {
    for (const policy of cluster.policies) {
      const said = new Set<string>();
      for (const departure of differences.of(policy)) {
        const { by, at } = departure;
        const key = by.join();
        if (
          differences.told.has(departure) ||
          said.has(key) ||
          by.every((id) => SAID_ELSEWHERE.includes(id))
        ) {
          continue;
        }
        const change = differences.change(policy, departure);
        if (change !== undefined) {
          said.add(key);
          yield {
            ...about(policy),
            field: at,
            message: by.map(departureText).join('; '),
            witness: change.text,
          };
        }
      }
    }
  },
};
