import { diffConnections } from '../../lib/diff/diff-connections';
import { filterChanges } from '../../lib/diff/filter-changes';
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

test('the summary does not say that nothing changes', () => {
  const [was, is] = [judge([onDb(on('80', GET))]), judge([onDb(on('80', ANY_PATH))])];
  const changes = diffConnections(was, is);
  expect(changes).toEqual([]);
  expect(describeSummary(summarizeChanges(changes, was, is))).toEqual([
    'no connection opens or closes',
    'not told: which requests pass on open connections, as filters change of CiliumNetworkPolicy shop/db or of rules beside them',
  ]);
});
