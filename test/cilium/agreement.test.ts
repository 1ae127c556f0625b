import fc from 'fast-check';
import { isEnforced } from '../../lib/aks/enforcement';
import { readLive } from '../../lib/manifests/read-live';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { Cluster } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';
import { ReferenceAgent } from '../cilium-kinds/reference';
import { sampleSeed } from '../support/sample-seed';
import { NAMESPACES, PODS, policies, SERVICES } from './arbitrary';
import { ask, passes } from './oracle';
import { CIDR_GROUPS, CLUSTER, PROBES, PROFILE, REFERENCE_CLUSTER } from './small-cluster';

/** What is said of policies of all three kinds, beside what Cilium's own code makes of them. */

/** Every object of a cluster, as its API server lists them. */
async function live(
  objects: readonly { readonly kind: string; readonly apiVersion: string }[],
): Promise<Cluster> {
  async function* parts() {
    for (const { kind, apiVersion, ...object } of objects) {
      yield { kind, apiVersion, objects: [object] };
    }
  }
  return (await readLive(parts(), true)).cluster;
}

/** Each run has two policies on average. */
const RUNS = Number(process.env.CILIUM_RUNS ?? 10_000);

test('every certain verdict is that of Cilium, and what it refuses is never taken for understood', async () => {
  let certain = 0;
  let all = 0;
  await fc.assert(
    fc.asyncProperty(policies, async (list) => {
      const { invalid, verdicts } = await ask({
        policies: list,
        namespaces: NAMESPACES,
        pods: PODS,
        services: SERVICES,
        groups: CIDR_GROUPS,
        nodes: [{ name: 'other', ip: '10.224.0.5' }],
        probes: PROBES.map(({ probe }) => probe),
      });
      const refused = list.filter((_, i) => invalid[i] !== null).map(({ metadata: { name } }) => name);
      const reference = new ReferenceAgent(REFERENCE_CLUSTER, list);
      expect(reference.refused).toEqual(refused);
      expect(PROBES.map(({ words, flow }) => [words, reference.passes(flow)])).toEqual(
        PROBES.map(({ words }, i) => [words, passes(verdicts[i] as never)]),
      );
      const objects = [...CLUSTER, ...list];
      const wrong: string[] = [];
      // Some of a cluster's objects, as in files, and all of them.
      for (const cluster of [readManifests(objects as object[]).cluster, await live(objects)]) {
        const enforced = (cluster.unjudged ?? []).filter((each) => isEnforced(each, PROFILE) === 'yes');
        expect(enforced.map(({ name }) => name).filter((name) => refused.includes(name ?? ''))).toEqual([]);
        const reachability = Reachability.of(cluster, { profile: PROFILE });
        for (const [i, { words, ask: question }] of PROBES.entries()) {
          const outcome = reachability.outcome(question);
          const passing = passes(verdicts[i] as never);
          all += 1;
          certain += outcome === 'unknown' ? 0 : 1;
          if (outcome !== 'unknown' && (outcome === 'allowed') !== passing) {
            wrong.push(`${words}: ${outcome}, and Cilium lets it ${passing ? 'pass' : 'not pass'}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    }),
    { numRuns: RUNS, seed: sampleSeed() },
  );
  expect(certain / all).toBeGreaterThan(0.6);
}, 3_600_000);
