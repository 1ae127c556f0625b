import fc from 'fast-check';
import { ENGINE_NAMES } from '../../lib/aks/engines';
import { factsOf } from '../../lib/lint/cluster-facts';
import type { Cluster } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';
import { cluster, clusterOfContainers, OUTSIDE, ofIpv4, partlyKnown } from './arbitrary';
import { podsOf } from './reference';

const RUNS = { numRuns: 100 };
const engine = fc.constantFrom(...ENGINE_NAMES);

/** Pods and IPv4 addresses, because no part of a policy tells what engines do with IPv6 and nodes. */
const endsOf = (each: Cluster) =>
  [...podsOf(each), ...OUTSIDE].map(({ name }) => name).filter((name) => !name.includes(':'));

/** The open ports of every pair of ends, without SCTP. */
function answers(reachability: Reachability, ends: readonly string[]): string[] {
  return ends.flatMap((from) =>
    ends.map((to) => {
      const { verdict, ports, possiblePorts } = reachability.verdict({ from, to });
      return `${from} to ${to}: ${verdict} ${ports} ${possiblePorts}`;
    }),
  );
}

test('where an engine judges a connection otherwise, it reads a part of some policy otherwise', () => {
  fc.assert(
    fc.property(clusterOfContainers.map(ofIpv4), engine, (each, name) => {
      const ends = endsOf(each);
      const actual = Reachability.of(each, { profile: { engine: name, kubernetesVersion: '1.31' } });
      const departs = each.policies.some((policy) => factsOf(actual).departures(policy).length > 0);
      if (!departs) {
        expect(answers(actual, ends)).toEqual(answers(Reachability.of(each), ends));
      }
    }),
    RUNS,
  );
});

test('without an engine nothing departs', () => {
  fc.assert(
    fc.property(cluster, (each) => {
      const facts = factsOf(Reachability.of(each));
      expect(each.policies.flatMap((policy) => facts.departures(policy))).toEqual([]);
    }),
    RUNS,
  );
});

test('an outcome is the verdict without its reasons', () => {
  fc.assert(
    fc.property(cluster, engine, (each, name) => {
      const reachability = Reachability.of(partlyKnown(each), { profile: { engine: name } });
      const ends = [...endsOf(each), 'internet'];
      for (const question of ends.flatMap((from) => ends.map((to) => ({ from, to, port: 80 })))) {
        expect(reachability.outcome(question)).toBe(reachability.verdict(question).verdict);
      }
    }),
    RUNS,
  );
});

test('what a workload admits from outside is what verdicts say', () => {
  fc.assert(
    fc.property(cluster, engine, (each, name) => {
      const reachability = Reachability.of(each, { profile: { engine: name } });
      for (const workload of each.workloads.filter(({ hostNetwork }) => !hostNetwork)) {
        const admitted = factsOf(reachability).admitted(workload);
        const to = `${workload.namespace}/${workload.name}`;
        for (const { set, ports } of admitted?.addresses ?? []) {
          const [range = ''] = set.ranges().filter((text) => !text.includes('-') && !text.includes(':'));
          const port = String(ports).split(', ')[0] as string;
          if (range !== '' && port !== '*') {
            expect(reachability.outcome({ from: range, to, port })).toBe('allowed');
          }
        }
      }
    }),
    RUNS,
  );
});
