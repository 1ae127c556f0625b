import fc from 'fast-check';
import { ENGINE_NAMES } from '../../lib/aks/engines';
import type { ConnectionChange } from '../../lib/diff/connection-change';
import { diffConnections } from '../../lib/diff/diff-connections';
import type { Cluster, Workload } from '../../lib/model/cluster';
import { PortSet } from '../../lib/model/port-set';
import type { Party } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { cluster, DUAL_STACK, flowAmong, OUTSIDE, ofIpv4, partlyKnown } from '../reachability/arbitrary';
import { isAllowed, podsOf } from '../reachability/reference';
import { change, RUNS } from './arbitrary';
import { KEPT, keyOf, type NOTHING, openIn, podsIn, running, sureOf, told, verdictOf } from './rows-by-pair';

describe.each([
  { known: 'wholly', of: (each: Cluster) => each },
  { known: 'partly', of: partlyKnown },
])('in clusters $known known', ({ of }) => {
  test('each pair of pods is told as both verdicts are', () => {
    fc.assert(
      fc.property(change, ({ before, after }) => {
        const versions = [before, after].map((each) => Reachability.of(of(each), DUAL_STACK)) as [
          Reachability,
          Reachability,
        ];
        const [was, is] = [running(before), running(after)];
        const both = new Map(
          [...was].map(([key, pods]) => [key, pods.filter((name) => is.get(key)?.includes(name))]),
        );
        const rows = told(diffConnections(...versions), KEPT, both);
        const pods = [...both.values()].flat();
        for (const from of pods) {
          for (const to of pods.filter((name) => name !== from)) {
            const pair = `${from} to ${to}`;
            const verdicts = versions.map((each) => verdictOf(each, from, to)) as [
              typeof NOTHING,
              typeof NOTHING,
            ];
            const row = rows.get(pair);
            if (row === undefined) {
              expect({ pair, verdict: verdicts[1] }).toEqual({ pair, verdict: verdicts[0] });
            } else {
              expect({ pair, before: openIn(row.before), after: openIn(row.after) }).toEqual({
                pair,
                before: sureOf(verdicts[0]),
                after: sureOf(verdicts[1]),
              });
            }
          }
        }
      }),
      RUNS,
    );
  });

  test('nothing is told when nothing changed, whatever the order of the input', () => {
    fc.assert(
      fc.property(cluster, (each) => {
        const known = of(each);
        const turned = {
          ...known,
          workloads: [...known.workloads].reverse(),
          namespaces: [...known.namespaces].reverse(),
          policies: [...known.policies].reverse(),
        };
        expect(diffConnections(Reachability.of(known), Reachability.of(turned))).toEqual([]);
      }),
      RUNS,
    );
  });
});

const IPV4 = { podCidrs: ['10.0.0.0/8'], nodeCidrs: ['10.0.0.0/8'] };

test('each pair of pods is told as both verdicts are when the engine becomes another one', () => {
  const engine = fc.constantFrom(...ENGINE_NAMES);
  fc.assert(
    fc.property(cluster, engine, engine, fc.boolean(), (each, one, other, isKnown) => {
      // What only IPv6 opens on azure is in rows of addresses, and not of pods.
      const of = ofIpv4(isKnown ? each : partlyKnown(each));
      const versions = [one, other].map((name) =>
        Reachability.of(of, { profile: { ...IPV4, engine: name, kubernetesVersion: '1.30' } }),
      ) as [Reachability, Reachability];
      const rows = told(diffConnections(...versions), KEPT, running(each));
      const pods = podsOf(each).map(({ name }) => name);
      for (const from of pods) {
        for (const to of pods.filter((name) => name !== from)) {
          const [was, is] = versions.map((version) => verdictOf(version, from, to)) as [
            typeof NOTHING,
            typeof NOTHING,
          ];
          const row = rows.get(`${from} to ${to}`);
          expect({ from, to, open: row === undefined ? sureOf(was) : openIn(row.after) }).toEqual({
            from,
            to,
            open: sureOf(is),
          });
          expect(row === undefined ? sureOf(is) : openIn(row.before)).toEqual(sureOf(was));
        }
      }
    }),
    RUNS,
  );
});

test('what the reference allows before and after is what the rows say, port by port', () => {
  fc.assert(
    fc.property(
      change.chain(({ before, after }) => {
        const names = new Set(podsOf(after).map(({ name }) => name));
        const ends = podsOf(before).filter(({ name }) => names.has(name));
        const flows =
          ends.length === 0 ? fc.constant([]) : fc.array(flowAmong(ends), { maxLength: 30, size: 'max' });
        return fc.record({ before: fc.constant(before), after: fc.constant(after), flows });
      }),
      ({ before, after, flows }) => {
        const rows = diffConnections(Reachability.of(before), Reachability.of(after));
        const is = running(after);
        const known = new Map([...running(before)].filter(([key]) => is.has(key)));
        const pairs = told(rows, KEPT, known);
        const same = new Set([...known.values()].flat());
        const inAfter = new Map(podsOf(after).map((end) => [end.name, end]));
        for (const flow of flows) {
          const { from, to, port, protocol } = flow;
          const then = { ...flow, from: inAfter.get(from.name) ?? from, to: inAfter.get(to.name) ?? to };
          if (from.name === to.name || !same.has(from.name) || !same.has(to.name)) {
            continue;
          }
          const row = pairs.get(`${from.name} to ${to.name}`);
          const [was, now] = [isAllowed(before, flow), isAllowed(after, then)];
          expect({
            flow: `${from.name} ${to.name} ${port} ${protocol}`,
            opened: row?.opened.has(protocol, port) ?? false,
            closed: row?.closed.has(protocol, port) ?? false,
          }).toEqual({
            flow: `${from.name} ${to.name} ${port} ${protocol}`,
            opened: !was && now,
            closed: was && !now,
          });
        }
      },
    ),
    RUNS,
  );
});

test('what is told holds whatever the unknown turns out to be, and what has no row does not change', () => {
  fc.assert(
    fc.property(
      cluster,
      cluster,
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (before, { policies, workloads }, isRelabelled, choices) => {
        // The same is unknown before and after: labels of a namespace, addresses of pods.
        const relabelled = before.workloads.map((each, i) => ({
          ...each,
          labels: (workloads[i] ?? each).labels,
        }));
        const after = { ...before, policies, workloads: isRelabelled ? relabelled : before.workloads };
        const [was, is] = [before, after].map((each) => Reachability.of(partlyKnown(each), DUAL_STACK)) as [
          Reachability,
          Reachability,
        ];
        const pairs = told(diffConnections(was, is), KEPT, running(before));
        const ends = podsOf(before);
        const then = new Map(podsOf(after).map((end) => [end.name, end]));
        const choose = <T>(from: readonly T[]) => from[(choices.next().value as number) % from.length] as T;
        for (let i = 0; i < 40 && ends.length > 1; i += 1) {
          const [from, to] = [choose(ends), choose(ends)];
          const port = choose([1, 79, 80, 81, 82, 65535]);
          const protocol = choose(['TCP', 'UDP', 'SCTP'] as const);
          if (from.name !== to.name) {
            const flow = { from, to, port, protocol };
            const [open, stays] = [
              isAllowed(before, flow),
              isAllowed(after, {
                ...flow,
                from: then.get(from.name) ?? from,
                to: then.get(to.name) ?? to,
              }),
            ];
            const row = pairs.get(`${from.name} to ${to.name}`);
            const is = (ports = PortSet.NONE) => ports.has(protocol, port);
            const says = is(row?.opened)
              ? 'opened'
              : is(row?.closed)
                ? 'closed'
                : is(row?.unknown)
                  ? 'unknown'
                  : 'same';
            const truth = open === stays ? 'same' : open ? 'closed' : 'opened';
            expect({ flow, says }).toEqual({ flow, says: says === 'unknown' ? 'unknown' : truth });
          }
        }
      },
    ),
    RUNS,
  );
});

test('each end of a range is told as both verdicts are, and no range is told in two rows of one end', () => {
  fc.assert(
    fc.property(change, ({ before, after }) => {
      const versions = [Reachability.of(before), Reachability.of(after)] as const;
      const was = running(before);
      const is = running(after);
      const both = new Map(
        [...was].map(([key, pods]) => [key, pods.filter((pod) => is.get(key)?.includes(pod))]),
      );
      const taken = new Set(
        [before, after].flatMap(({ workloads }) =>
          workloads.flatMap(({ pods }) => pods.flatMap(({ addresses }) => addresses)),
        ),
      );
      const rows = diffConnections(...versions).filter((row) => KEPT.includes(row.change));
      const lines = (rowsOf: readonly ConnectionChange[], pod: string, way: 'from' | 'to') =>
        rowsOf.filter(
          (row) =>
            row[way].addresses !== undefined &&
            podsIn(row[way === 'from' ? 'to' : 'from'], both).includes(pod),
        );
      for (const pod of [...both.values()].flat()) {
        for (const way of ['from', 'to'] as const) {
          const found = lines(rows, pod, way);
          const ranges = found.flatMap((row) => row[way].addresses?.ranges() ?? []);
          expect(new Set(ranges).size).toBe(ranges.length);
          for (const row of found) {
            for (const range of row[way].addresses?.ranges() ?? []) {
              const address = range.split(/[-/]/)[0] as string;
              if (!taken.has(address)) {
                const [from, to] = way === 'from' ? [address, pod] : [pod, address];
                const verdicts = versions.map((each) => verdictOf(each, from, to)) as [
                  typeof NOTHING,
                  typeof NOTHING,
                ];
                expect([openIn(row.before), openIn(row.after)]).toEqual(verdicts.map(sureOf));
              }
            }
          }
          for (const { name: address } of OUTSIDE) {
            const [from, to] = way === 'from' ? [address, pod] : [pod, address];
            const [a, b] = versions.map((each) => verdictOf(each, from, to));
            // Without IPv6 in the cluster there are no rows of IPv6 addresses.
            if (!address.includes(':') && JSON.stringify(a) !== JSON.stringify(b)) {
              expect(found).not.toEqual([]);
            }
          }
        }
      }
    }),
    RUNS,
  );
});

test('connections of a workload that is there once only are those that it has there', () => {
  fc.assert(
    fc.property(cluster, (each) => {
      const [first, ...rest] = each.workloads as [Workload, ...Workload[]];
      const without = { ...each, workloads: rest };
      const [all, fewer] = [Reachability.of(each), Reachability.of(without)];
      const key = keyOf(first);
      const isHers = ({ workloads = [] }: Party) => workloads.some(({ workload }) => keyOf(workload) === key);
      for (const row of diffConnections(fewer, all)) {
        expect(isHers(row.from) || isHers(row.to)).toBe(row.change === 'added');
      }
      const pairs = told(diffConnections(all, fewer), ['removed'], running(each));
      const pods = podsOf(each).map(({ name }) => name);
      const hers = running(each).get(key) ?? [];
      for (const from of hers) {
        for (const to of pods.filter((name) => name !== from)) {
          expect(pairs.get(`${from} to ${to}`)?.before.allowed ?? PortSet.NONE).toEqual(
            verdictOf(all, from, to).ports,
          );
          expect(pairs.get(`${to} to ${from}`)?.before.allowed ?? PortSet.NONE).toEqual(
            verdictOf(all, to, from).ports,
          );
        }
      }
    }),
    RUNS,
  );
});
