import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectValid, validatorOf } from '../render/schemas';
import { LiveCluster } from './bed/cluster';
import { livePolicies, policy, writeManifest } from './bed/policies';
import { addNamespace, addPod, addPolicy, addShop } from './bed/shop';

const isPolicyChanges = validatorOf('policy-changes');
const isDrift = validatorOf('drift');

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

const denied = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] });

const file = (name: string, ...objects: readonly object[]) => writeManifest(folder, name, ...objects);

describe('apply', () => {
  test('with --dry-run shows what closes, and changes nothing', async () => {
    const { out, err, status } = await cluster.cli(['apply', '--dry-run', file('denied', denied)]);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain('create  shop/default-deny');
    expect(out).toMatch(/^opens 0; closes \d+\nshop gets its first default deny for ingress$/m);
    expect(out).toContain('nothing was applied: --dry-run');
    expect(await livePolicies(cluster)).toEqual(['db-ingress']);
  });

  test('asks for --yes where nobody can be asked', async () => {
    const { err, status } = await cluster.cli(['apply', file('denied', denied)]);
    expect(err).toContain('[confirmation-missing]');
    expect(status).toBe(2);
    expect(await livePolicies(cluster)).toEqual(['db-ingress']);
  });

  test('with --yes applies, and says the second time that there is nothing to do', async () => {
    const path = file('denied', denied);
    expect(await cluster.cli(['apply', '--yes', path])).toMatchObject({
      out: expect.stringMatching(/^applied {2}shop\/default-deny$/m),
      status: 0,
    });
    expect(await livePolicies(cluster)).toEqual(['db-ingress', 'default-deny']);
    expect(await cluster.cli(['apply', '--yes', path])).toMatchObject({
      out: 'context bed\n1 policy is in the cluster as wanted\n',
      status: 0,
    });
    const { out } = await cluster.cli(['list', '--name', 'default-deny']);
    expect(out).toContain('code');
  });

  test('stops at findings from --fail-on on', async () => {
    const odd = policy('odd', { podSelector: { matchLabels: { app: 'dbb' } }, policyTypes: ['Ingress'] });
    const words = ['apply', '--yes', '--fail-on', 'warning', file('odd', odd)];
    const { out, err, status } = await cluster.cli(words);
    expect(out).toMatch(/^warning {2}selects-no-workload {2}1 finding\n {2}NetworkPolicy shop\/odd /m);
    expect(err).toContain('nothing was applied: a finding stops it (--fail-on warning)');
    expect(status).toBe(1);
    expect(await livePolicies(cluster)).not.toContain('odd');
  });

  test('passes over findings that are accepted in --config', async () => {
    const odd = policy('odd', { podSelector: { matchLabels: { app: 'dbb' } }, policyTypes: ['Ingress'] });
    const config = join(folder, 'aks-netpol.yaml');
    writeFileSync(config, 'acknowledge:\n- { rule: selects-no-workload, object: shop/odd, reason: soon }\n');
    const words = ['apply', '--dry-run', '--fail-on', 'warning', '--config', config, file('odd', odd)];
    const { out, err, status } = await cluster.cli(words);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain('Accepted:\n  selects-no-workload  NetworkPolicy shop/odd  by the operator, ');
  });

  test('counts what is not its to apply', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' } };
    const { out } = await cluster.cli(['apply', '--dry-run', file('mixed', denied, secret)]);
    expect(out).toMatch(
      /^context bed\npassed over, for kubectl to apply: 1 Secret\n1 policy is in the cluster as wanted\n$/,
    );
  });

  test('shows what the server will store, and so what another manager keeps', async () => {
    const both = { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [{}] };
    const theirs = JSON.stringify(policy('shared', both));
    await cluster.kubectl(['apply', '--server-side', '--field-manager=somebody', '-f', '-'], theirs);
    const ours = policy('shared', { podSelector: {}, ingress: [{}] });
    const path = file('shared', ours);
    const { out, err } = await cluster.cli(['apply', '--yes', path]);
    expect(err).toBe('');
    expect(out).toContain('change  shop/shared\n    spec.ingress: nothing -> [{}]\n');
    expect(out).not.toContain('spec.egress:');
    expect((await cluster.cli(['apply', '--yes', path])).out).toBe(
      'context bed\n1 policy is in the cluster as wanted\n',
    );
    await cluster.cli(['delete', 'shop/shared', '--yes']);
  });

  test('in JSON says what becomes of each policy, also when nothing is applied', async () => {
    const more = policy('more', { podSelector: {}, policyTypes: ['Ingress'] });
    const nowhere = policy('p', { podSelector: {}, policyTypes: ['Ingress'] }, 'nowhere');
    const path = file('json', denied, more, nowhere);
    const { out, err, status } = await cluster.cli(['apply', '--yes', '--format', 'json', path]);
    expectValid(isPolicyChanges, out);
    expect(status).toBe(1);
    expect(err).toContain('nothing was applied: the cluster refuses a policy');
    expect(JSON.parse(out).policies).toMatchObject([
      { namespace: 'nowhere', action: 'create', result: 'refused', refusal: { code: 'object-missing' } },
      { name: 'default-deny', action: 'keep', result: 'done' },
      { name: 'more', action: 'create', result: 'planned' },
    ]);
    const done = await cluster.cli(['apply', '--yes', '--format', 'json', file('json', more)]);
    expectValid(isPolicyChanges, done.out);
    expect(JSON.parse(done.out).policies).toMatchObject([{ name: 'more', result: 'done' }]);
    const gone = await cluster.cli(['delete', 'shop/more', '--yes', '--format', 'json']);
    expectValid(isPolicyChanges, gone.out);
    expect(JSON.parse(gone.out).policies).toMatchObject([{ action: 'delete', result: 'done' }]);
    expect(await livePolicies(cluster)).not.toContain('more');
  });

  test('stops at what the server refuses, before anything is changed', async () => {
    const nowhere = policy('p', { podSelector: {}, policyTypes: ['Ingress'] }, 'nowhere');
    const good = policy('good', { podSelector: {}, policyTypes: ['Ingress'] });
    const { err, status } = await cluster.cli(['apply', '--yes', file('nowhere', good, nowhere)]);
    expect(err).toContain('refused: NetworkPolicy nowhere/p');
    expect(status).toBe(1);
    expect(await livePolicies(cluster)).not.toContain('good');
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
    await cluster.kubectl(['label', 'netpol', 'foreign', '-n', 'shop', 'team=x']);
    const path = file('foreign', policy('foreign', { podSelector: {}, policyTypes: ['Ingress'] }));
    const refused = await cluster.cli(['apply', '--yes', path]);
    expect(refused.out).toContain('spec.policyTypes');
    expect(refused.out).not.toContain('labels');
    expect(refused.err).toContain('[field-conflict]');
    expect(refused.err).toContain('somebody');
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
    const { err, status } = await cluster.cli(['apply', '--yes', file('more', more)], {
      kubeconfig: cluster.kubeconfig('reader-token'),
    });
    expect(err).toContain('cannot patch resource');
    expect(err).toContain('[forbidden]');
    expect(status).toBe(1);
    const deletion = await cluster.cli(['delete', 'shop/db-ingress', '--dry-run'], {
      kubeconfig: cluster.kubeconfig('reader-token'),
    });
    expect(deletion.out).toContain('delete  shop/db-ingress');
    expect(deletion.err).toContain('cannot delete resource');
    expect(deletion.err).toContain('nothing was deleted: the cluster refuses a policy');
    expect(deletion.status).toBe(1);
  });
});

test('an account with rights in one namespace alone changes the policies there, and is told what it cannot see', async () => {
  const { api } = cluster.server;
  await addNamespace(api, 'own');
  const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/own';
  await api.create(`${rbac}/roles`, {
    metadata: { name: 'all' },
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  });
  await api.create(`${rbac}/rolebindings`, {
    metadata: { name: 'all' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'all' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'limited' }],
  });
  const kubeconfig = cluster.kubeconfig('limited-token');
  const run = (...words: string[]) => cluster.cli(words, { kubeconfig });
  const path = file('own-deny', policy('deny', { podSelector: {}, policyTypes: ['Ingress'] }, 'own'));
  const applied = await run('apply', '--yes', path);
  expect(applied.out).toContain('applied  own/deny');
  expect(applied.err).toContain('cannot list resource "networkpolicies"');
  expect(applied.status).toBe(0);
  expect(await run('drift', path)).toMatchObject({ out: 'the cluster is as the manifests say\n', status: 2 });
  const elsewhere = await run('apply', '--yes', file('other', policy('deny', { podSelector: {} }, 'shop')));
  expect(elsewhere.err).toContain('[forbidden]');
  expect(elsewhere.status).toBe(2);
  const deleted = await run('delete', '--yes', '-n', 'own', 'deny');
  expect(deleted.out).toContain('deleted  own/deny');
  expect(deleted.status).toBe(0);
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
  const adopted = await cluster.cli(['apply', '--dry-run', file('own', own)]);
  expect(adopted.out).toMatch(/^context bed\nadopt {2}taken\/default-deny\n\nno connection changes\n/);
  const labelled = { ...own, metadata: { ...own.metadata, labels: { team: 'shop' } } };
  const first = await cluster.cli(['apply', '--yes', file('labelled', labelled)]);
  expect(first.out).toContain('metadata.labels: nothing -> {"team":"shop"}');
  const second = await cluster.cli(['apply', '--yes', file('own', own)]);
  expect(second.out).toContain('metadata.labels: {"team":"shop"} -> nothing');
  const third = await cluster.cli(['apply', '--yes', file('own', own)]);
  expect(third.out).toBe('context bed\n1 policy is in the cluster as wanted\n');
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
  expect(answer.err).toContain('no secrets here');
  expect(answer.err).toContain('[admission-denied]');
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
    expect(out).toMatch(/^warning {2}no-default-deny {2}1 finding\n {2}Namespace lone$/m);
    expect(status).toBe(0);
    expect(await livePolicies(cluster, 'lone')).toEqual(['deny']);
    expect(await cluster.cli(['delete', 'lone/deny', '--yes'])).toMatchObject({
      out: expect.stringMatching(/^deleted {2}lone\/deny$/m),
      status: 0,
    });
    expect(await livePolicies(cluster, 'lone')).toEqual([]);
  });

  test('deletes nothing when one name is not there', async () => {
    const { err, status } = await cluster.cli(['delete', 'shop/db-ingress', 'shop/nobody', '--yes']);
    expect(err).toContain('shop/nobody');
    expect(status).toBe(2);
    expect(await livePolicies(cluster)).toContain('db-ingress');
  });

  test('with --ignore-not-found finishes what was begun', async () => {
    await addPolicy(cluster.server.api, 'shop', 'rest', { podSelector: {}, policyTypes: ['Egress'] });
    const words = ['delete', 'shop/begun', 'rest', '-n', 'shop', '--ignore-not-found', '--yes'];
    const { out, err, status } = await cluster.cli(words);
    expect(err).toBe('not there: shop/begun\n');
    expect(out).toMatch(/^deleted {2}shop\/rest$/m);
    expect(status).toBe(0);
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
    expect(out).toMatch(
      /^changed {2}steady\/one {2}managed by .*\n {4}spec\.ingress: \[\{\}\] -> nothing\nmissing {2}steady\/two$/m,
    );
    expect(status).toBe(1);
    const json = await cluster.cli(['drift', '--format', 'json', path]);
    expectValid(isDrift, json.out);
    expect(JSON.parse(json.out).drift).toMatchObject([
      { drift: 'changed', name: 'one', fields: [{ field: 'spec.ingress', before: '[{}]' }] },
      { drift: 'missing', name: 'two' },
    ]);
  });
});
