import { IpSet } from '../../lib/model/ip-set';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { PodSet } from '../../lib/model/pod-set';
import { PortSet } from '../../lib/model/port-set';
import { Reachability } from '../../lib/reachability/reachability';
import { PortPool } from '../../lib/reachability/sets/port-bounds';
import { read } from '../support/shop-cluster';

/** How often a method is called while connections under a policy are listed. */
function calls(kind: { prototype: object }, method: string, spec: NetworkPolicySpec): number {
  const spy = jest.spyOn(kind.prototype as Record<string, () => unknown>, method);
  const listed = [...Reachability.of(read(spec)).connections()];
  const count = spy.mock.calls.length;
  spy.mockRestore();
  expect(listed).not.toEqual([]);
  return count;
}

const from = (rule: object): NetworkPolicySpec => ({
  podSelector: {},
  policyTypes: ['Ingress'],
  ingress: [rule],
});

const ingress = (rules: readonly object[]): NetworkPolicySpec => ({ ...from({}), ingress: rules });

test('an IP block is laid once over all of its exceptions', () => {
  const without = (n: number) =>
    calls(
      IpSet,
      'without',
      from({
        from: [
          {
            ipBlock: {
              cidr: '10.0.0.0/8',
              except: Array.from({ length: n }, (_, i) => `10.0.${2 * i}.0/24`),
            },
          },
        ],
      }),
    );
  expect(without(100)).toBe(without(10));
});

test.each([
  { why: 'of a rule', spec: (n: number) => from({ ports: ports(n) }) },
  {
    why: 'of many rules',
    spec: (n: number) => ingress(ports(n).map((port) => ({ ports: [port] }))),
  },
])('the ports $why are added up at once', ({ spec }) => {
  expect(calls(PortSet, 'or', spec(500))).toBe(calls(PortSet, 'or', spec(50)));
});

describe('twice as much is asked little more than twice as much', () => {
  const twice = (count: (n: number) => number) => count(400) / count(200);
  const app = (i: number) => ({ podSelector: { matchLabels: { app: `app-${i}` } } });
  const each = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

  test.each([
    { why: 'where rules differ', spec: (n: number) => ingress(each(n, (i) => ({ from: [app(i)] }))) },
    { why: 'where peers differ', spec: (n: number) => from({ from: each(n, app) }) },
  ])('$why in the pods that they mean', ({ spec }) => {
    const asked = (n: number) =>
      calls(PodSet, 'isApart', spec(n)) +
      calls(PodSet, 'isWithin', spec(n)) +
      calls(PortPool, 'and', spec(n));
    expect(twice(asked)).toBeLessThan(2.3);
  });

  test('where IP blocks are added up', () => {
    const blocks = (n: number) =>
      each(n, (i) => ({ ipBlock: { cidr: `10.${i >> 7}.${(2 * i) & 255}.0/24` } }));
    const added = (n: number) => {
      const spy = jest.spyOn(IpSet.prototype, 'or');
      const listed = [...Reachability.of(read(from({ from: blocks(n) }))).connections()];
      const sizes = spy.mock.contexts.map((set) => (set as IpSet).boundaries.length);
      spy.mockRestore();
      expect(listed).not.toEqual([]);
      return sizes.reduce((sum, size) => sum + size, 0);
    };
    expect(twice(added)).toBeLessThan(2.5);
  });
});

test('a policy may have more IP blocks than a call takes arguments', () => {
  const block = { ipBlock: { cidr: '10.0.0.0/8' } };
  const cluster = read(from({ from: Array.from({ length: 200_000 }, () => block) }));
  expect(Reachability.of(cluster).verdict({ from: '10.1.2.3', to: 'shop/db' }).verdict).toBe('allowed');
});

const ports = (n: number) => Array.from({ length: n }, (_, i) => ({ port: 1 + 2 * i }));
