import fc from 'fast-check';
import type { Cluster } from '../../lib/model/cluster';
import type { TrafficPeer, TrafficPort } from '../../lib/model/policy-rules';
import { Reachability } from '../../lib/reachability/reachability';
import { type Guard, type GuardRule, guard } from '../support/guard';
import { runs } from '../support/runs';
import { cluster, NAMESPACES, selector } from './arbitrary';
import { type Endpoint, type Flow, podsOf } from './reference';
import { areAllowing, hasLookedUp } from './rules-reference';

/** Host names in random worlds, where each host has an address and pods have asked for names or have not. */

/** `npm run test:reference` tries 5,000. */
const RUNS = runs(100, 1500);

const HOSTS = ['a.example.com', 'b.example.com', 'c.example.org'] as const;
const PATTERNS = [...HOSTS, '*.example.com', 'a*.example.com', '*.*.org', '*.com'];
const ADDRESSES = ['20.0.0.1', '30.0.0.1', '40.1.2.3'];
/** Nobody's pod answers questions for names. */
const SERVER: Endpoint = { name: 'server', addresses: ['50.0.0.53'] };

const block = fc
  .constantFrom('0.0.0.0/0', '20.0.0.0/8', '30.0.0.0/7', '0.0.0.0/1', '128.0.0.0/1')
  .map((cidr) => ({ kind: 'addresses' as const, cidr, except: [], at: [], blockAt: [] }));
const name = fc.constantFrom(...PATTERNS).map((each) => ({ kind: 'name' as const, name: each, at: [] }));
const world = fc.constant({ kind: 'entity' as const, entity: 'world' as const, at: [] });
const pods = fc.record({
  kind: fc.constant('pods' as const),
  namespaces: fc.constantFrom(...NAMESPACES),
  pods: selector,
  at: fc.constant([]),
});
const port = (number: number, protocol: 'TCP' | 'UDP'): TrafficPort => ({ protocol, port: number, at: [] });
const asking = fc.subarray(PATTERNS, { minLength: 1, maxLength: 2 }).map(
  (names): GuardRule => ({
    action: 'allow',
    ports: [{ ...port(53, 'UDP'), filter: { kind: 'dns', names } }],
  }),
);
const plain = fc
  .record({
    action: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const),
    peers: fc.option(fc.array(fc.oneof<fc.Arbitrary<TrafficPeer>[]>(block, world, pods), { maxLength: 2 }), {
      nil: undefined,
      freq: 4,
    }),
    ports: fc.constantFrom(undefined, [port(443, 'TCP')], [port(443, 'TCP')], [port(53, 'UDP')]),
  })
  .map(
    ({ action, peers, ports }): GuardRule => ({ action, ...(peers && { peers }), ...(ports && { ports }) }),
  );
const named = fc
  .array(name, { minLength: 1, maxLength: 2 })
  .map((peers): GuardRule => ({ action: 'allow', peers, ports: [port(443, 'TCP')] }));

const guards: fc.Arbitrary<Guard> = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  subject: fc.record({
    namespaces: fc.constantFrom<string | object>(...NAMESPACES, ...NAMESPACES, {}),
    pods: fc.oneof(fc.constant({}), fc.constant({}), selector),
  }),
  isolates: fc.constantFrom(['Egress' as const], []),
  egress: fc.array(fc.oneof(asking, named, named, plain), { maxLength: 3 }),
});

const worlds = fc.record({
  cluster: fc
    .tuple(cluster, fc.array(guards, { minLength: 1, maxLength: 3 }))
    .map(([each, more]): Cluster => ({ ...each, policies: more.map(guard) })),
  addresses: fc.shuffledSubarray(ADDRESSES, { minLength: 3 }),
  /** Whether all pods run on one node, where what one has looked up all know. */
  isOneNode: fc.boolean(),
  mayWiden: fc.boolean(),
});

test('what is said of a host for sure is true wherever its address lies', () => {
  let [certain, all] = [0, 0];
  fc.assert(
    fc.property(worlds, ({ cluster: each, addresses, isOneNode, mayWiden }) => {
      const reachability = Reachability.of(each);
      const running = podsOf(each);
      for (const from of running) {
        const neighbours = isOneNode ? running : [from];
        for (const [i, host] of HOSTS.entries()) {
          const isKnown = neighbours.some((pod) =>
            hasLookedUp({ cluster: each, server: SERVER, mayWiden }, pod, host),
          );
          const to: Endpoint = {
            name: host,
            addresses: [addresses[i] as string],
            lookedUp: isKnown ? [host] : [],
          };
          for (const number of [443, 80]) {
            const flow: Flow = { from, to, port: number, protocol: 'TCP' };
            const really = areAllowing(each, flow) ? 'allowed' : 'denied';
            const { verdict, doubts } = reachability.verdict({ from: from.name, to: host, port: number });
            all += 1;
            certain += verdict === 'unknown' ? 0 : 1;
            expect([from.name, host, number, verdict === 'unknown' ? really : verdict]).toEqual([
              from.name,
              host,
              number,
              really,
            ]);
            expect(verdict === 'unknown' ? doubts.length : 1).toBeGreaterThan(0);
          }
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(certain / all).toBeGreaterThan(0.6);
}, 3_600_000);
