import fc from 'fast-check';
import type { Cluster } from '../../lib/model/cluster';
import { qualifiedName } from '../../lib/model/cluster';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { networkPoliciesIn } from '../../lib/model/network-policy-entry';
import { PortSet } from '../../lib/model/port-set';
import type { Member, Party } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { cluster, DUAL_STACK, entriesOf, flowAmong, namespacedSpec, OUTSIDE, partlyKnown } from './arbitrary';
import { podsOf } from './reference';

const RUNS = { numRuns: Math.max(80, Number(process.env.REFERENCE_CLUSTERS ?? 0) / 200) };

/** The open ports of every pair of ends. */
function answers(reachability: Reachability, of: Cluster): Record<string, PortSet> {
  const ends = [...podsOf(of), ...OUTSIDE].map(({ name }) => name);
  return Object.fromEntries(
    ends.flatMap((from) => ends.map((to) => [`${from} to ${to}`, reachability.verdict({ from, to }).ports])),
  );
}

const specsOf = (of: Cluster) =>
  networkPoliciesIn(of).map(({ namespace, written: { spec = {} } }) => ({ namespace, spec }));

const withSpecs = (
  of: Cluster,
  specs: readonly { namespace: string; spec: NetworkPolicySpec }[],
): Cluster => ({
  ...of,
  policies: entriesOf(specs),
});

/** The kinds of the specification's default, written out. */
function typesOf({ policyTypes = [], egress = [] }: NetworkPolicySpec): NetworkPolicySpec['policyTypes'] {
  return policyTypes.length > 0 ? policyTypes : egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

test('order and names of policies never matter', () => {
  fc.assert(
    fc.property(cluster, (each) => {
      const turned = withSpecs(each, specsOf(each).reverse());
      expect(answers(Reachability.of(turned), each)).toEqual(answers(Reachability.of(each), each));
    }),
    RUNS,
  );
});

test('the classes of ports are all ports, each once, and the verdict of a class is that of each of its ports', () => {
  fc.assert(
    fc.property(cluster, (each) => {
      const reachability = Reachability.of(each);
      const ends = [...podsOf(each), ...OUTSIDE].map(({ name }) => name);
      for (const [from, to] of ends.flatMap((one) => ends.map((other) => [one, other] as const))) {
        const classes = reachability.verdictsByPort({ from, to });
        if (classes.length === 0) {
          continue;
        }
        const sizes = classes.map(({ ports }) => sizeOf(ports));
        expect(PortSet.union(classes.map(({ ports }) => ports)).isAll).toBe(true);
        expect(sizes.reduce((sum, size) => sum + size)).toBe(3 * 65535);
        for (const { ports, verdict } of classes) {
          for (const { protocol, first, last } of ports.ranges()) {
            for (const port of [first, last]) {
              expect(reachability.outcome({ from, to, port, protocol })).toBe(verdict.verdict);
            }
          }
        }
      }
    }),
    RUNS,
  );
});

const sizeOf = (ports: PortSet) => ports.ranges().reduce((sum, { first, last }) => sum + last - first + 1, 0);

test("splitting a policy's rules into policies of their own changes nothing", () => {
  fc.assert(
    fc.property(cluster, (each) => {
      const apart = specsOf(each).flatMap(({ namespace, spec }) => {
        const { podSelector = {}, ingress = [], egress = [] } = spec;
        const policyTypes = typesOf(spec) ?? [];
        const rules: NetworkPolicySpec[] = [
          ...ingress.map((rule) => ({ ingress: [rule] })),
          ...egress.map((rule) => ({ egress: [rule] })),
          {},
        ];
        return rules.map((rule) => ({ namespace, spec: { podSelector, policyTypes, ...rule } }));
      });
      expect(answers(Reachability.of(withSpecs(each, apart)), each)).toEqual(
        answers(Reachability.of(each), each),
      );
    }),
    RUNS,
  );
});

test('a policy that isolates no new pod takes no connection away', () => {
  fc.assert(
    fc.property(cluster, namespacedSpec, fc.nat(), (each, { spec }, choice) => {
      const specs = specsOf(each);
      const like = specs[choice % Math.max(1, specs.length)];
      if (like === undefined) {
        return;
      }
      const { podSelector = {} } = like.spec;
      const more = {
        namespace: like.namespace,
        spec: { ...spec, podSelector, policyTypes: typesOf(like.spec) ?? [] },
      };
      const before = Reachability.of(each);
      const after = Reachability.of(withSpecs(each, [...specs, more]));
      const ends = [...podsOf(each), ...OUTSIDE];
      fc.assert(
        fc.property(flowAmong(ends), ({ from, to, port, protocol }) => {
          const question = { from: from.name, to: to.name, port, protocol };
          return (
            before.verdict(question).verdict === 'denied' || after.verdict(question).verdict === 'allowed'
          );
        }),
        { numRuns: 20 },
      );
    }),
    RUNS,
  );
});

test('a changed model answers as one built anew', () => {
  fc.assert(
    fc.property(cluster, namespacedSpec, fc.nat({ max: 5 }), (each, { namespace, spec }, place) => {
      const replaced = each.policies[place];
      const changed = Reachability.of(each).with({
        put: entriesOf([{ namespace, spec }], 'new'),
        remove: replaced === undefined ? [] : [replaced],
      });
      const anew = withSpecs(each, [...specsOf(each).filter((_, i) => i !== place), { namespace, spec }]);
      expect(answers(changed, each)).toEqual(answers(Reachability.of(anew), each));
      expect([...changed.connections()].length).toBe([...Reachability.of(anew).connections()].length);
    }),
    RUNS,
  );
});

/** The running pods of a member of a row. */
function podsIn(members: readonly Member[]): string[] {
  return members.flatMap(({ workload, pods }) =>
    workload.pods
      .filter(({ name, phase }) => phase === 'Running' && (pods === undefined || pods.includes(name)))
      .map(({ name }) => `${workload.namespace}/${name}`),
  );
}

test.each([
  { groupBy: 'behaviour' as const, known: 'wholly', of: (each: Cluster) => each },
  { groupBy: 'workload' as const, known: 'wholly', of: (each: Cluster) => each },
  { groupBy: 'behaviour' as const, known: 'partly', of: partlyKnown },
])('connections grouped by $groupBy and verdicts agree in a cluster $known known', ({ groupBy, of }) => {
  fc.assert(
    fc.property(cluster, (each) => {
      const reachability = Reachability.of(of(each), DUAL_STACK);
      const listed = { allowed: new Map<string, PortSet>(), unknown: new Map<string, PortSet>() };
      for (const { from, to, ports, verdict } of reachability.connections({ groupBy })) {
        for (const sender of podsIn(from.workloads ?? [])) {
          for (const receiver of podsIn(to.workloads ?? [])) {
            expect(listed[verdict].get(`${sender} to ${receiver}`)).toBeUndefined();
            listed[verdict].set(`${sender} to ${receiver}`, ports);
          }
        }
      }
      const pods = podsOf(each).map(({ name }) => name);
      for (const from of pods) {
        for (const to of pods.filter((name) => name !== from)) {
          const { ports, possiblePorts } = reachability.verdict({ from, to });
          const pair = `${from} to ${to}`;
          expect({ pair, ports: listed.allowed.get(pair) ?? PortSet.NONE }).toEqual({ pair, ports });
          expect({ pair, inDoubt: listed.unknown.has(pair) }).toEqual({
            pair,
            inDoubt: ports.key !== possiblePorts.key,
          });
        }
      }
    }),
    RUNS,
  );
});

test('each range of a row is open as the row says', () => {
  fc.assert(
    fc.property(cluster, (each) => {
      const reachability = Reachability.of(each);
      for (const { from, to, ports } of reachability.connections()) {
        const first = ({ addresses }: Party) => addresses?.ranges()[0]?.split(/[-/]/)[0];
        const source = first(from);
        const destination = first(to);
        const isPod = each.workloads.some(({ pods }) =>
          pods.some(({ addresses }) => addresses.some((a) => a === source || a === destination)),
        );
        const isKnown = from.possible === undefined && to.possible === undefined;
        if (isPod || !isKnown || (source === undefined && destination === undefined)) {
          continue;
        }
        for (const pod of podsIn((from.workloads ?? to.workloads) as readonly Member[])) {
          const verdict = reachability.verdict({ from: source ?? pod, to: destination ?? pod });
          expect(verdict.ports).toEqual(ports);
        }
      }
    }),
    RUNS,
  );
});

test('filtered connections are those of the whole list', () => {
  fc.assert(
    fc.property(cluster, fc.nat(), (each, choice) => {
      const reachability = Reachability.of(each);
      const running = each.workloads.filter(({ pods }) => pods.some(({ phase }) => phase === 'Running'));
      const workload = running[choice % Math.max(1, running.length)];
      if (workload === undefined) {
        return;
      }
      const lines = (rows: Iterable<ReturnType<typeof JSON.parse>>) =>
        [...rows].map((row) => JSON.stringify(row)).sort();
      const all = [...reachability.connections({ groupBy: 'workload' })];
      expect(lines(reachability.connections({ groupBy: 'workload', to: qualifiedName(workload) }))).toEqual(
        lines(all.filter(({ to }) => to.workloads?.[0]?.workload === workload)),
      );
    }),
    RUNS,
  );
});
