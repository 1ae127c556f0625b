import { readManifests } from '../../lib/manifests/read-manifests';
import { pod, webLive } from './workload-objects';

test('the ports of containers and of sidecars are those of the workload; of init containers that end, names are kept', () => {
  const { cluster } = readManifests([
    {
      ...pod('a', {}),
      spec: {
        hostNetwork: true,
        serviceAccountName: 'shop',
        containers: [{ ports: [{ containerPort: 53, protocol: 'UDP', name: 'dns' }] }],
        initContainers: [
          { restartPolicy: 'Always', ports: [{ containerPort: 15090 }] },
          { ports: [{ containerPort: 1 }, { containerPort: 2, name: 'setup' }] },
        ],
      },
    },
  ]);
  expect(cluster.workloads[0]).toMatchObject({
    hostNetwork: true,
    serviceAccount: 'shop',
    ports: [
      { port: 53, protocol: 'UDP', name: 'dns' },
      { port: 15090, protocol: 'TCP', ofSidecar: true },
    ],
    initPorts: [{ port: 2, protocol: 'TCP', name: 'setup' }],
  });
});

test('a pod keeps its named ports where they are not those of its controller', () => {
  const port = (containerPort: number, name?: string) => ({ containerPort, name });
  const live = (name: string, ...ports: object[]) => {
    const { spec, ...rest } = pod(name, webLive, ['ReplicaSet', 'web-7d']);
    return { ...rest, spec: { ...spec, containers: [{ ports }] } };
  };
  const { cluster } = readManifests([
    live('web-7d-a', port(8080, 'http'), port(9090, 'metrics')),
    live('web-7d-b', port(9090, 'metrics'), port(8080, 'http'), port(5000)),
    live('web-7d-c', port(9090, 'metrics'), port(8081, 'http')),
    live('web-7d-d', port(9090, 'metrics'), port(8080, 'http'), port(15090, 'envoy')),
  ]);
  expect(cluster.workloads[0]?.pods.map(({ name, ports }) => [name, ports?.length])).toEqual([
    ['web-7d-a', undefined],
    ['web-7d-b', undefined],
    ['web-7d-c', 2],
    ['web-7d-d', 3],
  ]);
});

test('where one name stands twice its order counts, and so does who gives it', () => {
  const port = (containerPort: number) => ({ containerPort, name: 'http' });
  const live = (name: string, ports: object[], init: object = {}) => {
    const { spec, ...rest } = pod(name, webLive, ['ReplicaSet', 'web-7d']);
    return {
      ...rest,
      spec: { ...spec, containers: ports.map((each) => ({ ports: [each] })), initContainers: [init] },
    };
  };
  const { cluster } = readManifests([
    live('web-7d-a', [port(80), port(81)]),
    live('web-7d-b', [port(81), port(80)]),
    live('web-7d-c', [port(80)], { restartPolicy: 'Always', ports: [port(81)] }),
    live('web-7d-d', [port(80), port(81)], { ports: [port(82)] }),
  ]);
  expect(
    cluster.workloads[0]?.pods.map(({ name, ports, initPorts }) => [name, ports?.length, initPorts?.length]),
  ).toEqual([
    ['web-7d-a', undefined, undefined],
    ['web-7d-b', 2, undefined],
    ['web-7d-c', 2, undefined],
    ['web-7d-d', 2, 1],
  ]);
});
