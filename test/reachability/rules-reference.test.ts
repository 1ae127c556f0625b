import fc from 'fast-check';
import { diffConnections } from '../../lib/diff/diff-connections';
import type { Cluster } from '../../lib/model/cluster';
import type { TrafficPeer } from '../../lib/model/policy-rules';
import { PortSet } from '../../lib/model/port-set';
import type { Party } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { type Guard, type GuardRule, guard } from '../support/guard';
import {
  cluster,
  DUAL_STACK,
  flowAmong,
  ipBlock,
  NAMESPACES,
  OUTSIDE,
  partlyKnown,
  port,
  selector,
} from './arbitrary';
import { type Flow, podsOf } from './reference';
import { areAllowing } from './rules-reference';

/** `npm run test:reference` tries 5,000. */
const RUNS = Math.max(300, Number(process.env.REFERENCE_CLUSTERS ?? 0) / 20);

const namespaces = fc.oneof(fc.constantFrom(...NAMESPACES), selector);

const peer: fc.Arbitrary<TrafficPeer> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pods' as const),
      namespaces,
      pods: selector,
      at: fc.constant([]),
    }),
  },
  {
    weight: 2,
    arbitrary: ipBlock.map((block) => ({
      kind: 'addresses' as const,
      cidr: block.cidr,
      except: 'except' in block ? (block.except ?? []) : [],
      at: [],
      blockAt: [],
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('cluster' as const, 'world' as const)
      .map((entity) => ({ kind: 'entity' as const, entity, at: [] })),
  },
);

const trafficPort = port.map(({ protocol = 'TCP', ...rest }) => ({ protocol, ...rest, at: [] }));
const some = <T>(of: fc.Arbitrary<T>) => fc.option(fc.array(of, { maxLength: 2 }), { nil: undefined });

const rule: fc.Arbitrary<GuardRule> = fc
  .record({
    action: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const, 'pass' as const),
    peers: some(peer),
    ports: some(trafficPort),
  })
  .map(({ action, peers, ports }) => ({
    action,
    ...(peers === undefined ? {} : { peers }),
    ...(ports === undefined ? {} : { ports }),
  }));

const rules = fc.array(rule, { maxLength: 2 });

const guards: fc.Arbitrary<Guard> = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    subject: fc.record({ namespaces, pods: selector }),
    tier: fc.constantFrom(undefined, 'admin' as const, 'baseline' as const),
    priority: fc.integer({ min: 0, max: 2 }),
    isolates: fc.subarray(['Ingress' as const, 'Egress' as const]),
    ingress: rules,
    egress: rules,
  })
  .map(({ tier, ...each }) => ({ ...each, ...(tier === undefined ? {} : { tier }) }));

/** A cluster with NetworkPolicies and policies of the other kind. */
const guarded: fc.Arbitrary<Cluster> = fc
  .tuple(cluster, fc.array(guards, { minLength: 1, maxLength: 4 }))
  .map(([each, more]) => ({ ...each, policies: [...each.policies, ...more.map(guard)] }));

const probed = guarded.chain((each) =>
  fc.record({
    cluster: fc.constant(each),
    flows: fc.array(flowAmong([...podsOf(each), ...OUTSIDE]), { minLength: 1, maxLength: 40, size: 'max' }),
  }),
);

const asked = ({ from, to, port: number, protocol }: Flow) => ({
  from: from.name,
  to: to.name,
  port: number,
  protocol,
});

function mistakes(reachability: Reachability, flows: readonly Flow[], truth: Cluster, mayDoubt = false) {
  return flows
    .map((flow) => ({
      ...asked(flow),
      really: areAllowing(truth, flow) ? 'allowed' : 'denied',
      verdict: reachability.verdict(asked(flow)).verdict,
    }))
    .filter(({ really, verdict }) => verdict !== really && !(mayDoubt && verdict === 'unknown'));
}

test('denies, levels, tiers and entities are judged as one connection after the other would be', () => {
  fc.assert(
    fc.property(probed, ({ cluster: each, flows }) => {
      expect(mistakes(Reachability.of(each), flows, each)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test('where not all is known, nothing is certain that is otherwise', () => {
  fc.assert(
    fc.property(probed, ({ cluster: each, flows }) => {
      expect(mistakes(Reachability.of(partlyKnown(each), DUAL_STACK), flows, each, true)).toEqual([]);
    }),
    { numRuns: Math.ceil(RUNS / 2) },
  );
}, 3_600_000);

test('the list of connections says of every pair of pods what a question says', () => {
  fc.assert(
    fc.property(guarded, (each) => {
      const reachability = Reachability.of(each);
      const running = new Set(podsOf(each).map(({ name }) => name));
      const listed = new Map<string, PortSet>();
      for (const { from, to, ports } of reachability.connections()) {
        for (const source of namesIn(from).filter((name) => running.has(name))) {
          for (const target of namesIn(to).filter((name) => running.has(name) && name !== source)) {
            const pair = `${source} ${target}`;
            listed.set(pair, (listed.get(pair) ?? PortSet.NONE).or(ports));
          }
        }
      }
      for (const from of running) {
        for (const to of running) {
          if (from !== to) {
            const { ports } = reachability.verdict({ from, to });
            expect(String(listed.get(`${from} ${to}`) ?? PortSet.NONE)).toBe(String(ports));
          }
        }
      }
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
}, 3_600_000);

/** `ns/pod` of all pods of a party. */
function namesIn({ workloads = [] }: Party): string[] {
  return workloads.flatMap(({ workload, pods = workload.pods.map(({ name }) => name) }) =>
    pods.map((name) => `${workload.namespace}/${name}`),
  );
}

test('a difference misses nothing that such policies change', () => {
  fc.assert(
    fc.property(guarded, (each) => {
      const plain = { ...each, policies: each.policies.filter(({ kind }) => kind === 'NetworkPolicy') };
      const [before, after] = [Reachability.of(plain), Reachability.of(each)];
      const changed = new Set<string>();
      for (const { from, to } of diffConnections(before, after)) {
        for (const source of namesIn(from)) {
          for (const target of namesIn(to)) {
            changed.add(`${source} ${target}`);
          }
        }
      }
      for (const { name: from } of podsOf(each)) {
        for (const { name: to } of podsOf(each)) {
          const [was, is] = [before, after].map((each) => String(each.verdict({ from, to }).ports));
          expect([from, to, was !== is && from !== to && !changed.has(`${from} ${to}`)]).toEqual([
            from,
            to,
            false,
          ]);
        }
      }
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
}, 3_600_000);
