import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveCluster } from './bed/cluster';
import { addNamespace, addPod, addPolicy, addShop } from './bed/shop';

const folder = mkdtempSync(join(tmpdir(), 'writing-'));
let cluster: LiveCluster;
beforeAll(async () => {
  cluster = await LiveCluster.start();
  await addShop(cluster.server.api);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cluster?.stop();
});

const policy = (name: string, spec: object, namespace = 'shop') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
});
const denied = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] });

function file(name: string, ...objects: readonly object[]): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, objects.map((each) => JSON.stringify(each)).join('\n---\n'));
  return path;
}

const livePolicies = async (namespace = 'shop') => {
  const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;
  const { items } = await cluster.server.api.get<{ items: { metadata: { name: string } }[] }>(path);
  return items.map(({ metadata }) => metadata.name).sort();
};

describe('apply', () => {
  test('with --dry-run shows what closes, and changes nothing', async () => {
    const { out, err, status } = await cluster.cli(['apply', '--dry-run', file('denied', denied)]);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain('create  shop/default-deny');
    expect(out).toMatch(
      /^opens 0; closes \d+; shop gets its first default deny for ingress|^opens 0; closes \d+/m,
    );
    expect(await livePolicies()).toEqual(['db-ingress']);
  });

  test('asks for --yes where nobody can be asked', async () => {
    const { err, status } = await cluster.cli(['apply', file('denied', denied)]);
    expect(err).toContain('[confirmation-missing]');
    expect(status).toBe(2);
    expect(await livePolicies()).toEqual(['db-ingress']);
  });

  test('with --yes applies, and says the second time that there is nothing to do', async () => {
    const path = file('denied', denied);
    expect(await cluster.cli(['apply', '--yes', path])).toMatchObject({
      out: expect.stringContaining('applied 1 policy.'),
      status: 0,
    });
    expect(await livePolicies()).toEqual(['db-ingress', 'default-deny']);
    expect(await cluster.cli(['apply', '--yes', path])).toMatchObject({
      out: '1 policy is in the cluster as wanted\n',
      status: 0,
    });
    const { out } = await cluster.cli(['list', '--name', 'default-deny']);
    expect(out).toContain('code');
  });

  test('stops at findings from --fail-on on', async () => {
    const odd = policy('odd', { podSelector: { matchLabels: { app: 'dbb' } }, policyTypes: ['Ingress'] });
    const words = ['apply', '--yes', '--fail-on', 'warning', file('odd', odd)];
    const { out, status } = await cluster.cli(words);
    expect(out).toContain('selects-no-workload  shop/odd');
    expect(out).toContain('nothing was applied');
    expect(status).toBe(1);
  });

  test('stops at what the server refuses, before anything is changed', async () => {
    const nowhere = policy('p', { podSelector: {}, policyTypes: ['Ingress'] }, 'nowhere');
    const good = policy('good', { podSelector: {}, policyTypes: ['Ingress'] });
    const { out, status } = await cluster.cli(['apply', '--yes', file('nowhere', good, nowhere)]);
    expect(out).toContain('refused  nowhere/p');
    expect(status).toBe(1);
    expect(await livePolicies()).not.toContain('good');
  });

  test('applies nothing when a manifest cannot be understood', async () => {
    const broken = policy('broken', { podSelector: 5 });
    const { err, status } = await cluster.cli(['apply', '--yes', file('broken', denied, broken)]);
    expect(err).toContain('[changes-refused]');
    expect(err).toContain('spec.podSelector');
    expect(status).toBe(2);
  });

  test('names who else manages a field, and takes it over when told so', async () => {
    const foreign = JSON.stringify(policy('foreign', { podSelector: {}, policyTypes: ['Egress'] }));
    await cluster.kubectl(['apply', '--server-side', '--field-manager=somebody', '-f', '-'], foreign);
    const path = file('foreign', policy('foreign', { podSelector: {}, policyTypes: ['Ingress'] }));
    const refused = await cluster.cli(['apply', '--yes', path]);
    expect(refused.out).toContain('[field-conflict]');
    expect(refused.out).toContain('somebody');
    expect(refused.status).toBe(1);
    expect(await cluster.cli(['apply', '--yes', '--force-conflicts', path])).toMatchObject({ status: 0 });
  });

  test('an account that may only read is refused with the verb it lacks', async () => {
    const { api } = cluster.server;
    const rbac = '/apis/rbac.authorization.k8s.io/v1';
    await api.create(`${rbac}/clusterroles`, {
      metadata: { name: 'reads' },
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }],
    });
    await api.create(`${rbac}/clusterrolebindings`, {
      metadata: { name: 'reads' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reads' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'reader' }],
    });
    const more = policy('more', { podSelector: {}, policyTypes: ['Ingress'] });
    const { out, status } = await cluster.cli(['apply', '--yes', file('more', more)], {
      kubeconfig: cluster.kubeconfig('reader-token'),
    });
    expect(out).toContain('cannot patch resource');
    expect(out).toContain('[forbidden]');
    expect(status).toBe(1);
  });
});

test('create refuses what is there already', async () => {
  const { err, status } = await cluster.cli(['create', '--yes', '-f', file('denied', denied)]);
  expect(err).toContain('there are policies of these names already');
  expect(status).toBe(2);
});

test('apply takes a policy over that is as wanted and belongs to nobody, and drops a label that code dropped', async () => {
  const { metadata, ...rest } = denied;
  await addNamespace(cluster.server.api, 'taken');
  const own = { ...rest, metadata: { ...metadata, namespace: 'taken' } };
  await addPolicy(cluster.server.api, 'taken', 'default-deny', denied.spec);
  const labelled = { ...own, metadata: { ...own.metadata, labels: { team: 'shop' } } };
  const first = await cluster.cli(['apply', '--yes', file('labelled', labelled)]);
  expect(first.out).toContain('change  taken/default-deny  owner, metadata.labels.team');
  const second = await cluster.cli(['apply', '--yes', file('own', own)]);
  expect(second.out).toContain('change  taken/default-deny  metadata.labels.team');
  const third = await cluster.cli(['apply', '--yes', file('own', own)]);
  expect(third.out).toBe('1 policy is in the cluster as wanted\n');
});

test('an object that an admission policy of the cluster refuses is told as that', async () => {
  const admission = '/apis/admissionregistration.k8s.io/v1';
  await cluster.server.api.create(`${admission}/validatingadmissionpolicies`, {
    metadata: { name: 'no-secrets' },
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['networking.k8s.io'],
            apiVersions: ['v1'],
            operations: ['CREATE'],
            resources: ['networkpolicies'],
          },
        ],
      },
      validations: [{ expression: "object.metadata.name != 'secret'", message: 'no secrets here' }],
    },
  });
  await cluster.server.api.create(`${admission}/validatingadmissionpolicybindings`, {
    metadata: { name: 'no-secrets' },
    spec: { policyName: 'no-secrets', validationActions: ['Deny'] },
  });
  const secret = policy('secret', { podSelector: {}, policyTypes: ['Ingress'] });
  // The server takes a moment to notice a new rule.
  let answer = await cluster.cli(['apply', '--dry-run', file('secret', secret)]);
  for (let tries = 0; tries < 20 && answer.status === 0; tries++) {
    answer = await cluster.cli(['apply', '--dry-run', file('secret', secret)]);
  }
  expect(answer.out).toContain('no secrets here');
  expect(answer.out).toContain('[admission-denied]');
  expect(answer.status).toBe(1);
});

describe('delete', () => {
  test('tells what opens, and that the last default deny goes', async () => {
    await addNamespace(cluster.server.api, 'lone');
    await addPod(cluster.server.api, 'lone', 'pod', { labels: { app: 'lone' }, ip: '10.244.0.9' });
    await addPolicy(cluster.server.api, 'lone', 'deny', { podSelector: {}, policyTypes: ['Ingress'] });
    const { out, status } = await cluster.cli(['delete', 'deny', '-n', 'lone', '--dry-run']);
    expect(out).toContain('delete  lone/deny');
    expect(out).toContain('lone loses its last default deny for ingress');
    expect(status).toBe(0);
    expect(await livePolicies('lone')).toEqual(['deny']);
    expect(await cluster.cli(['delete', 'lone/deny', '--yes'])).toMatchObject({
      out: expect.stringContaining('deleted 1 policy.'),
      status: 0,
    });
    expect(await livePolicies('lone')).toEqual([]);
  });

  test('deletes nothing when one name is not there', async () => {
    const { err, status } = await cluster.cli(['delete', 'shop/db-ingress', 'shop/nobody', '--yes']);
    expect(err).toContain('shop/nobody');
    expect(status).toBe(2);
    expect(await livePolicies()).toContain('db-ingress');
  });
});

describe('drift', () => {
  test('is none after an apply, and some after somebody changed a policy by hand', async () => {
    await addNamespace(cluster.server.api, 'steady');
    const one = policy('one', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }, 'steady');
    const two = policy('two', { podSelector: {}, policyTypes: ['Egress'] }, 'steady');
    const path = file(
      'steady',
      one,
      two,
      denied,
      policy('foreign', { podSelector: {}, policyTypes: ['Ingress'] }),
    );
    await cluster.cli(['apply', '--yes', '--force-conflicts', path]);
    expect(await cluster.cli(['drift', path])).toMatchObject({
      out: 'the cluster is as the manifests say\n',
      status: 0,
    });
    await cluster.kubectl(['delete', 'networkpolicy', 'two', '-n', 'steady']);
    await cluster.kubectl([
      'patch',
      'networkpolicy',
      'one',
      '-n',
      'steady',
      '--type=merge',
      '-p',
      '{"spec":{"ingress":[]}}',
    ]);
    const { out, status } = await cluster.cli(['drift', path]);
    expect(out).toContain('changed  steady/one  spec.ingress');
    expect(out).toContain('missing  steady/two');
    expect(status).toBe(1);
  });
});

test('fifty policies, the server killed half-way: what was applied is told, and running again finishes it', async () => {
  await addNamespace(cluster.server.api, 'many');
  const many = Array.from({ length: 50 }, (_, i) =>
    policy(
      `p-${String(i).padStart(2, '0')}`,
      { podSelector: { matchLabels: { n: `${i}` } }, policyTypes: ['Ingress'] },
      'many',
    ),
  );
  const path = file('many', ...many);
  const running = cluster.cli(['apply', '--yes', '--fail-on', 'never', path]);
  for (let seen = 0; seen < 10; ) {
    seen = (await livePolicies('many')).length;
  }
  await cluster.server.kill();
  const { out, status } = await running;
  const [, done = ''] = /^applied: (.*)$/m.exec(out) ?? [];
  const [, left = ''] = /^not applied: (.*)$/m.exec(out) ?? [];
  expect(status).toBe(3);
  expect([...done.split(', '), ...left.split(', ')].sort()).toEqual(
    many.map((each) => `many/${each.metadata.name}`),
  );
  await cluster.server.revive();
  expect(await cluster.cli(['apply', '--yes', '--fail-on', 'never', path])).toMatchObject({ status: 0 });
  expect(await livePolicies('many')).toHaveLength(50);
});
