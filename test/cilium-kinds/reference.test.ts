import fc from 'fast-check';
import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { policies } from '../cilium/arbitrary';
import { CLUSTER, PROBES, PROFILE, REFERENCE_CLUSTER } from '../cilium/small-cluster';
import { runs } from '../support/runs';
import { ReferenceAgent } from './reference';

const RUNS = runs(150, 20_000);

test('every certain verdict beneath policies of all three kinds is that of the reference', () => {
  let certain = 0;
  fc.assert(
    fc.property(policies, (list) => {
      const agent = new ReferenceAgent(REFERENCE_CLUSTER, list);
      const { cluster } = readManifests([...CLUSTER, ...list] as object[]);
      const reachability = Reachability.of(cluster, { profile: PROFILE });
      const wrong = PROBES.flatMap(({ words, ask, flow }) => {
        const outcome = reachability.outcome(ask);
        certain += outcome === 'unknown' ? 0 : 1;
        return outcome === 'unknown' || (outcome === 'allowed') === agent.passes(flow)
          ? []
          : [`${words}: ${outcome}`];
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  expect(certain / RUNS / PROBES.length).toBeGreaterThan(0.6);
}, 3_600_000);
