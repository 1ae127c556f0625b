import fc from 'fast-check';
import type { Manifest } from '../../lib/convert/conversion';
import { convertPolicies } from '../../lib/convert/convert-policies';
import { diffConnections } from '../../lib/diff/diff-connections';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { Cluster } from '../../lib/model/cluster';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';
import { cluster, namespacedSpec } from '../reachability/arbitrary';
import { runs } from '../support/runs';
import { netpol } from './converted';

/** The cluster on Cilium with a policy as its only one. */
function judgedWith(policy: Manifest, world: Cluster): Reachability {
  const { policies, unjudged = [], unreadable } = readManifests([policy as object]).cluster;
  expect(unreadable).toEqual([]);
  expect(unjudged.flatMap(({ unread }) => unread ?? [])).toEqual([]);
  expect(policies.length + unjudged.length).toBe(1);
  return Reachability.of({ ...world, policies, unjudged }, { profile: { engine: 'cilium' } });
}

/** What surely changes where another policy stands in the place of one. */
const changes = (was: Manifest, is: Manifest, world: Cluster) =>
  diffConnections(judgedWith(was, world), judgedWith(is, world))
    .map(({ change }) => change)
    .filter((change) => change !== 'unknown');

/** A spec that every server takes: host bits are written as zero. */
const legal = (spec: NetworkPolicySpec): NetworkPolicySpec =>
  JSON.parse(JSON.stringify(spec).replaceAll('10.9.0.7/24', '10.9.0.0/24'));

test('in a random cluster a NetworkPolicy, its twin in Cilium and the twin of that are one', () => {
  let converted = 0;
  let all = 0;
  fc.assert(
    fc.property(namespacedSpec, cluster, ({ namespace, spec }, world) => {
      all += 1;
      const policy = netpol(legal(spec), { name: 'a', namespace });
      const [there] = convertPolicies([policy], { to: 'cilium', cluster: world });
      const twin = there?.twins[0];
      if (twin === undefined) {
        // The one thing drawn here that has none.
        expect(there?.problems).toMatchObject([{ problem: expect.stringContaining('only excludes') }]);
        return;
      }
      converted += 1;
      expect(changes(policy, twin, world)).toEqual([]);
      const [back] = convertPolicies([twin], { to: 'kubernetes', cluster: { ...world, policies: [] } });
      expect(back).toMatchObject({ problems: [], notes: [] });
      expect(changes(policy, back?.twins[0] as Manifest, world)).toEqual([]);
    }),
    { numRuns: runs(50, 500) },
  );
  expect(converted / all).toBeGreaterThan(0.85);
}, 60_000);
