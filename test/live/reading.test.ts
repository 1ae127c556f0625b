import { LiveCluster } from './bed/cluster';
import { addNamespace, addPod, addPolicy, addShop } from './bed/shop';

let cluster: LiveCluster;
beforeAll(async () => {
  cluster = await LiveCluster.start();
  await addShop(cluster.server.api);
});
afterAll(() => cluster?.stop());

describe('list', () => {
  test('has the portal’s columns, the pods that a policy selects, and who owns it', async () => {
    const { out, err, status } = await cluster.cli(['list']);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    const [heading, row] = out.split('\n');
    expect(heading).toBe('NAMESPACE  NAME        POD-SELECTOR  POLICY-TYPES  RULES    PODS  AGE  OWNER');
    expect(row).toMatch(/^shop {7}db-ingress {2}app=db {8}Ingress {7}1 allow {2}1 {5}\d+s {2,3}\S/);
  });

  test.each([
    { why: 'its namespace', words: ['-n', 'nowhere'] },
    { why: 'its name', words: ['--name', 'web'] },
    { why: 'its labels', words: ['-l', 'tier=front'] },
  ])('leaves out what a filter on $why does not meet', async ({ words }) => {
    const { out } = await cluster.cli(['list', '--format', 'json', ...words]);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, policies: [] });
  });
});

describe('show', () => {
  test('says what a policy says, and whom it means today', async () => {
    const { out, status } = await cluster.cli(['show', 'db-ingress', '-n', 'shop']);
    expect(status).toBe(0);
    expect(out).toContain('shop/db-ingress applies to pods with app=db in namespace shop.');
    expect(out).toContain('  pods with app=web in namespace shop on 5432/TCP');
    expect(out).toContain('Ingress rule 0 means today:\n  shop/web');
  });

  test('writes YAML that the server takes back as unchanged', async () => {
    const { out } = await cluster.cli(['show', 'db-ingress', '-n', 'shop', '--format', 'yaml']);
    expect(out).not.toContain('managedFields');
    const { status } = await cluster.kubectl(['diff', '-f', '-'], out);
    expect(status).toBe(0);
  });

  test('names what there is in place of what there is not', async () => {
    const { err, status } = await cluster.cli(['show', 'db', '-n', 'shop']);
    expect(err).toContain('namespace shop has db-ingress [object-missing]');
    expect(status).toBe(2);
  });
});

describe('--cluster', () => {
  test.each([
    { words: ['reach', 'shop/web', 'shop/db', '5432'], status: 0 },
    { words: ['reach', 'shop/web', 'shop/db', '5433'], status: 1 },
    { words: ['reach', 'internet', 'shop/db'], status: 1 },
    { words: ['explain', 'shop/web', 'shop/db', '5432'], status: 0 },
    { words: ['connections'], status: 0 },
    { words: ['lint', '--fail-on', 'warning'], status: 1 },
    { words: ['import'], status: 0 },
  ])('$words answers from the live cluster', async ({ words, status }) => {
    expect(await cluster.cli([...words, '--cluster'])).toMatchObject({ status, err: '' });
  });

  test('and a path are too much', async () => {
    const { err, status } = await cluster.cli(['connections', '--cluster', 'dist']);
    expect(err).toContain('[source-unclear]');
    expect(status).toBe(2);
  });
});

describe('an account', () => {
  test('that nobody knows is told to sign in', async () => {
    const { err, status } = await cluster.cli(['list'], { kubeconfig: cluster.kubeconfig('wrong-token') });
    expect(err).toContain('[not-signed-in]');
    expect(status).toBe(3);
  });

  test('that may not list a kind is told so, and what depends on it is unknown', async () => {
    const { api } = cluster.server;
    const rbac = '/apis/rbac.authorization.k8s.io/v1';
    const read = (apiGroups: string[], resources: string[]) => ({ apiGroups, resources, verbs: ['list'] });
    await api.create(`${rbac}/clusterroles`, {
      metadata: { name: 'no-policies' },
      rules: [
        read([''], ['namespaces', 'pods', 'nodes', 'services', 'replicationcontrollers']),
        read(['apps'], ['deployments', 'statefulsets', 'daemonsets', 'replicasets']),
        read(['batch'], ['jobs', 'cronjobs']),
        read(['networking.k8s.io'], ['ingresses']),
      ],
    });
    await api.create(`${rbac}/clusterrolebindings`, {
      metadata: { name: 'no-policies' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'no-policies' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'limited' }],
    });
    const kubeconfig = cluster.kubeconfig('limited-token');
    const { out, err, status } = await cluster.cli(['reach', 'shop/web', 'shop/db', '--cluster'], {
      kubeconfig,
    });
    expect(err).toContain('listing NetworkPolicy objects');
    expect(err).toContain('[forbidden]');
    expect(out).toContain('unknown');
    expect(status).toBe(2);
  });
});

test('an account with rights in one namespace lists it, and brings its policies into code', async () => {
  const { api } = cluster.server;
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const metadata = { name: 'team' };
  await api.create(`${rbac}/namespaces/shop/roles`, {
    metadata,
    rules: [
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['list'] },
      { apiGroups: ['', 'apps', 'batch'], resources: ['*'], verbs: ['list'] },
    ],
  });
  await api.create(`${rbac}/namespaces/shop/rolebindings`, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'reader' }],
  });
  const kubeconfig = cluster.kubeconfig('reader-token');
  for (const words of [['list'], ['import', '--cluster']]) {
    const { out, err, status } = await cluster.cli([...words, '--namespace', 'shop'], { kubeconfig });
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain('db-ingress');
  }
  const { out, err, status } = await cluster.cli(['show', 'db-ingress', '-n', 'shop'], { kubeconfig });
  expect(out).toContain('It selects today:\n  shop/db (db)\n');
  expect(err).toContain(
    'cannot list resource "networkpolicies" in API group "networking.k8s.io" at the cluster',
  );
  expect(status).toBe(2);
});

test('a server that is not there is told in a sentence', async () => {
  const kubeconfig = cluster.kubeconfig(undefined, 'https://127.0.0.1:1');
  const { err, status } = await cluster.cli(['connections', '--cluster'], { kubeconfig });
  expect(err).toContain('the cluster cannot be reached from here');
  expect(status).toBe(3);
});

test('a context that is none is told in a sentence', async () => {
  const { err, status } = await cluster.cli(['list', '--context', 'prod']);
  expect(err).toContain('kubectl knows no such cluster');
  expect(status).toBe(3);
});

describe('what somebody installed', () => {
  const CILIUM = '/apis/cilium.io/v2';

  beforeAll(async () => {
    const { api } = cluster.server;
    await api.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      metadata: { name: 'ciliumnetworkpolicies.cilium.io' },
      spec: {
        group: 'cilium.io',
        scope: 'Namespaced',
        names: { kind: 'CiliumNetworkPolicy', plural: 'ciliumnetworkpolicies' },
        versions: [
          {
            name: 'v2',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    });
    await api.until(`${CILIUM}/ciliumnetworkpolicies`);
    await api.create(`${CILIUM}/namespaces/shop/ciliumnetworkpolicies`, {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'deny-all' },
    });
  });

  const UNKNOWN = 'a verdict that they could change is unknown';

  test('and decides about traffic is told', async () => {
    expect(await cluster.cli(['reach', 'shop/web', 'shop/db', '5432', '--cluster'])).toMatchObject({
      err: `not judged: 1 CiliumNetworkPolicy.cilium.io (shop/deny-all); ${UNKNOWN} until the profile tells the engine\n`,
      status: 2,
    });
    const ignoring = ['--ignore-kind', 'CiliumNetworkPolicy'];
    expect(
      await cluster.cli(['reach', 'shop/web', 'shop/db', '5432', '--cluster', ...ignoring]),
    ).toMatchObject({ err: 'left out as asked: 1 CiliumNetworkPolicy.cilium.io\n', status: 0 });
  });

  test('is told as well where it may not be looked at', async () => {
    const { err } = await cluster.cli(['reach', 'shop/web', 'shop/db', '5432', '--cluster'], {
      kubeconfig: cluster.kubeconfig('reader-token'),
    });
    for (const kind of ['CiliumClusterwideNetworkPolicy', 'CiliumNetworkPolicy']) {
      expect(err).toContain(`could not be listed: ${kind}.cilium.io; if there are any, ${UNKNOWN}\n`);
    }
  });

  test('and calls pods is what lint asks for', async () => {
    const { api } = cluster.server;
    await api.create('/api/v1/namespaces/shop/services', {
      metadata: { name: 'db' },
      spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] },
    });
    await api.create('/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations', {
      metadata: { name: 'checks' },
      webhooks: [
        {
          name: 'checks.example.com',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          clientConfig: { service: { namespace: 'shop', name: 'db', port: 5432 } },
        },
      ],
    });
    const asked = ['lint', '--cluster', '--rule', 'webhook-cut-off'];
    // What the other policy opens nobody knows.
    expect((await cluster.cli(asked)).out).not.toContain('webhook-cut-off');
    const { out } = await cluster.cli([...asked, '--ignore-kind', 'CiliumNetworkPolicy']);
    expect(out).toContain('ValidatingWebhookConfiguration checks has the API server call it on 5432/TCP');
  });
});

test('five thousand pods and a hundred policies come in pages', async () => {
  const { api } = cluster.server;
  await addNamespace(api, 'big');
  const numbers = Array.from({ length: 5000 }, (_, i) => i);
  await api.each(numbers, (i) =>
    addPod(api, 'big', `pod-${i}`, {
      labels: { app: `app-${i % 100}` },
      ip: `10.245.${Math.floor(i / 250)}.${(i % 250) + 1}`,
    }),
  );
  await api.each(numbers.slice(0, 100), (i) =>
    addPolicy(api, 'big', `app-${i}`, { podSelector: { matchLabels: { app: `app-${i}` } } }),
  );
  const { out, status } = await cluster.cli(['list', '-n', 'big', '--format', 'json']);
  const { policies } = JSON.parse(out) as { policies: { pods: number }[] };
  expect(status).toBe(0);
  expect(policies.map(({ pods }) => pods)).toEqual(Array.from({ length: 100 }, () => 50));
});
