import { readManifests } from '../../lib/manifests/read-manifests';
import { describeEntryPoint, entryPointsOf } from '../../lib/model/entry-points';
import { deployment } from '../support/shop';

const shop = (name: string) => ({ metadata: { namespace: 'shop', name } });

const service = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  ...shop(name),
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});

const ingress = (name: string, ...services: readonly string[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  ...shop(name),
  spec: {
    rules: services.map((each) => ({
      http: {
        paths: [
          { path: '/', pathType: 'Prefix', backend: { service: { name: each, port: { number: 80 } } } },
        ],
      },
    })),
  },
});

const route = (name: string, backend: string, kind = 'HTTPRoute') => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  ...shop(name),
  spec: {
    parentRefs: [{ name: 'main', namespace: 'edge' }],
    rules: [{ backendRefs: [{ name: backend, port: 80 }] }],
  },
});

const virtualService = (gateways: readonly string[]) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  ...shop('vs'),
  spec: { hosts: ['*'], gateways, http: [{ route: [{ destination: { host: 'web' } }] }] },
});

const WEB = deployment('web', [8080]);
const onNode = {
  ...WEB,
  spec: {
    ...WEB.spec,
    template: { ...WEB.spec.template, spec: { ...WEB.spec.template.spec, hostNetwork: true } },
  },
};

test.each<{ why: string; manifests: readonly object[]; entries: readonly string[] }>([
  {
    why: 'a load balancer',
    manifests: [WEB, service('web', { type: 'LoadBalancer' })],
    entries: ['Service shop/web (LoadBalancer): shop/web 8080/TCP'],
  },
  {
    why: 'a port of every node',
    manifests: [WEB, service('web', { type: 'NodePort' })],
    entries: ['Service shop/web (NodePort): shop/web 8080/TCP'],
  },
  { why: 'none for the cluster alone', manifests: [WEB, service('web', { type: 'ClusterIP' })], entries: [] },
  { why: 'nor a service without a type', manifests: [WEB, service('web', {})], entries: [] },
  {
    why: 'to pods on their node’s network, too',
    manifests: [onNode, service('web', { type: 'LoadBalancer' })],
    entries: ['Service shop/web (LoadBalancer): shop/web 8080/TCP'],
  },
  {
    why: 'one that leads to nobody who is known',
    manifests: [service('web', { type: 'LoadBalancer' })],
    entries: ['Service shop/web (LoadBalancer): '],
  },
  {
    why: 'an ingress, once for all of its paths',
    manifests: [WEB, service('web', {}), service('again', {}), ingress('all', 'web', 'again')],
    entries: ['Ingress shop/all: shop/web 8080/TCP'],
  },
  {
    why: 'an ingress to a service that is not there',
    manifests: [WEB, ingress('all', 'web')],
    entries: ['Ingress shop/all: '],
  },
  {
    why: 'a route of a gateway',
    manifests: [WEB, service('web', {}), route('r', 'web')],
    entries: ['HTTPRoute shop/r (gateway edge/main): shop/web 8080/TCP'],
  },
  {
    why: 'routes of every kind, each by itself',
    manifests: [
      WEB,
      service('web', {}),
      ...['TCPRoute', 'TLSRoute', 'HTTPRoute', 'GRPCRoute'].map((kind) => route('r', 'web', kind)),
    ],
    entries: ['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute'].map(
      (kind) => `${kind} shop/r (gateway edge/main): shop/web 8080/TCP`,
    ),
  },
  {
    why: 'a backend that gets nothing until somebody shifts the weights',
    manifests: [
      WEB,
      service('web', {}),
      {
        ...route('r', 'web'),
        spec: { rules: [{ backendRefs: [{ name: 'web', port: 80, weight: 0 }] }] },
      },
    ],
    entries: ['HTTPRoute shop/r: shop/web 8080/TCP'],
  },
  {
    why: 'what Istio’s gateways follow',
    manifests: [WEB, service('web', {}), virtualService(['edge/main', 'other'])],
    entries: ['VirtualService shop/vs (gateways edge/main, shop/other): shop/web 8080/TCP'],
  },
  {
    why: 'a route that names no gateway: another object may',
    manifests: [
      WEB,
      service('web', {}),
      { ...route('r', 'web'), spec: { ...route('r', 'web').spec, parentRefs: [] } },
    ],
    entries: ['HTTPRoute shop/r: shop/web 8080/TCP'],
  },
  {
    why: 'not what holds for the mesh alone',
    manifests: [WEB, service('web', {}), virtualService(['mesh'])],
    entries: [],
  },
])('$why', ({ manifests, entries }) => {
  const { cluster, problems } = readManifests(manifests);
  expect(problems).toEqual([]);
  const told = entryPointsOf(cluster).map(({ leadsTo, ...entry }) => {
    const ends = leadsTo.map(({ workload, ports }) => `${workload.namespace}/${workload.name} ${ports}`);
    return `${describeEntryPoint(entry)}: ${ends.join(', ')}`;
  });
  expect(told).toEqual(entries);
});
