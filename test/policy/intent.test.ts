import { App, Chart } from 'cdk8s';
import { AksNetworkPolicy, Expectations, type ExpectedConnection, Findings } from 'cdk8s-aks-network-policy';
import { readManifests } from 'cdk8s-aks-network-policy/analysis';
import { Deployment } from 'cdk8s-plus-28';
import type { ProgramIntent } from '../../lib/model/finding';
import { chart, expectRefusal } from '../support/synth';

const HERE = /^test\/policy\/intent\.test\.ts$/;

/** What the one program says. */
function said(source: App | Chart): ProgramIntent {
  const { programs, ...operator } = readManifests([source]).intent;
  expect(operator).toEqual({ acknowledgements: [], expectations: [] });
  expect(programs).toHaveLength(1);
  return programs[0] as ProgramIntent;
}

test('expectations keep their ends, their construct and their line', () => {
  const shop = chart({ namespace: 'shop' });
  const web = new Deployment(shop, 'web', { metadata: { name: 'web' }, containers: [{ image: 'web' }] });
  Expectations.of(shop)
    .mustReach({ from: 'internet', to: web, port: 443, reason: 'the shop is open' })
    .mustNotReach({ from: '10.0.0.0/8', to: 'shop/db' })
    .onlyFrom({ to: 'shop/db', from: [web, 'node:aks-1', '2001:db8::1'], port: '5432/TCP' });
  const { expectations } = said(shop);
  const source = { construct: 'shop', code: { file: expect.stringMatching(HERE) } };
  expect(expectations).toMatchObject([
    { kind: 'must-reach', from: 'internet', to: 'shop/web', port: '443', reason: 'the shop is open', source },
    { kind: 'must-not-reach', from: '10.0.0.0/8', to: 'shop/db', source },
    {
      kind: 'only-from',
      from: ['shop/web', 'node:aks-1', '2001:db8::1'],
      to: 'shop/db',
      port: '5432/TCP',
      source,
    },
  ]);
});

test.each(['any', 'shop/*', 'shop/app=web', '*/app.kubernetes.io/name in (web, api)', '*/*'])(
  'an end may be pods by their labels: %s',
  (end) => {
    const shop = chart({ namespace: 'shop' });
    Expectations.of(shop).mustNotReach({ from: end, to: 'shop/db' });
    expect(said(shop).expectations).toMatchObject([{ from: end }]);
  },
);

test('a host is an end to which somebody connects, and none that connects', () => {
  const shop = chart({ namespace: 'shop' });
  Expectations.of(shop).mustReach({ from: 'shop/web', to: 'login.example.com', port: 443 });
  expect(said(shop).expectations).toMatchObject([{ to: 'login.example.com' }]);
  const from = 'login.example.com';
  expectRefusal(() => Expectations.of(shop).mustReach({ from, to: 'shop/web' }), 'end-unreadable');
  expectRefusal(() => Expectations.of(shop).onlyFrom({ from: [], to: from }), 'end-unreadable');
});

test.each([
  { why: 'an end that is none', connection: { to: 'web' }, code: 'end-unreadable' },
  { why: 'labels that are none', connection: { to: 'shop/app=web=' }, code: 'selector-unreadable' },
  { why: 'labels in what is no namespace', connection: { to: 'Shop/app=web' }, code: 'end-unreadable' },
  { why: 'a chart as an end', connection: { to: chart() }, code: 'end-unreadable' },
  {
    why: 'a workload without a name',
    connection: { to: { kind: 'Pod', metadata: {} } },
    code: 'end-unreadable',
  },
  { why: 'a CIDR that is none', connection: { to: '10.0.0.0/99' }, code: 'end-unreadable' },
  {
    why: 'a policy as an end',
    connection: { to: new AksNetworkPolicy(chart(), 'p') },
    code: 'end-unreadable',
  },
  { why: 'no end', connection: { to: undefined }, code: 'end-unreadable' },
  { why: 'a port that is none', connection: { port: 70000 }, code: 'port-unreadable' },
  { why: 'a blank reason', connection: { reason: ' ' }, code: 'reason-missing' },
  { why: 'a field nobody knows', connection: { ports: [80] }, code: 'field-unknown' },
] as const)('$why is refused', ({ connection, code }) => {
  const given = { from: 'internet', to: 'shop/web', ...connection } as unknown as ExpectedConnection;
  expectRefusal(() => Expectations.of(chart()).mustReach(given), code);
});

test('sources that are no list are refused', () => {
  const from = 'shop/web' as never;
  expectRefusal(() => Expectations.of(chart()).onlyFrom({ to: 'shop/db', from }), 'type-mismatch');
});

test('a chart says what is said at and under it, and what the app accepts as far as it goes', () => {
  const app = new App();
  const [one, two] = ['one', 'two'].map((id) => new Chart(app, id)) as [Chart, Chart];
  const policy = new AksNetworkPolicy(one, 'p', { podSelector: {} });
  Findings.of(app).acknowledge('blank-selector', { reason: 'in general' });
  Findings.of(two).acknowledge('blank-selector', { reason: 'in particular', until: '2999-12-31' });
  Expectations.of(policy).mustReach({ from: 'a/b', to: 'c/d' });

  expect(said(one)).toMatchObject({
    findings: [{ code: 'blank-selector', path: 'one/p', reason: 'in general' }],
    acknowledgements: [{ rule: 'blank-selector', construct: '', isPartial: true }],
    expectations: [{ source: { construct: 'one/p' } }],
  });
  const whole = said(app);
  expect(whole.acknowledgements).toMatchObject([
    { rule: 'blank-selector', reason: 'in general', construct: '' },
    { rule: 'blank-selector', reason: 'in particular', until: '2999-12-31', construct: 'two' },
  ]);
  expect(whole.acknowledgements[0]).not.toHaveProperty('isPartial');
  expect(readManifests([app, app]).intent.programs).toEqual([whole]);
});

test('what says nothing has no intent', () => {
  expect(
    readManifests([new App(), [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }]]).intent,
  ).toEqual({ acknowledgements: [], expectations: [], programs: [] });
});
