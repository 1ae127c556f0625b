import { departureText } from '../../aks/engine-departures';
import { eachPolicy, type LintRule } from '../lint-rule';
import { ENFORCING } from '../rule-engines';

export const engineChangesConnections: LintRule = {
  id: 'engine-changes-connections',
  severity: 'info',
  summary: 'the engine reads a part of a policy otherwise than the specification, and a connection shows it',
  engines: ENFORCING,
  fix: 'write the policy so that both read it alike; aks-netpol explain tells more of the connection',
  check: eachPolicy(function* (policy, { differences }) {
    const said = new Set<string>();
    for (const departure of differences.of(policy)) {
      const { by, at } = departure;
      const key = by.join();
      // The rule rules-of-unlisted-type always speaks of that one.
      const isTold = differences.told.has(departure) || key === 'unlisted-section-enforced';
      const change = isTold || said.has(key) ? undefined : differences.change(policy, departure);
      if (change !== undefined) {
        said.add(key);
        yield { field: at, message: by.map(departureText).join('; '), witness: change.text };
      }
    }
  }),
};
