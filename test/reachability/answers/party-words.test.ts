import fc from 'fast-check';
import { readManifests } from '../../../lib/manifests/read-manifests';
import type { Workload } from '../../../lib/model/cluster';
import { IpSet } from '../../../lib/model/ip-set';
import { PodSet } from '../../../lib/model/pod-set';
import { Crowd, workloadNameOf } from '../../../lib/reachability/answers/crowd';
import type { Party } from '../../../lib/reachability/answers/parties';
import { PartyWords } from '../../../lib/reachability/answers/party-words';
import { Reachability } from '../../../lib/reachability/reachability';
import '../../support/fixed-seed';
import { deployment } from '../../support/shop';

const named = (text: string, more: Partial<Workload> = {}): Workload => {
  const [namespace = '', name = ''] = text.split('/');
  return {
    kind: 'Deployment',
    namespace,
    name,
    labels: {},
    ports: [],
    hostNetwork: false,
    pods: [],
    ...more,
  };
};

const SHOP = ['shop/db', 'shop/web', 'shop/job', 'shop/mail'].map((name) => named(name));
const OPS = ['ops/prom', 'ops/graf'].map((name) => named(name));
const LONE = named('lone/one');
const ALL = [...SHOP, ...OPS, LONE];
const COREDNS = named('kube-system/coredns', { assumed: true });
const [DB, WEB, JOB] = SHOP as [Workload, Workload, Workload];

const words = (told = IpSet.IPV4, known: readonly Workload[] = [...ALL, COREDNS]) =>
  new PartyWords(known, told);
const party = (...workloads: Workload[]): Party => ({
  workloads: workloads.map((workload) => ({ workload })),
});

describe('workloads', () => {
  test.each<{ why: string; some: readonly Workload[]; said: string }>([
    { why: 'one is a name', some: [WEB], said: 'shop/web' },
    { why: 'all of them', some: ALL, said: 'every workload' },
    { why: 'all but one', some: ALL.filter((each) => each !== DB), said: 'every workload except shop/db' },
    {
      why: 'all but a namespace',
      some: [...OPS, LONE, DB],
      said: 'every workload of namespace ops, shop/db and lone/one',
    },
    {
      why: 'all but a whole namespace',
      some: [...SHOP, LONE],
      said: 'every workload except those of namespace ops',
    },
    { why: 'a namespace', some: SHOP, said: 'every workload of namespace shop' },
    {
      why: 'a namespace but one of it',
      some: SHOP.filter((each) => each !== DB),
      said: 'every workload of namespace shop except shop/db',
    },
    { why: 'half of a namespace: the names are as short', some: [DB, WEB], said: 'shop/db and shop/web' },
    { why: 'the only one of a namespace is its name', some: [LONE, DB], said: 'lone/one and shop/db' },
    {
      why: 'AKS’s own pods are beside every workload',
      some: [...ALL, COREDNS],
      said: 'every workload and kube-system/coredns (AKS)',
    },
    {
      why: 'one that is not among all is told by its name, as are the others',
      some: [DB, WEB, JOB, named('shop/new')],
      said: 'shop/db, shop/web, shop/job and shop/new',
    },
    {
      why: 'one of the same name and of another kind is another one',
      some: [...ALL.filter((each) => each !== DB), named('shop/db', { kind: 'CronJob' })],
      said: 'shop/web, shop/job, shop/mail and 4 more',
    },
  ])('$why', ({ some, said }) => {
    expect(words().party(party(...some))).toBe(said);
    expect(words().workloads(some)).toBe(said);
  });

  test('of a workload whose pods are not all meant, pods are named', () => {
    const pods = ['db-0', 'db-1', 'db-2', 'db-3', 'db-4'];
    const others = ALL.filter((each) => each !== DB).map((workload) => ({ workload }));
    expect(words().party({ workloads: [...others, { workload: DB, pods }] })).toBe(
      'every workload (except shop/db) and shop/db (pods db-0, db-1, db-2 and 2 more)',
    );
  });

  test('what is written means just those that were given', () => {
    const crowd = new Crowd(ALL);
    const meantBy = (text: string): readonly string[] => {
      const place = /^(?:every workload|those) of namespace (\S+)$/.exec(text)?.[1];
      return ALL.filter(({ namespace }) => text === 'every workload' || namespace === place)
        .map(workloadNameOf)
        .concat(text.includes('/') ? text : []);
    };
    fc.assert(
      fc.property(fc.subarray(ALL), (some) => {
        const meant = crowd.texts(some).flatMap(({ text, except = [], count = 1 }) => {
          const gone = except.flatMap((each) => meantBy(each.text));
          const left = meantBy(text).filter((name) => !gone.includes(name));
          expect(left).toHaveLength(count);
          return left;
        });
        expect(meant.sort()).toEqual(some.map(workloadNameOf).sort());
      }),
    );
  });
});

describe('addresses', () => {
  const V4_INTERNET_AND_TEN = IpSet.ofCidrs(['0.0.0.0/0']).without(
    IpSet.ofCidrs(['0.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'])
      .or(IpSet.ofCidrs(['192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15']))
      .or(IpSet.ofCidrs(['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'])),
  );
  test.each<{ why: string; set: IpSet; told?: IpSet; said: string }>([
    { why: 'all', set: IpSet.IPV4, said: 'every address' },
    {
      why: 'all of one family, where both are told',
      set: IpSet.IPV4,
      told: IpSet.ALL,
      said: 'every IPv4 address',
    },
    { why: 'all of both', set: IpSet.ALL, told: IpSet.ALL, said: 'every address' },
    { why: 'a range', set: IpSet.ofCidrs(['10.0.0.0/8']), said: '10.0.0.0/8' },
    {
      why: 'all but a range',
      set: IpSet.IPV4.without(IpSet.ofCidrs(['10.0.0.0/8'])),
      said: 'every address except 10.0.0.0/8',
    },
    {
      why: 'the internet',
      set: V4_INTERNET_AND_TEN.without(IpSet.ofCidrs(['10.0.0.0/8'])),
      said: 'the internet',
    },
    {
      why: 'the internet of one family',
      set: V4_INTERNET_AND_TEN.without(IpSet.ofCidrs(['10.0.0.0/8'])),
      told: IpSet.ALL,
      said: 'the internet over IPv4',
    },
    { why: 'the internet and more', set: V4_INTERNET_AND_TEN, said: 'the internet and 10.0.0.0/8' },
    {
      why: 'the internet without one, and more',
      set: V4_INTERNET_AND_TEN.without(IpSet.ofCidrs(['8.8.8.8/32'])),
      said: 'the internet (except 8.8.8.8/32) and 10.0.0.0/8',
    },
  ])('$why', ({ set, told, said }) => {
    expect(words(told).party({ addresses: set })).toBe(said);
  });
});

test('of pods that no manifest tells of, many exceptions are counted', () => {
  const except = ['a', 'b', 'c', 'd', 'e'].map(
    (app) => PodSet.of({ namespaces: {}, pods: { matchLabels: { app } } }) as PodSet,
  );
  const pods = { set: PodSet.ANY, except };
  expect(words().party({ possible: pods })).toBe(
    'any pod, except those with app=a and those with app=b and those with app=c and 2 more',
  );
});

describe('everybody', () => {
  const held = { from: [COREDNS], to: [] };
  test.each<{
    why: string;
    some: readonly Workload[];
    known?: readonly Workload[];
    side?: 'to';
    said?: string;
  }>([
    { why: 'all known ones', some: [...ALL, COREDNS], said: 'everybody' },
    { why: 'all but a few', some: [...ALL.slice(1), COREDNS], said: 'everybody except shop/db' },
    {
      why: 'a pod of AKS’s own that a policy isolates is told apart',
      some: ALL,
      said: 'everybody except kube-system/coredns (AKS)',
    },
    { why: 'and not where none does', some: ALL, side: 'to', said: 'everybody' },
    {
      why: 'few that are meant, and few that are not',
      some: [DB],
      known: [DB, WEB],
      side: 'to',
      said: 'everybody except shop/web',
    },
    { why: 'none of them', some: [], side: 'to' },
    { why: 'nobody is known', some: [], known: [], side: 'to', said: 'everybody' },
    { why: 'most are missing', some: [DB], side: 'to' },
  ])('$why', ({ some, known = [...ALL, COREDNS], side = 'from' as 'from' | 'to', said }) => {
    const told = new PartyWords(known, IpSet.IPV4, held);
    expect(
      told.everybodyWith(
        some.map((workload) => ({ workload })),
        side,
      ),
    ).toBe(said);
  });

  test('is not told where nobody knows which of AKS’s own pods policies isolate', () => {
    const told = new PartyWords(ALL, IpSet.IPV4, { from: undefined, to: [] });
    const members = ALL.map((workload) => ({ workload }));
    expect([told.everybodyWith(members, 'from'), told.everybodyWith(members, 'to')]).toEqual([
      undefined,
      'everybody',
    ]);
  });

  test.each([
    { why: 'no policy is there', policies: [], said: 'everybody' },
    {
      why: 'a policy isolates some',
      policies: [{ podSelector: {} }],
      said: 'everybody except kube-system/coredns (AKS), ',
    },
    {
      why: 'one that could not be read may',
      policies: [{ podSelector: {}, ingress: [{ from: [{}] }] }],
      said: undefined,
    },
  ])('in a cluster: $why', ({ policies, said }) => {
    const { cluster } = readManifests([
      deployment('web'),
      ...policies.map((spec) => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { namespace: 'kube-system', name: 'p' },
        spec,
      })),
    ]);
    const { judged } = Reachability.of(cluster);
    const members = cluster.workloads.map((workload) => ({ workload }));
    expect(PartyWords.of(judged).everybodyWith(members, 'to')?.slice(0, said?.length)).toBe(said);
  });

  test('is nobody of whom only some pods are meant', () => {
    const members = ALL.map((workload) => (workload === DB ? { workload, pods: ['db-0'] } : { workload }));
    expect(words().everybodyWith(members, 'to')).toBeUndefined();
  });
});
