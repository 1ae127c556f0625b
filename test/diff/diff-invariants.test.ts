import fc from 'fast-check';
import { diffConnections } from '../../lib/diff/diff-connections';
import type { Cluster } from '../../lib/model/cluster';
import type { Party } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { changeListing } from '../../lib/render/change-listing';
import { cluster, entriesOf, namespacedSpec, partlyKnown } from '../reachability/arbitrary';
import { change, RUNS } from './arbitrary';
import { thereAndBack } from './mirrored';
import { keyOf } from './rows-by-pair';

/** What holds for every comparison: for its order, its way back and its causes. */

const lines = (before: Reachability, after: Reachability) =>
  diffConnections(before, after).map((row) => JSON.stringify(changeListing([], NO_SUMMARY).toJson(row)));

const NO_SUMMARY = {
  opens: { connections: 0, dns: 0 },
  closes: { connections: 0, dns: 0 },
  unknown: 0,
  added: 0,
  removed: 0,
  isolation: [],
};

const turned = (each: Cluster): Cluster => ({
  ...each,
  workloads: [...each.workloads].reverse(),
  namespaces: [...each.namespaces].reverse(),
  policies: [...each.policies].reverse(),
});

test('the order of the input does not matter, not even to who is responsible', () => {
  fc.assert(
    fc.property(change, ({ before, after }) => {
      expect(lines(Reachability.of(turned(before)), Reachability.of(turned(after)))).toEqual(
        lines(Reachability.of(before), Reachability.of(after)),
      );
    }),
    RUNS,
  );
});

test('the way back is the same in reverse', () => {
  const nameOf = ({ workloads, addresses }: Party) =>
    workloads?.map(({ workload, pods }) => [keyOf(workload), pods]) ?? addresses;
  fc.assert(
    fc.property(change, ({ before, after }) => {
      const [was, is] = [Reachability.of(partlyKnown(before)), Reachability.of(after)];
      const { there, back } = thereAndBack(was, is, nameOf);
      expect(back).toEqual(there);
    }),
    RUNS,
  );
});

test('a changed model is compared as one built anew', () => {
  fc.assert(
    fc.property(cluster, namespacedSpec, fc.nat({ max: 5 }), (each, { namespace, spec }, place) => {
      const before = Reachability.of(each);
      const gone = each.policies[place];
      const put = entriesOf([{ namespace, spec }], 'new');
      const changed = before.with({ put, remove: gone === undefined ? [] : [gone] });
      const anew = { ...each, policies: [...each.policies.filter((entry) => entry !== gone), ...put] };
      expect(lines(before, changed)).toEqual(lines(before, Reachability.of(anew)));
      expect(lines(changed, before)).toEqual(lines(Reachability.of(anew), before));
    }),
    RUNS,
  );
});

test('every change of policies names who is responsible', () => {
  fc.assert(
    fc.property(cluster, cluster, (before, { policies }) => {
      const rows = diffConnections(Reachability.of(before), Reachability.of({ ...before, policies }));
      expect(rows.filter(({ by }) => by.length === 0)).toEqual([]);
    }),
    RUNS,
  );
});
