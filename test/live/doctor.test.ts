import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveCluster } from './bed/cluster';
import { addShop } from './bed/shop';

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
let cluster: LiveCluster;
beforeAll(async () => {
  cluster = await LiveCluster.start();
  await addShop(cluster.server.api);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cluster?.stop();
});

test('policies that nothing enforces are exit code 1', async () => {
  const { out, err, status } = await cluster.cli(['doctor']);
  expect({ err, status }).toEqual({ err: '', status: 1 });
  expect(out).toMatch(/^Network policy engine {2}no network policy engine/m);
  expect(out).toContain('Nothing enforces the network policies of this cluster');
});

test('an account that may not look cannot tell', async () => {
  const { out, status } = await cluster.cli(['doctor'], { kubeconfig: cluster.kubeconfig('limited-token') });
  expect(out).toContain('cannot be told');
  expect(status).toBe(2);
});

test('an engine is seen by its agent, and the profile is what lint reads', async () => {
  await cluster.server.api.create('/apis/apps/v1/namespaces/kube-system/daemonsets', {
    metadata: { name: 'cilium' },
    spec: {
      selector: { matchLabels: { 'k8s-app': 'cilium' } },
      template: {
        metadata: { labels: { 'k8s-app': 'cilium' } },
        spec: {
          containers: [{ name: 'cilium-agent', image: 'mcr.microsoft.com/oss/cilium/cilium:v1.18.6' }],
        },
      },
    },
  });
  const profile = join(folder, 'prod.yaml');
  const { out, status } = await cluster.cli(['doctor', '--write-profile', profile]);
  expect(out).toContain('DaemonSet kube-system/cilium (v1.18.6)');
  expect(status).toBe(0);
  expect(readFileSync(profile, 'utf8')).toMatch(/^engine: cilium$/m);
  expect(await cluster.cli(['lint', '--cluster', '--profile', profile])).toMatchObject({ status: 0 });
});

test('an account with rights in the namespaces of agents alone sees the engine', async () => {
  const { api } = cluster.server;
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const metadata = { name: 'sees-agents' };
  await api.create(`${rbac}/clusterroles`, {
    metadata,
    rules: [
      { apiGroups: ['apps'], resources: ['daemonsets'], verbs: ['list'] },
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['list'] },
    ],
  });
  await api.create(`${rbac}/namespaces/kube-system/rolebindings`, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'limited' }],
  });
  const { out } = await cluster.cli(['doctor'], { kubeconfig: cluster.kubeconfig('limited-token') });
  expect(out).toMatch(/^Network policy engine {2}Cilium {7}DaemonSet kube-system\/cilium \(v1\.18\.6\)/m);
  expect(out).toMatch(/^Network policies {7}cannot tell /m);
});
