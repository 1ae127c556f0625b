import type { EngineProfile } from '../../../lib/model/engine-profile';
import type { NetworkPolicySpec } from '../../../lib/model/network-policy';
import type { ExposureFilter, Reached } from '../../../lib/reachability/answers/exchanges';
import { PartyWords } from '../../../lib/reachability/answers/party-words';
import { Reachability } from '../../../lib/reachability/reachability';
import { read } from '../../support/shop-cluster';

/** What workloads exchange: `web from: mon/probe on 80/TCP`. */
function exposed(
  spec: NetworkPolicySpec,
  filter: ExposureFilter = {},
  profile: EngineProfile = {},
): Record<string, { from: string[]; to: string[] }> {
  const reachability = Reachability.of(read(spec), { profile });
  const words = PartyWords.of(reachability.judged);
  const told = (reached: readonly Reached[]) =>
    reached.map(
      ({ party, ports, verdict }) =>
        `${words.party(party)} ${ports}${verdict === 'unknown' ? ' unknown' : ''}`,
    );
  return Object.fromEntries(
    reachability
      .exposure(filter)
      .map(({ workload, from, to }) => [workload.name, { from: told(from), to: told(to) }]),
  );
}

const onDb = { podSelector: { matchLabels: { app: 'db' } } };
const onPort = (...ports: number[]) => ports.map((port) => ({ port }));
const web = { podSelector: { matchLabels: { app: 'web' } } };
const probe = {
  namespaceSelector: { matchLabels: { team: 'mon' } },
  podSelector: { matchLabels: { app: 'probe' } },
};

test('both directions are told of each workload, and what is shut of none', () => {
  const spec = {
    ...onDb,
    policyTypes: ['Ingress' as const, 'Egress' as const],
    ingress: [{ from: [web], ports: onPort(5432) }],
  };
  expect(exposed(spec, {}, { podCidrs: ['10.244.0.0/16'] })).toEqual({
    db: { from: ['shop/web 5432/TCP', 'pods with app=web in namespace shop 5432/TCP'], to: [] },
    probe: {
      from: ['mon/probe and shop/web *', 'every address *', 'any pod *'],
      to: ['mon/probe and shop/web *', 'every address *', 'any pod *'],
    },
    web: {
      from: ['mon/probe and shop/web *', 'every address *', 'any pod *'],
      to: ['mon/probe and shop/web *', 'shop/db 5432/TCP', 'every address *', 'any pod *'],
    },
  });
});

test('workloads and addresses with the same ports are one party, with others apart', () => {
  const spec = {
    ...onDb,
    policyTypes: ['Ingress' as const],
    ingress: [
      { from: [web], ports: onPort(5432, 9100) },
      { from: [probe], ports: onPort(9100) },
      { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: onPort(9100) },
      { from: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: onPort(9100) },
    ],
  };
  expect(exposed(spec).db?.from).toEqual([
    'shop/web 5432/TCP, 9100/TCP',
    'mon/probe 9100/TCP',
    '198.51.100.0/24 and 203.0.113.0/24 9100/TCP',
    'pods with app=web in namespace shop 5432/TCP, 9100/TCP',
    'pods with app=probe in namespaces with team=mon 9100/TCP',
  ]);
});

test('what is unknown counts, and is told as such', () => {
  const spec = { ...onDb, ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: onPort(5432) }] };
  expect(exposed(spec).db?.from).toEqual([
    'every workload 5432/TCP unknown',
    '10.1.0.0/16 5432/TCP',
    'any pod 5432/TCP unknown',
  ]);
});

test.each<{ why: string; filter: ExposureFilter; names: readonly string[] }>([
  { why: 'all', filter: {}, names: ['probe', 'db', 'web'] },
  {
    why: 'those that an end reaches, and itself',
    filter: { from: 'shop/db' },
    names: ['probe', 'db', 'web'],
  },
  { why: 'those that the internet reaches', filter: { from: 'internet' }, names: ['probe', 'web'] },
  { why: 'those that reach an end, and itself', filter: { to: 'shop/db' }, names: ['db', 'web'] },
  { why: 'both ends', filter: { from: 'shop/web', to: 'shop/db' }, names: ['db', 'web'] },
  { why: 'nobody', filter: { from: 'mon/probe', to: 'shop/db' }, names: [] },
])('a filter leaves $why', ({ filter, names }) => {
  const spec = {
    ...onDb,
    policyTypes: ['Ingress' as const],
    ingress: [{ from: [web], ports: onPort(5432) }],
  };
  expect(Object.keys(exposed(spec, filter))).toEqual(names);
});

test('the internet is told in both directions, as far as it is let in and out', () => {
  const spec = {
    ...onDb,
    ingress: [{ from: [{ ipBlock: { cidr: '203.0.0.0/16' } }], ports: onPort(443) }],
    egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
    policyTypes: ['Ingress' as const, 'Egress' as const],
  };
  const [, db, open] = Reachability.of(read(spec)).exposure();
  expect([db, open].map((each) => [String(each?.internet), String(each?.toInternet)])).toEqual([
    ['443/TCP', 'none'],
    ['*', '*'],
  ]);
});

test('workloads that are treated alike share their lists', () => {
  const [probe, db, front] = Reachability.of(read({ ...onDb, ingress: [] })).exposure();
  expect(probe?.from).toBe(front?.from);
  expect(probe?.from).not.toBe(db?.from);
});
