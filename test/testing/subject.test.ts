import { Chart, Testing } from 'cdk8s';
import { AksNetworkPolicy, EgressRule, IngressRule, Peer, PodSelector, Port } from 'cdk8s-aks-network-policy';
import {
  checkAllows,
  checkAllowsOnly,
  checkDenies,
  checkIsolates,
  connectivityTable,
  knownOnly,
  readManifests,
  withProfile,
} from 'cdk8s-aks-network-policy/analysis';
import { Deployment } from 'cdk8s-plus-28';
import { Reachability } from '../../lib/reachability/reachability';
import { judgeSubject } from '../../lib/testing/subject';
import { policy, SHOP } from '../support/shop';

function shop() {
  const app = Testing.app();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  const [web, db] = ['web', 'db'].map(
    (name) =>
      new Deployment(chart, name, {
        metadata: { name },
        podMetadata: { labels: { app: name } },
        containers: [{ image: name }],
      }),
  ) as [Deployment, Deployment];
  return { app, chart, web, db };
}

test('a chart and its app are judged by what they would write', () => {
  const { app, chart, db } = shop();
  new AksNetworkPolicy(chart, 'rules', { podSelector: db, rules: [IngressRule.denyAll()] });
  for (const subject of [app, chart, [chart], chart.toJson(), readManifests([chart])]) {
    expect(checkDenies(subject, 'shop/web', 'shop/db')).toMatchObject({ pass: true, certain: true });
  }
});

test('the message names the construct that wrote the policy, and the line of the user', () => {
  const { chart, db } = shop();
  new AksNetworkPolicy(chart, 'no-ingress', { podSelector: db, rules: [IngressRule.denyAll()] });
  expect(checkAllows(chart, 'shop/web', 'shop/db', 80).message).toMatch(
    /isolated by policy shop\/no-ingress \(chart\/no-ingress, test\/testing\/subject\.test\.ts:\d+:\d+\)/,
  );
});

test('what says the same is judged once', () => {
  const { app, chart } = shop();
  for (const subject of [app, chart, SHOP]) {
    expect(judgeSubject(subject).reachability).toBe(judgeSubject(subject).reachability);
  }
  const of = jest.spyOn(Reachability, 'of');
  checkAllows(withProfile(chart, { engine: 'azure' }), 'shop/web', 'shop/db');
  checkAllows(withProfile(chart, { engine: 'azure' }), 'shop/db', 'shop/web');
  checkAllows(withProfile(chart, { engine: 'calico' }), 'shop/db', 'shop/web');
  expect(of).toHaveBeenCalledTimes(2);
  checkAllows(knownOnly(withProfile(chart, { engine: 'calico' })), 'shop/db', 'shop/web');
  checkAllows(withProfile(knownOnly(chart), { engine: 'calico' }), 'shop/db', 'shop/web');
  checkAllows(
    withProfile(withProfile(chart, { engine: 'azure' }), { engine: 'calico' }),
    'shop/db',
    'shop/web',
  );
  expect(of).toHaveBeenCalledTimes(3);
  of.mockRestore();
});

test('a chart that changed is judged anew', () => {
  const { chart, db } = shop();
  expect(checkAllows(chart, 'shop/web', 'shop/db').pass).toBe(true);
  const rules = new AksNetworkPolicy(chart, 'rules', { podSelector: db, rules: [IngressRule.denyAll()] });
  expect(checkAllows(chart, 'shop/web', 'shop/db').pass).toBe(false);
  rules.addRule(
    IngressRule.allow({
      from: [Peer.sameNamespace(PodSelector.labels({ app: 'web' }))],
      ports: [Port.tcp(80)],
    }),
  );
  expect(checkAllows(chart, 'shop/web', 'shop/db', 80).pass).toBe(true);
  rules.addRule(EgressRule.denyAll());
  expect(checkIsolates(chart, 'shop/db', 'Egress').pass).toBe(true);
});

test('a list of manifests that changed is judged anew', () => {
  const manifests: object[] = [...SHOP];
  expect(checkDenies(manifests, 'shop/db', 'shop/web').pass).toBe(false);
  manifests.push(policy('web', { podSelector: { matchLabels: { app: 'web' } }, ingress: [] }));
  expect(checkDenies(manifests, 'shop/db', 'shop/web').pass).toBe(true);
});

test('the checks need no test framework', () => {
  expect(checkAllowsOnly(SHOP, [])).toMatchObject({ pass: false, certain: true });
  expect(connectivityTable(SHOP)).toMatch(/^FROM .*\n.*\n/);
  expect(() => connectivityTable(['no/such/folder'])).toThrow(AggregateError);
});

test('the version of a cluster decides which CIDRs are read, and each version remembers its own', () => {
  const blocks = [policy('p', { ingress: [{ from: [{ ipBlock: { cidr: '10.1.2.3/8' } }] }] })];
  for (const [kubernetesVersion, count] of [
    ['1.35', 0],
    ['1.36', 1],
    ['1.35', 0],
  ] as const) {
    expect(judgeSubject(withProfile(blocks, { kubernetesVersion })).problems).toHaveLength(count);
  }
});

test('a workload that may stand in what could not be read says so', () => {
  const problem = /shop\/web.*\[end-unknown\]\n.*\n {2}no\/such\/folder: .*\[file-unreadable\]/;
  const unsure = { pass: false, certain: false, message: expect.stringMatching(problem) };
  expect(checkAllows('no/such/folder', 'shop/web', 'shop/db')).toMatchObject(unsure);
  expect(checkIsolates('no/such/folder', 'shop/web', 'Egress')).toMatchObject(unsure);
});

test.each([
  { why: 'nothing', subject: undefined, got: 'nothing' },
  { why: 'a number in a list', subject: [3], got: '3' },
  { why: 'a construct within a chart', subject: shop().web, got: 'a Deployment; give the chart' },
])('$why is no subject', ({ subject, got }) => {
  expect(() => checkAllows(subject as never, 'shop/web', 'shop/db')).toThrow(
    expect.objectContaining({ code: 'type-mismatch', message: expect.stringContaining(`got ${got}`) }),
  );
});

test.each([
  { why: 'a misspelt engine', profile: { engine: 'Cilium' }, code: 'value-unknown' },
  { why: 'a misspelt field', profile: { engin: 'cilium' }, code: 'field-unknown' },
  { why: 'an engine without its field', profile: 'cilium', code: 'type-mismatch' },
  { why: 'nothing', profile: undefined, code: 'type-mismatch' },
])('$why is no profile, by which the specification would judge', ({ profile, code }) => {
  const ask = () => checkAllows(withProfile(SHOP, profile as never), 'shop/web', 'shop/db');
  expect(ask).toThrow(expect.objectContaining({ code }));
});

test.each([
  { why: 'text', expected: 'shop/web', code: 'type-mismatch' },
  {
    why: 'a misspelt port',
    expected: [{ from: 'internet', to: 'shop/web', prot: 80 }],
    code: 'field-unknown',
  },
  { why: 'a missing end', expected: [{ from: 'internet' }], code: 'end-unreadable' },
])('$why is no list of expected connections', ({ expected, code }) => {
  expect(() => checkAllowsOnly(SHOP, expected as never)).toThrow(expect.objectContaining({ code }));
});
