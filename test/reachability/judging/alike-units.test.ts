import type { Cluster, Workload } from '../../../lib/model/cluster';
import { Reachability } from '../../../lib/reachability/reachability';
import { entriesOf } from '../arbitrary';

/** A workload whose pod has another port name than the workload, as during a rollout. */
const workload = (name: string): Workload => ({
  kind: 'Deployment',
  namespace: 'shop',
  name,
  labels: { app: name },
  ports: [{ name: `old-${name}`, port: 80, protocol: 'TCP' }],
  hostNetwork: false,
  pods: [{ name: `${name}-1`, addresses: [], ports: [{ name: `new-${name}`, port: 80, protocol: 'TCP' }] }],
});

const onPod = (app: string, port: number | string) => ({
  namespace: 'shop',
  spec: {
    podSelector: { matchLabels: { app } },
    policyTypes: ['Ingress' as const],
    ingress: [{ ports: [{ port }] }],
  },
});

test('pods of other policies stay apart where there are more tables of ports than pods', () => {
  const cluster: Cluster = {
    isLive: true,
    namespaces: [{ name: 'shop', labels: {}, declared: true }],
    workloads: ['a', 'b', 'c'].map(workload),
    nodes: [],
    services: [],
    ingresses: [],
    policies: entriesOf([onPod('b', 'new-b'), onPod('a', 7)]),
    unreadable: [],
  };
  const told = [...Reachability.of(cluster).connections({ from: 'internet' })].map(
    ({ to, ports }) => `${to.workloads?.map(({ workload: { name } }) => name)} ${ports}`,
  );
  expect(told.sort()).toEqual(['a 7/TCP', 'b 80/TCP', 'c *']);
});
