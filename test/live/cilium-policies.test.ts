import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boundTo } from '../../lib/cli/live/bound-policies';
import { PolicyWriter } from '../../lib/cli/live/policy-writer';
import { readManifests } from '../../lib/manifests/read-manifests';
import { managedPoliciesIn } from '../../lib/plan/any-policy';
import { pairsOf } from '../../lib/plan/policy-pairs';
import { expectValid, validatorOf } from '../render/schemas';
import { AKS_BLOCK } from '../support/other-policies';
import {
  addCiliumPolicy,
  type CiliumManifest,
  callInvalid,
  ciliumPath,
  ciliumPolicy,
  installCiliumKinds,
} from './bed/cilium';
import { LiveCluster } from './bed/cluster';
import { policy, writeManifest } from './bed/policies';
import { addNamespace, addShop } from './bed/shop';

const folder = mkdtempSync(join(tmpdir(), 'cilium-policies-'));
let cluster: LiveCluster;
beforeAll(async () => {
  cluster = await LiveCluster.start();
  await addShop(cluster.server.api);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cluster?.stop();
});

const file = (name: string, ...objects: readonly object[]) => writeManifest(folder, name, ...objects);
/** The command line judges as on a cluster with Cilium. */
const run = (...words: string[]) => cluster.cli([...words, '--engine', 'cilium']);
const names = async (namespace?: string) => {
  const path = ciliumPath('', namespace).slice(0, -1);
  const { items } = await cluster.server.api.get<{ items: CiliumManifest[] }>(path);
  return items.map(({ metadata }) => metadata.name).sort();
};

const is = (app: string) => ({ matchLabels: { app } });
const fromWeb = { fromEndpoints: [is('web')] };
/** Web may call db on 5432, and ping it. */
const DB = ciliumPolicy(
  'db',
  {
    endpointSelector: is('db'),
    ingress: [
      { ...fromWeb, toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }] },
      // The server writes the family.
      { ...fromWeb, icmps: [{ fields: [{ type: 'EchoRequest' }] }] },
    ],
  },
  'shop',
);
const NO_WORLD = ciliumPolicy('no-world', {
  endpointSelector: {},
  enableDefaultDeny: { ingress: false },
  ingressDeny: [{ fromEntities: ['world'] }],
});

test('a cluster without the kinds is told before anything is written', async () => {
  const own = policy('web', { podSelector: is('web'), policyTypes: ['Egress'] });
  const path = file('not-installed', own, DB);
  for (const verb of [['apply', '--yes'], ['drift']]) {
    const { out, err, status } = await run(...verb, path);
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).toContain('got CiliumNetworkPolicy of cilium.io/v2; ');
    expect(err).toContain('[kind-not-installed]');
  }
  expect((await cluster.cli(['list', '--name', 'web'])).out).not.toContain('web');
  expect((await run('apply', '--dry-run', '--ignore-kind', 'CiliumNetworkPolicy', path)).status).toBe(0);
});

describe('where the kinds are installed', () => {
  const both = () => file('both', DB, NO_WORLD);

  beforeAll(async () => {
    await installCiliumKinds(cluster.server.api);
    await addCiliumPolicy(cluster.server.api, AKS_BLOCK);
  });

  test('drift tells what is missing, and leaves AKS’s own alone, on either side', async () => {
    const { out, err, status } = await run('drift', '--all', file('with-aks', DB, NO_WORLD, AKS_BLOCK));
    expect(out).toMatch(/^missing {2}CiliumClusterwideNetworkPolicy no-world\n/m);
    expect(out).toMatch(/^missing {2}CiliumNetworkPolicy shop\/db\n/m);
    expect(out).toMatch(
      /^foreign {2}CiliumClusterwideNetworkPolicy block-azure-destinations {2}managed by AKS$/m,
    );
    expect(err).toBe(
      'left alone, because it is AKS’s own: CiliumClusterwideNetworkPolicy block-azure-destinations\n',
    );
    expect(status).toBe(1);
  });

  test('create shows what closes, and creates them', async () => {
    const { out, err, status } = await run('create', '--yes', '--filename', both());
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain('create  CiliumClusterwideNetworkPolicy no-world\n');
    expect(out).toContain('create  CiliumNetworkPolicy shop/db\n');
    expect(out).toMatch(/^opens 0; closes [1-9]/m);
    expect(out).toMatch(/^created {2}CiliumNetworkPolicy shop\/db$/m);
    expect([await names('shop'), await names()]).toEqual([['db'], ['block-azure-destinations', 'no-world']]);
    const again = await run('create', '--yes', '--filename', both());
    expect(again.err).toContain('got CiliumClusterwideNetworkPolicy no-world, CiliumNetworkPolicy shop/db; ');
    expect(again.status).toBe(2);
  });

  test('what the server and the operator add is no drift, and nothing to apply', async () => {
    await callInvalid(cluster.server.api, ciliumPath('no-world'), 'soon mended');
    expect(await run('drift', both())).toMatchObject({
      out: 'the cluster is as the manifests say\n',
      status: 0,
    });
    expect(await run('apply', '--yes', both())).toMatchObject({
      out: 'context bed\n2 policies are in the cluster as wanted\n',
      status: 0,
    });
    await callInvalid(cluster.server.api, ciliumPath('db', 'shop'), 'a rule without a peer');
  });

  test('a status that says invalid is told by doctor, list and show, and makes verdicts unknown', async () => {
    const { api } = cluster.server;
    const labels = { 'k8s-app': 'cilium' };
    await api.create('/apis/apps/v1/namespaces/kube-system/daemonsets', {
      metadata: { name: 'cilium' },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'cilium-agent', image: 'cilium' }] } },
      },
    });
    const told = await cluster.cli(['doctor']);
    expect(told.out).toContain(
      'error: Cilium does not enforce CiliumNetworkPolicy shop/db, says its status: a rule without a peer\n',
    );
    expect(told.out).toMatch(/^Cilium policies {8}3 /m);
    expect(told.status).toBe(1);
    const listed = await cluster.cli(['list']);
    expect(listed.out).toMatch(
      /^shop +cnp +db +app=db +Ingress +2 allow +1 +\S+ +code\n {4}Cilium does not enforce it, says its status: a rule without a peer$/m,
    );
    expect(listed.out).toMatch(/^- +ccnp +block-azure-destinations +- +- +1 deny +3 +\S+ +AKS$/m);
    const shown = await run('show', 'cnp/shop/db');
    expect(shown.out).toContain('says its status: a rule without a peer\n');
    expect(shown.out).toContain('Managed by: code\n');
    const doubtful = await run('explain', '203.0.113.7', 'shop/web', '80', '--cluster');
    expect(doubtful.out).toMatch(
      /CiliumClusterwideNetworkPolicy no-world is invalid, as its status says, or was before it was changed/,
    );
    expect(doubtful.status).toBe(2);
    expect((await run('reach', '203.0.113.7', 'shop/db', '80', '--cluster')).out).toContain('denied');
  });

  test('drift and apply tell a change field by field, and what it opens', async () => {
    const { api } = cluster.server;
    await api.patch(ciliumPath('db', 'shop'), {
      spec: { ingress: [{ ...fromWeb, toPorts: [{ ports: [{ port: '5433', protocol: 'TCP' }] }] }] },
    });
    const { out, status } = await run('drift', both());
    expect(out).toMatch(/^changed {2}CiliumNetworkPolicy shop\/db {2}managed by /m);
    expect(out).toContain('    spec.ingress[0].toPorts[0].ports[0].port: "5432" -> "5433"\n');
    expect(status).toBe(1);
    const applied = await run('apply', '--yes', '--force-conflicts', '--format', 'json', both());
    expectValid(validatorOf('policy-changes'), applied.out);
    expect(JSON.parse(applied.out).policies).toMatchObject([
      { kind: 'CiliumClusterwideNetworkPolicy', name: 'no-world', action: 'keep' },
      { kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'db', action: 'change', result: 'done' },
    ]);
    expect((await run('drift', both())).status).toBe(0);
  });

  test('what a policy says of services is judged with those of the cluster', async () => {
    await cluster.server.api.create('/api/v1/namespaces/shop/services', {
      metadata: { name: 'db' },
      spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] },
    });
    const toDb = ciliumPolicy(
      'web',
      {
        endpointSelector: is('web'),
        egress: [{ toServices: [{ k8sService: { serviceName: 'db', namespace: 'shop' } }] }],
      },
      'shop',
    );
    for (const verb of [['apply', '--dry-run'], ['drift']]) {
      const { out } = await run(...verb, '--wide', file('to-service', toDb));
      expect(out).toMatch(/^- closed +shop\/web +0\.0\.0\.0-168\.63\.129\.15 +\* +none$/m);
      expect(out).not.toMatch(/unknown|closed +shop\/web +shop\/db/);
    }
  });

  test('what the definition of the kind refuses is told as that, and nothing is written', async () => {
    // Cilium 1.17 knows no log, so that a manifest may have any; the definition of 1.19 takes 32 characters.
    const long = ciliumPolicy('long', {
      endpointSelector: {},
      ingress: [{}],
      log: { value: 'x'.repeat(33) },
    });
    const good = ciliumPolicy('good', { endpointSelector: {}, ingress: [{}] }, 'shop');
    const { err, status } = await run('apply', '--yes', file('refused', good, long));
    expect(err).toContain('refused: CiliumClusterwideNetworkPolicy long: ');
    expect(err).toContain('nothing was applied: the cluster refuses a policy\n');
    expect(status).toBe(1);
    expect(await names('shop')).toEqual(['db']);
  });

  test('a policy that somebody has put there meanwhile is not overwritten', async () => {
    const wanted = managedPoliciesIn(readManifests([DB, NO_WORLD]).cluster);
    const { refusals } = await new PolicyWriter(cluster.library(), { forceConflicts: true }).tryOut(
      boundTo(pairsOf(wanted, [])),
      () => {},
    );
    expect([...refusals].map(([name, { code }]) => [name, code])).toEqual([
      ['CiliumClusterwideNetworkPolicy no-world', 'changed-meanwhile'],
      ['CiliumNetworkPolicy shop/db', 'changed-meanwhile'],
    ]);
  });

  test('an account with rights in one namespace alone applies there, and not in the whole cluster', async () => {
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
    const limited = (...words: string[]) => cluster.cli([...words, '--engine', 'cilium'], { kubeconfig });
    const deny = ciliumPolicy('deny', { endpointSelector: {}, ingress: [{}] }, 'own');
    const applied = await limited('apply', '--yes', file('own', deny));
    expect(applied.err).toContain('could not be listed: CiliumNetworkPolicy.cilium.io; ');
    expect(applied).toMatchObject({
      out: expect.stringContaining('applied  CiliumNetworkPolicy own/deny\n'),
      status: 0,
    });
    const wide = await limited('apply', '--yes', file('wide', NO_WORLD));
    expect(wide.err).toContain('got listing CiliumClusterwideNetworkPolicy objects; ');
    expect(wide.status).toBe(2);
    expect((await limited('delete', '--yes', '--kind', 'cnp', '-n', 'own', 'deny')).out).toContain(
      'deleted  CiliumNetworkPolicy own/deny\n',
    );
  });

  test('delete means a policy of another kind than NetworkPolicy only where the kind is named', async () => {
    expect((await run('delete', 'shop/db', '--yes')).err).toContain(
      '; write cnp/shop/db for what is there [',
    );
    await addCiliumPolicy(cluster.server.api, ciliumPolicy('db-ingress', DB.spec, 'shop'));
    expect((await run('delete', 'shop/db-ingress', '--yes')).err).toContain(
      'write one of netpol/shop/db-ingress, cnp/shop/db-ingress [policy-ambiguous]',
    );
    expect((await run('delete', 'ccnp/block-azure-destinations', '--yes')).err).toContain(
      'AKS manages it, so nothing is deleted',
    );
    // The operator takes back what it said.
    for (const path of [ciliumPath('no-world'), ciliumPath('db', 'shop')]) {
      await cluster.server.api.patch(`${path}/status`, { status: { conditions: null } });
    }
    const { out, err, status } = await run(
      'delete',
      'cnp/shop/db',
      'cnp/shop/db-ingress',
      'ccnp/no-world',
      '--yes',
    );
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toMatch(/^\+ opened {2}every address +kube-system\/cilium and shop\/web +none +\*$/m);
    expect(out).toContain('deleted  CiliumClusterwideNetworkPolicy no-world\n');
    expect([await names('shop'), await names()]).toEqual([[], ['block-azure-destinations']]);
  });
});
