import { IpSet } from '../../lib/model/ip-set';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { PortSet } from '../../lib/model/port-set';
import { Reachability } from '../../lib/reachability/reachability';
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
    spec: (n: number) => ({ ...from({}), ingress: ports(n).map((port) => ({ ports: [port] })) }),
  },
])('the ports $why are added up at once', ({ spec }) => {
  expect(calls(PortSet, 'or', spec(500))).toBe(calls(PortSet, 'or', spec(50)));
});

const ports = (n: number) => Array.from({ length: n }, (_, i) => ({ port: 1 + 2 * i }));
