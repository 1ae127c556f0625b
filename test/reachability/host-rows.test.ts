import fc from 'fast-check';
import type { Party } from '../../lib/reachability/answers/parties';
import { runs } from '../support/runs';
import { cilium, dns, hosts, judgeNamed, tcp } from './named';

/** Host names in lists of connections. */

const nameOf = ({ workloads, addresses, names, possible }: Party) =>
  workloads !== undefined
    ? workloads.map(({ workload }) => `${workload.namespace}/${workload.name}`).join()
    : (names?.join() ?? addresses?.ranges().join() ?? `any ${possible?.set.namespace ?? ''}`);

const rows = (policies: readonly object[], filter: { from?: string; to?: string } = { from: 'shop/web' }) =>
  [...judgeNamed(policies).connections(filter)]
    .filter(({ to }) => to.names !== undefined || to.addresses !== undefined)
    .map(({ from, to, ports, verdict }) => `${nameOf(from)} to ${nameOf(to)} on ${ports}: ${verdict}`);

const web = (...egress: readonly object[]) => cilium('web', { egress });

test.each<{
  why: string;
  policies: readonly object[];
  filter?: { from?: string; to?: string };
  told: readonly string[];
}>([
  {
    why: 'a row for each name, and none for addresses that nobody knows',
    policies: [web(dns('*'), hosts('a.example.com', '*.blob.core.windows.net'))],
    told: [
      'shop/web to a.example.com on 443/TCP: allowed',
      'shop/web to *.blob.core.windows.net on 443/TCP: allowed',
    ],
  },
  { why: 'no row for a name that nobody looks up', policies: [web(hosts('a.example.com'))], told: [] },
  {
    why: 'a pattern of which DNS covers a part',
    policies: [web(dns('a*.example.com'), hosts('*.example.com'))],
    told: ['shop/web to *.example.com on 443/TCP: unknown'],
  },
  {
    why: 'a name in doubt beside addresses',
    policies: [web(hosts('a.example.com'), { toCIDR: ['20.0.0.0/8'], ...tcp('80') })],
    told: ['shop/web to 20.0.0.0/8 on 80/TCP: allowed', 'shop/web to a.example.com on 80/TCP: unknown'],
  },
  {
    why: 'everybody who reaches a host',
    policies: [web(dns('*'), hosts('*.example.com'))],
    filter: { to: 'a.example.com' },
    told: [
      'other/web,shop/api to a.example.com on *: allowed',
      'shop/web to a.example.com on 443/TCP: allowed',
    ],
  },
  {
    why: 'a pattern as the end',
    policies: [web(dns('*'), hosts('a.example.com'))],
    filter: { from: 'shop/web', to: '*.example.com' },
    told: ['shop/web to *.example.com on 443/TCP: unknown'],
  },
  {
    why: 'pods that nobody declares',
    policies: [cilium('ghost', { egress: [dns('*'), hosts('a.example.com')] })],
    filter: { from: 'shop/app=ghost' },
    told: ['any shop to a.example.com on 443/TCP: allowed'],
  },
  {
    why: 'addresses only',
    policies: [web(dns('*'), hosts('a.example.com'))],
    filter: { from: 'shop/web', to: 'internet' },
    told: [],
  },
])('$why', ({ policies, filter, told }) => {
  expect(rows(policies, filter).filter((each) => !each.includes('kube-system'))).toEqual(told);
});

test('a host is no source of a list', () => {
  expect(() => [...judgeNamed([]).connections({ from: 'a.example.com' })]).toThrow(
    'can only be the destination',
  );
});

test('exposure has them, and counts them for the internet', () => {
  const [api, found] = judgeNamed([web(dns('*'), hosts('a.example.com', 'b.example.com'))])
    .exposure()
    .filter(({ workload }) => workload.namespace === 'shop');
  expect(
    found?.to.flatMap(({ party, ports }) => (party.names ? [[...party.names, String(ports)]] : [])),
  ).toEqual([['a.example.com', 'b.example.com', '443/TCP']]);
  expect(String(found?.toInternet)).toBe('443/TCP');
  expect(api?.to.some(({ party }) => party.names !== undefined)).toBe(false);
});

const NAMES = ['a.example.com', 'b.example.com', '*.example.com', 'a*.example.com', '*'];
const egress = fc.array(
  fc.oneof(
    fc.subarray(NAMES, { minLength: 1 }).map((some) => hosts(...some)),
    fc.subarray(NAMES, { minLength: 1 }).map((some) => dns(...some)),
    fc.constantFrom(
      { toCIDR: ['20.0.0.0/8'], ...tcp('443') },
      { toEntities: ['world'], ...tcp('80') },
      { toEndpoints: [{}] },
      {},
    ),
  ),
  { minLength: 1, maxLength: 4 },
);

test('a row says of a host what a question says', () => {
  fc.assert(
    fc.property(egress, egress, fc.boolean(), (own, others, isDenying) => {
      const judged = judgeNamed([
        cilium('web', { egress: own, ...(isDenying ? { egressDeny: [{ toCIDR: ['20.1.0.0/16'] }] } : {}) }),
        cilium('api', { egress: others }),
      ]);
      for (const from of ['shop/web', 'shop/api']) {
        const listed = new Map<string, string>();
        for (const { to, ports, verdict } of judged.connections({ from })) {
          for (const name of to.names ?? []) {
            listed.set(`${name} ${verdict}`, String(ports));
          }
        }
        for (const name of NAMES.slice(0, 4)) {
          const { ports, possiblePorts } = judged.verdict({ from, to: name });
          const isNamed = [...listed.keys()].some((each) => each.startsWith(`${name} `));
          if (isNamed) {
            expect(listed.get(`${name} allowed`) ?? 'none').toBe(String(ports));
            expect(listed.get(`${name} unknown`) ?? 'none').toBe(String(possiblePorts.without(ports)));
          }
        }
      }
    }),
    { numRuns: runs(70, 1000) },
  );
});
