import { diffConnections } from '../../lib/diff/diff-connections';
import { filterChanges } from '../../lib/diff/request-changes';
import { describeSummary, summarizeChanges } from '../../lib/diff/summary';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineProfile } from '../../lib/model/engine-profile';
import { Reachability } from '../../lib/reachability/reachability';
import { deployment } from '../support/shop';

const CILIUM: EngineProfile = { engine: 'cilium', acns: 'L7', kubernetesVersion: '1.35' };
const app = (value: string) => ({ matchLabels: { app: value } });
const on = (port: string, http?: readonly object[]) => [
  { ports: [{ port, protocol: 'TCP' }], ...(http === undefined ? {} : { rules: { http } }) },
];
const GET = [{ method: 'GET', path: '/orders' }];
const ANY_PATH = [{ method: 'GET' }];

const onDb = (toPorts: readonly object[], name = 'db', from = 'web') => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { endpointSelector: app('db'), ingress: [{ fromEndpoints: [app(from)], toPorts }] },
});
const network = (port: number, from = 'web') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'n', namespace: 'shop' },
  spec: { podSelector: app('db'), ingress: [{ from: [{ podSelector: app(from) }], ports: [{ port }] }] },
});
/** Db asks for the addresses of a host. */
const toNames = (matchName: string) => ({
  ...onDb([]),
  spec: {
    endpointSelector: app('db'),
    egress: [
      {
        toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system' } }],
        toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchName }] } }],
      },
    ],
  },
});
const PODS = ['web', 'db', 'job'].map((name) => deployment(name));
const judge = (policies: readonly object[], profile = CILIUM) =>
  Reachability.of(readManifests([...PODS, ...policies] as object[]).cluster, { profile });

test.each<{ why: string; before: readonly object[]; after: readonly object[]; found?: readonly string[] }>([
  {
    why: 'a filter that is wider',
    before: [onDb(on('80', GET))],
    after: [onDb(on('80', ANY_PATH))],
    found: ['CiliumNetworkPolicy shop/db'],
  },
  {
    why: 'a filter that is gone',
    before: [onDb(on('80', GET))],
    after: [onDb(on('80'))],
    found: ['CiliumNetworkPolicy shop/db'],
  },
  {
    why: 'a filter that is new',
    before: [onDb(on('80'))],
    after: [onDb(on('80', GET))],
    found: ['CiliumNetworkPolicy shop/db'],
  },
  {
    why: 'a rule without a filter beside one',
    before: [onDb(on('80', GET))],
    after: [onDb(on('80', GET)), network(80)],
    found: ['CiliumNetworkPolicy shop/db'],
  },
  { why: 'another name of the policy', before: [onDb(on('80', GET))], after: [onDb(on('80', GET), 'other')] },
  {
    why: 'one of two policies that say the same',
    before: [onDb(on('80', GET)), onDb(on('80', GET), 'twin')],
    after: [onDb(on('80', GET))],
  },
  {
    why: 'a rule beside one for others',
    before: [onDb(on('80', GET))],
    after: [onDb(on('80', GET)), network(80, 'job')],
  },
  { why: 'no filter at all', before: [network(80)], after: [network(81)] },
])('$why', ({ before, after, found = [] }) => {
  expect(filterChanges(judge(before), judge(after))).toEqual(found);
});

test('a filter that nothing enforces changes nothing', () => {
  const [was, is] = [GET, ANY_PATH].map((http) => judge([onDb(on('80', http))], { engine: 'azure' }));
  expect(filterChanges(was as Reachability, is as Reachability)).toEqual([]);
});

test('a policy that is changed with the cluster as it is counts, too', () => {
  const base = judge([onDb(on('80', GET)), network(81)]);
  const { policies } = readManifests([network(80)]).cluster;
  expect(filterChanges(base, base.with({ put: policies }))).toEqual(['CiliumNetworkPolicy shop/db']);
});

const POST = [{ method: 'POST', path: '/orders' }];
const filter = 'filter of CiliumNetworkPolicy shop/db:';
const UNTOLD =
  'not told: which requests pass on open connections, as filters change of CiliumNetworkPolicy shop/db or of rules beside them';
const isolating = onDb([], 'isolating', 'nobody');

test.each<{ why: string; before: readonly object[]; after: readonly object[]; says: readonly string[] }>([
  {
    why: 'other requests',
    before: [onDb(on('80', POST))],
    after: [onDb(on('80', GET))],
    says: [`${filter} + GET /orders, - POST /orders`],
  },
  {
    why: 'one request more, of another policy',
    before: [onDb(on('80', POST))],
    after: [onDb(on('80', POST)), onDb(on('80', [...GET, ...POST]), 'more')],
    says: [`${filter} + GET /orders`, 'filter of CiliumNetworkPolicy shop/more: + GET /orders'],
  },
  {
    why: 'a filter that is new',
    before: [onDb(on('80'))],
    after: [onDb(on('80', GET))],
    says: [`${filter} - everything but GET /orders`],
  },
  {
    why: 'a filter that is gone',
    before: [onDb(on('80', [...GET, ...POST]))],
    after: [onDb(on('80'))],
    says: [`${filter} + everything but GET /orders and POST /orders`],
  },
  {
    why: 'a rule without a filter beside one, for the same',
    before: [onDb(on('80', GET))],
    after: [onDb(on('80', GET)), network(80)],
    says: [`${filter} + everything but GET /orders`],
  },
  {
    why: 'a policy with a filter about pods that were open',
    before: [],
    after: [onDb(on('80', GET))],
    says: [`${filter} - everything but GET /orders`],
  },
  {
    why: 'the same about pods that were isolated',
    before: [isolating],
    after: [isolating, onDb(on('80', GET))],
    says: [`${filter} + GET /orders`],
  },
  {
    why: 'a filter on another port',
    before: [onDb(on('80', GET))],
    after: [onDb([...on('80', GET), ...on('81', POST)])],
    says: [`${filter} + POST /orders`],
  },
  {
    why: 'a rule for a range around a filter',
    before: [onDb(on('80', GET))],
    after: [onDb([...on('80', GET), { ports: [{ port: '1', endPort: 90, protocol: 'TCP' }] }])],
    says: [UNTOLD],
  },
  {
    why: 'names that are asked for',
    before: [toNames('a.example.com')],
    after: [toNames('b.example.com')],
    says: [`${filter} + DNS for b.example.com, - DNS for a.example.com`],
  },
])('the summary tells $why', ({ before, after, says }) => {
  const [was, is] = [judge(before), judge(after)];
  const summary = summarizeChanges(diffConnections(was, is), was, is);
  expect(describeSummary(summary).slice(1)).toEqual(says);
});

test('the summary does not say that nothing changes', () => {
  const [was, is] = [judge([onDb(on('80', GET))]), judge([onDb(on('80', POST))])];
  const changes = diffConnections(was, is);
  expect(changes).toEqual([]);
  const summary = summarizeChanges(changes, was, is);
  expect(describeSummary(summary)[0]).toBe('no connection opens or closes');
  expect(summary).toMatchObject({
    filters: ['CiliumNetworkPolicy shop/db'],
    requests: [
      { policy: 'CiliumNetworkPolicy shop/db', added: { requests: POST }, removed: { requests: GET } },
    ],
  });
});
