import fc from 'fast-check';
import type { Cluster, Unreadable } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';
import {
  cluster,
  clusterOfContainers,
  DUAL_STACK,
  entriesOf,
  flowAmong,
  namespacedSpec,
  OUTSIDE,
  partlyKnown,
} from './arbitrary';
import { type Flow, isAllowed, podsOf } from './reference';

/** `npm run test:reference` sets 100,000. */
const CLUSTERS = Number(process.env.REFERENCE_CLUSTERS ?? 300);
const PROBES = 40;

const probing = (clusters: fc.Arbitrary<Cluster>) =>
  clusters.chain((each) =>
    fc.record({
      cluster: fc.constant(each),
      flows: fc.array(flowAmong([...podsOf(each), ...OUTSIDE]), {
        minLength: 1,
        maxLength: PROBES,
        size: 'max',
      }),
    }),
  );

const probed = probing(cluster);

const asked = ({ from, to, port, protocol }: Flow) => ({ from: from.name, to: to.name, port, protocol });

/** The flows with another verdict than in reality. */
function mistakes(reachability: Reachability, flows: readonly Flow[], truth: Cluster, mayDoubt = false) {
  return flows
    .map((flow) => ({
      ...asked(flow),
      really: isAllowed(truth, flow) ? 'allowed' : 'denied',
      verdict: reachability.verdict(asked(flow)).verdict,
    }))
    .filter(({ really, verdict }) => verdict !== really && !(mayDoubt && verdict === 'unknown'));
}

test('the evaluator and the reference agree on random clusters', () => {
  fc.assert(
    fc.property(probed, ({ cluster: each, flows }) => {
      return mistakes(Reachability.of(each), flows, each).length === 0;
    }),
    { numRuns: CLUSTERS },
  );
}, 3_600_000);

test('they agree on clusters of pods with sidecars and init containers, too', () => {
  fc.assert(
    fc.property(probing(clusterOfContainers), ({ cluster: each, flows }) => {
      return mistakes(Reachability.of(each), flows, each).length === 0;
    }),
    { numRuns: CLUSTERS },
  );
}, 3_600_000);

test('a verdict on a cluster not wholly known holds whatever the unknown turns out to be', () => {
  fc.assert(
    fc.property(probed, ({ cluster: each, flows }) => {
      return mistakes(Reachability.of(partlyKnown(each), DUAL_STACK), flows, each, true).length === 0;
    }),
    { numRuns: Math.ceil(CLUSTERS / 3) },
  );
}, 3_600_000);

test('a verdict beside an unreadable policy holds whatever the policy turns out to be', () => {
  fc.assert(
    fc.property(probed, namespacedSpec, ({ cluster: each, flows }, { namespace, spec }) => {
      const problem = { code: 'type-mismatch', at: '', got: '', problem: '', fix: '' } as const;
      const unreadable = [{ kind: 'NetworkPolicy', namespace, name: 'broken', problem }];
      const reachability = Reachability.of({ ...each, unreadable });
      const readable = { ...each, policies: [...each.policies, ...entriesOf([{ namespace, spec }])] };
      return mistakes(reachability, flows, readable, true).length === 0;
    }),
    { numRuns: Math.ceil(CLUSTERS / 3) },
  );
}, 3_600_000);

test('so does one beside policies that could not be listed but in some namespaces, and there it is as certain as ever', () => {
  fc.assert(
    fc.property(probed, namespacedSpec, ({ cluster: each, flows }, { namespace, spec }) => {
      const problem = { code: 'forbidden', at: '', got: '', problem: '', fix: '' } as const;
      const except = each.namespaces.map(({ name }) => name).filter((name) => name !== namespace);
      const beside = (of: Pick<Unreadable, 'namespace' | 'except'>) =>
        Reachability.of(
          { ...each, unreadable: [{ kind: 'NetworkPolicy', problem, ...of }] },
          // AKS's own namespaces could not be listed.
          { knownOnly: true },
        );
      const readable = { ...each, policies: [...each.policies, ...entriesOf([{ namespace, spec }])] };
      const [elsewhere, there] = [beside({ except }), beside({ namespace })];
      return (
        mistakes(elsewhere, flows, readable, true).length === 0 &&
        [...elsewhere.connections()].length === [...there.connections()].length
      );
    }),
    { numRuns: Math.ceil(CLUSTERS / 3) },
  );
}, 3_600_000);
