import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LiveCluster } from './bed/cluster';
import { addShop } from './bed/shop';
import { withoutChance } from './bed/without-chance';

const RECORDINGS = resolve(__dirname, '../cli/recordings');

let cluster: LiveCluster;
beforeAll(async () => {
  cluster = await LiveCluster.start();
  await addShop(cluster.server.api);
});
afterAll(() => cluster?.stop());

/** Each state of the cluster comes on top of the one before. */
const STATES = [
  { name: 'doctor-none', exitCode: 1, prepare: async () => undefined },
  { name: 'doctor-cilium', exitCode: 0, prepare: addCilium },
  { name: 'doctor-forbidden', exitCode: 2, prepare: hideDaemonSets },
];

async function addCilium(): Promise<undefined> {
  const { api } = cluster.server;
  const labels = { 'k8s-app': 'cilium' };
  await api.create('/apis/apps/v1/namespaces/kube-system/daemonsets', {
    metadata: { name: 'cilium' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'cilium-agent', image: 'mcr.microsoft.com/oss/cilium/cilium:v1.18.6' }],
        },
      },
    },
  });
  await api.create('/api/v1/nodes', {
    metadata: {
      name: 'aks-system-0',
      labels: { 'kubernetes.io/os': 'linux', 'kubernetes.azure.com/agentpool': 'system' },
    },
    spec: { podCIDR: '10.244.0.0/24', podCIDRs: ['10.244.0.0/24'] },
  });
}

/** An account that may list all that doctor asks for but the DaemonSets. */
async function hideDaemonSets(): Promise<string> {
  const { api } = cluster.server;
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const metadata = { name: 'no-daemonsets' };
  await api.create(`${rbac}/clusterroles`, {
    metadata,
    rules: [
      { apiGroups: [''], resources: ['nodes'], verbs: ['list'] },
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['list'] },
      { apiGroups: ['cilium.io'], resources: ['*'], verbs: ['list'] },
    ],
  });
  await api.create(`${rbac}/clusterrolebindings`, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'limited' }],
  });
  return cluster.kubeconfig('limited-token');
}

test.each(STATES)('$name is what the server answers (RECORD=1 writes it anew)', async (state) => {
  const { name, exitCode, prepare } = state;
  const kept = join(RECORDINGS, `${name}.json`);
  const file = process.env.RECORD === '1' ? kept : join(cluster.server.folder, `${name}.json`);
  writeFileSync(file, '{}');
  const { err, status } = await cluster.record(['doctor'], file, await prepare());
  expect({ err, status }).toEqual({ err: '', status: exitCode });
  expect(withoutChance(readFileSync(file, 'utf8'))).toEqual(withoutChance(readFileSync(kept, 'utf8')));
});
