import { readManifests } from '../../lib/manifests/read-manifests';
import { callersOf } from './read-callers';

const definition = (conversion: unknown, name = 'things.example.io') => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name },
  spec: { group: 'example.io', names: { kind: 'Thing' }, conversion },
});

const converted = (clientConfig: unknown) => definition({ strategy: 'Webhook', webhook: { clientConfig } });

const apiService = (service: unknown) => ({
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1.metrics.example.io' },
  spec: { group: 'metrics.example.io', version: 'v1', service },
});

test.each([
  {
    why: 'a definition whose objects a webhook converts, on 443 unless it says otherwise',
    object: converted({ service: { namespace: 'shop', name: 'hook' } }),
    read: ['CustomResourceDefinition things.example.io: shop/hook:443'],
  },
  {
    why: 'the port that it says',
    object: converted({ service: { namespace: 'shop', name: 'hook', port: 9443 } }),
    read: ['CustomResourceDefinition things.example.io: shop/hook:9443'],
  },
  {
    why: 'an API that a service answers for',
    object: apiService({ namespace: 'shop', name: 'adapter' }),
    read: ['APIService v1.metrics.example.io: shop/adapter:443'],
  },
  {
    why: 'the port of the service',
    object: apiService({ namespace: 'shop', name: 'adapter', port: 6443 }),
    read: ['APIService v1.metrics.example.io: shop/adapter:6443'],
  },
  { why: 'nothing of a webhook by url', object: converted({ url: 'https://hook' }), read: [] },
  { why: 'nothing of a service without a name', object: apiService({ namespace: 'shop' }), read: [] },
  { why: 'nothing of a service that is a text', object: apiService('shop/adapter'), read: [] },
])('reads $why', ({ object, read }) => {
  expect(callersOf(object)).toEqual(read);
});

/** They tell of no caller, and a folder may well hold several of a name: one for each version of a chart. */
test.each([
  { why: 'a definition without conversion', object: definition(undefined) },
  { why: 'one that is not converted', object: definition({ strategy: 'None' }) },
  { why: 'one whose conversion is no object', object: definition('Webhook') },
  { why: 'one whose conversion is null', object: definition(null) },
  { why: 'an API that the API server answers for itself', object: apiService(undefined) },
  { why: 'one without a service', object: apiService(null) },
])('passes over $why, and two of a name that differ', ({ object }) => {
  const other = { ...object, metadata: { ...object.metadata, labels: { version: 'b' } } };
  const { cluster, problems, skipped } = readManifests([object, other]);
  expect({ problems, calls: cluster.apiServerCalls }).toEqual({ problems: [], calls: undefined });
  expect(Object.values(skipped)).toEqual([2]);
});
