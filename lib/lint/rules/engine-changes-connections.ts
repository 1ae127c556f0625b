import { departureText } from '../../aks/engine-departures';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { ENFORCING } from '../rule-engines';

export const engineChangesConnections: LintRule = {
  id: 'engine-changes-connections',
  severity: 'info',
  summary: 'the engine reads a part of a policy otherwise than the specification, and a connection shows it',
  engines: ENFORCING,
  fix: 'write the policy so that both read it alike; aks-netpol explain tells more of the connection',
  *check({ cluster, differences }) {
    for (const policy of cluster.policies) {
      const said = new Set<string>();
      for (const departure of differences.of(policy)) {
        const { by, at } = departure;
        const key = by.join();
        // The rule rules-of-unlisted-type always speaks of it.
        const isTold = differences.told.has(departure) || key === 'unlisted-section-enforced';
        if (isTold || said.has(key)) {
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
