import fc from 'fast-check';
import { PodSet } from '../../lib/model/pod-set';
import { describePossible, type Party } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import {
  type End,
  endsOf,
  flowsAmong,
  hiddenEnd,
  isEnd,
  nameOf,
  OUTSIDE,
  PODS,
  PROBED,
  pairsIn,
  podsOf,
  Truth,
} from '../support/possible-ends';
import { areTogether, everyPod, fits } from '../support/possible-pods';
import { world } from '../support/possible-worlds';

/** `npm run test:reference` tries 5,000. */
const RUNS = Math.max(40, Number(process.env.REFERENCE_CLUSTERS ?? 0) / 20);

const worlds = fc.oneof(world({ isCertain: true }), world({ isCertain: false }));

test('each connection with a pod that is not known is in a row of such pods', () => {
  fc.assert(
    fc.property(worlds, fc.nat(), (each, n) => {
      const truth = new Truth(each.namespaces, each.cluster);
      const rows = [...Reachability.of(each.cluster, PODS).connections()];
      const missing: string[] = [];
      for (const { from, to, probe, flow } of flowsAmong(pairsIn(each, n))) {
        const isSubject =
          (from.pod !== undefined && truth.isSubject('Egress', from.pod)) ||
          (to.pod !== undefined && truth.isSubject('Ingress', to.pod));
        const isTold = each.known.includes(from.end) || each.known.includes(to.end) || isSubject;
        if (
          isTold &&
          truth.allowsBoth(flow, podsOf(from, to)) &&
          !rows.some(
            (row) => row.ports.has(probe.protocol, probe.port) && isEnd(row.from, from) && isEnd(row.to, to),
          )
        ) {
          missing.push(`${nameOf(from)} to ${nameOf(to)} ${probe.protocol} ${probe.port}`);
        }
      }
      expect(missing).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test('a pod that fits a row is treated by the known side as the row says', () => {
  fc.assert(
    fc.property(worlds, fc.nat(), (each, n) => {
      const truth = new Truth(each.namespaces, each.cluster);
      const wrong: string[] = [];
      for (const row of Reachability.of(each.cluster, PODS).connections()) {
        const [isFrom, isTo] = [row.from.possible !== undefined, row.to.possible !== undefined];
        if (row.verdict !== 'allowed' || (!isFrom && !isTo)) {
          continue;
        }
        const count = isFrom && isTo ? 12 : 60;
        const pairs = endsOf(row.from, each, n, count, 'from').flatMap((from) =>
          endsOf(row.to, each, n, count, 'to')
            .filter(({ pod }) => pod === undefined || from.pod === undefined || areTogether(pod, from.pod))
            .map((to) => [from, to] as const),
        );
        for (const probe of PROBED.filter(({ protocol, port }) => row.ports.has(protocol, port))) {
          const contradictions = (direction: 'Ingress' | 'Egress') =>
            pairs.filter(
              ([from, to]) =>
                !truth.allows(direction, { from: from.end, to: to.end, ...probe }, podsOf(from, to)),
            );
          const [sent, received] = [contradictions('Egress'), contradictions('Ingress')];
          // Of two sides with possible pods one is exact, and so is one opposite addresses.
          const isRight =
            isFrom && isTo
              ? sent.length === 0 || received.length === 0
              : (isFrom ? row.to.addresses !== undefined : row.from.addresses === undefined)
                ? sent.length === 0
                : received.length === 0;
          if (!isRight) {
            const [from, to] = (sent[0] ?? received[0]) as (typeof pairs)[number];
            wrong.push(`${nameOf(from)} to ${nameOf(to)} ${probe.protocol} ${probe.port}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test('a row is in doubt only where rules ask for what nobody knows, and some pod fits it', () => {
  fc.assert(
    fc.property(world({ isCertain: true }), (each) => {
      const areAllDeclared = each.namespaces.every(
        ({ name, isDeclared }) => isDeclared || each.known.every(({ pod }) => pod?.namespace !== name),
      );
      const pods = everyPod(each.namespaces);
      for (const { from, to, verdict } of Reachability.of(each.cluster, PODS).connections()) {
        for (const party of [from, to].filter(({ possible }) => possible !== undefined)) {
          expect(areAllDeclared && verdict === 'unknown').toBe(false);
          expect(pods.some((pod) => fits(party, pod))).toBe(true);
          expect(party.possible?.except).toEqual([]);
        }
      }
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test('some pod that fits a row may do all that the row says', () => {
  fc.assert(
    fc.property(world({ isCertain: true }), (each) => {
      const truth = new Truth(each.namespaces, each.cluster);
      const pods = everyPod(each.namespaces);
      const endsIn = (party: Party, name: string): End[] =>
        party.possible !== undefined
          ? pods.filter((pod) => fits(party, pod)).map((pod) => ({ pod, end: hiddenEnd(pod, each, name) }))
          : [...each.known, OUTSIDE].map((end) => ({ end })).filter((end) => isEnd(party, end));
      const idle: string[] = [];
      for (const row of Reachability.of(each.cluster, PODS).connections()) {
        const isOfUnknown = row.from.possible !== undefined || row.to.possible !== undefined;
        const [senders, receivers] = [endsIn(row.from, 'from'), endsIn(row.to, 'to')];
        // The row may be about other addresses than the one that is tried.
        if (row.verdict !== 'allowed' || !isOfUnknown || senders.length * receivers.length === 0) {
          continue;
        }
        for (const probe of PROBED.filter(({ protocol, port }) => row.ports.has(protocol, port))) {
          const isUsed = senders.some((from) =>
            receivers.some(
              (to) =>
                (from.pod === undefined || to.pod === undefined || areTogether(from.pod, to.pod)) &&
                truth.allowsBoth({ from: from.end, to: to.end, ...probe }, podsOf(from, to)),
            ),
          );
          if (!isUsed) {
            idle.push(
              `${describeParty(row.from)} to ${describeParty(row.to)} ${probe.protocol} ${probe.port}`,
            );
          }
        }
      }
      expect(idle).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

const describeParty = ({ possible, addresses, workloads }: Party) =>
  possible !== undefined ? describePossible(possible) : (addresses?.ranges() ?? workloads?.length);

test('any pod is a row where nothing isolates', () => {
  const each = fc.sample(world({ isCertain: true }), { numRuns: 20, seed: 1 });
  for (const { cluster } of each.filter(({ known }) => known.length > 0)) {
    const rows = [...Reachability.of({ ...cluster, policies: [] }, PODS).connections()];
    expect(rows.flatMap(({ from }) => from.possible?.set.key ?? [])).toEqual([PodSet.ANY.key]);
    expect(rows.flatMap(({ to }) => to.possible?.set.key ?? [])).toEqual([PodSet.ANY.key]);
  }
});
