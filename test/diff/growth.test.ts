import { diffConnections } from '../../lib/diff/diff-connections';
import { PodSet } from '../../lib/model/pod-set';
import { Reachability } from '../../lib/reachability/reachability';
import { read } from '../support/shop-cluster';

const app = (i: number) => ({ podSelector: { matchLabels: { app: `app-${i}` } } });

test.each([
  { why: 'rules', many: (n: number) => Array.from({ length: n }, (_, i) => ({ from: [app(i)] })) },
  { why: 'peers', many: (n: number) => [{ from: Array.from({ length: n }, (_, i) => app(i)) }] },
])('two versions with twice as many $why that differ ask little more than twice as much', ({ many }) => {
  const judged = (n: number) =>
    Reachability.of(read({ podSelector: {}, policyTypes: ['Ingress'], ingress: many(n) }));
  const asked = (n: number) => {
    const spies = (['isApart', 'isWithin', 'and'] as const).map((each) => jest.spyOn(PodSet.prototype, each));
    expect([...diffConnections(judged(n), judged(n + 1))]).not.toEqual([]);
    const count = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    for (const spy of spies) {
      spy.mockRestore();
    }
    return count;
  };
  expect(asked(400) / asked(200)).toBeLessThan(2.3);
});
