import { readManifests } from '../../lib/manifests/read-manifests';
import { pod, web } from './workload-objects';

test('namespaces are those declared and those that objects stand in', () => {
  const { cluster } = readManifests([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'zoo', labels: { team: 'zoo' } } },
    pod('a', {}),
  ]);
  expect(cluster.namespaces).toEqual([
    { name: 'shop', labels: {}, declared: false },
    { name: 'zoo', labels: { team: 'zoo' }, declared: true, source: {} },
  ]);
});

test('services, ingresses and nodes are read with what traffic depends on', () => {
  const { cluster, problems } = readManifests([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        type: 'LoadBalancer',
        clusterIP: '10.96.0.1',
        clusterIPs: ['10.96.0.1'],
        selector: web,
        externalTrafficPolicy: 'Local',
        ports: [
          { port: 80, targetPort: 'http', nodePort: 30080 },
          { port: 81, targetPort: 0, nodePort: 0 },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            host: 'shop.example',
            http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] },
          },
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node-1', labels: { pool: 'a' } },
      spec: { podCIDR: '10.244.0.0/24' },
      status: {
        addresses: [
          { type: 'InternalIP', address: '10.240.0.4' },
          { type: 'Hostname', address: 'node-1' },
        ],
      },
    },
  ]);
  expect(problems).toEqual([]);
  expect(cluster.services).toEqual([
    {
      namespace: 'shop',
      name: 'web',
      type: 'LoadBalancer',
      selector: web,
      ports: [
        { port: 80, protocol: 'TCP', targetPort: 'http', nodePort: 30080 },
        { port: 81, protocol: 'TCP' },
      ],
      addresses: ['10.96.0.1', '203.0.113.7'],
      clusterIps: ['10.96.0.1'],
      externalTrafficPolicy: 'Local',
      source: {},
    },
  ]);
  expect(cluster.ingresses).toEqual([
    {
      namespace: 'shop',
      name: 'web',
      ingressClass: 'nginx',
      backends: [{ service: 'web', port: 80, host: 'shop.example', path: '/' }],
      source: {},
    },
  ]);
  expect(cluster.nodes).toEqual([
    {
      name: 'node-1',
      labels: { pool: 'a' },
      addresses: ['10.240.0.4'],
      podCidrs: ['10.244.0.0/24'],
      source: {},
    },
  ]);
});
