import { ApiObject, App, Chart } from 'cdk8s';
import { readManifests } from '../../lib/manifests/read-manifests';

test('objects whose kinds and names read alike are two', () => {
  const rollout = (kind: string, namespace: string, name: string) => ({
    apiVersion: 'example.com/v1',
    kind,
    metadata: { namespace, name },
    spec: { template: { spec: { containers: [{ name: 'c' }] } } },
  });
  const { cluster, problems } = readManifests([rollout('Foo', 'a', 'b c/d'), rollout('Foo a/b', 'c', 'd')]);
  expect(cluster.workloads.map(({ kind, name }) => [kind, name])).toEqual([['Foo a/b', 'd']]);
  expect(problems.map(({ code }) => code)).toEqual(['name-invalid']);
});

test('objects of one kind and name in two groups keep each its own construct', () => {
  const chart = new Chart(new App(), 'edge', { namespace: 'edge' });
  const gateway = (id: string, apiVersion: string) =>
    new ApiObject(chart, id, { apiVersion, kind: 'Gateway', metadata: { name: 'main' } });
  gateway('istio', 'networking.istio.io/v1');
  gateway('standard', 'gateway.networking.k8s.io/v1');
  const { gateways, istioGateways } = readManifests([chart]).cluster;
  expect([istioGateways, gateways].map((found) => found?.map(({ source }) => source?.construct))).toEqual([
    ['edge/istio'],
    ['edge/standard'],
  ]);
});
