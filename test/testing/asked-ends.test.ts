import 'cdk8s-aks-network-policy/jest';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { checkAllowsOnly } from 'cdk8s-aks-network-policy/analysis';
import { Deployment } from 'cdk8s-plus-28';
import { rollout } from '../support/rollout';
import { deployment, policy, SHOP } from '../support/shop';
import { db, ETL, open, ports, reachedBy, TEAM } from './surplus';

/** What may be an end of a connection in a test. */

test('toAllow and toDeny take pods by their labels', () => {
  const subject = reachedBy(ETL);
  const etl = { namespaces: TEAM.namespaceSelector, pods: ETL.podSelector };
  expect([deployment('db'), open(ETL)]).toAllow(etl, 'shop/db', 5432);
  expect(subject).not.toAllow('any', 'shop/db', 5432);
  expect(subject).not.toDeny('any', 'shop/db', 5432);
  expect(subject).toDeny('any', 'shop/db', 5433);
  expect(subject).toDeny('shop/*', 'any');
  expect(SHOP).toDeny('monitoring/*', 'shop/db');
  expect(() => expect([deployment('db'), open(ETL)]).toDeny(etl, 'shop/db', 5432)).toThrow(
    'Allowed: pods with app=etl in namespaces with team=data to shop/db on 5432.',
  );
});

describe('workloads as ends', () => {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
  const web = new Deployment(chart, 'web', {
    podMetadata: { labels: { app: 'web' } },
    containers: [{ image: 'web' }],
  });
  const store = new ApiObject(chart, 'db', { ...deployment('db', [5432]), metadata: { name: 'db' } });
  new ApiObject(chart, 'rules', {
    ...policy('rules', {
      ...db,
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports }],
      policyTypes: ['Ingress', 'Egress'],
    }),
    metadata: { name: 'rules' },
  });

  test('are those of cdk8s-plus and ApiObjects', () => {
    expect(chart).toAllow(web, store, 5432);
    expect(chart).toDeny('internet', store);
    expect(chart).toIsolate(store, 'Ingress');
    expect(chart).not.toIsolate(web, 'Ingress');
    expect(chart).toAllowOnly([
      { from: web, to: store, port: 5432 },
      // More pods could have the label.
      { from: 'shop/app=web', to: store, port: 5432 },
      { from: 'any', to: web },
      { from: web, to: 'any' },
      { from: '0.0.0.0/0', to: web },
      { from: web, to: '0.0.0.0/0' },
    ]);
  });

  test('are of kinds that Kubernetes itself does not have', () => {
    const shop = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
    const batch = new ApiObject(shop, 'batch', { ...rollout('batch'), metadata: { name: 'batch' } });
    expect(shop).toAllow(batch, 'any');
    expect(shop).not.toIsolate(batch, 'Ingress');
  });

  test.each([
    { why: 'a chart', end: chart, code: 'end-unreadable' },
    { why: 'nothing', end: undefined, code: 'end-unreadable' },
    { why: 'a manifest of something else', end: policy('p', db), code: 'end-unreadable' },
    { why: 'a misspelt field', end: { namespace: 'shop' }, code: 'field-unknown' },
    { why: 'a name of a namespace that is none', end: { namespaces: 'Shop' }, code: 'namespace-invalid' },
    {
      why: 'an operator that is none',
      end: { pods: { matchExpressions: [{ key: 'a', operator: 'Is' }] } },
      code: 'operator-unknown',
    },
    { why: 'a selector that is none', end: { namespaces: { team: 'data' } }, code: 'field-unknown' },
  ])('$why is no end', ({ end, code }) => {
    expect(() => checkAllowsOnly(SHOP, [{ from: end as never, to: 'shop/db' }])).toThrow(
      expect.objectContaining({ code }),
    );
    expect(() => expect(SHOP).toAllow('shop/db', end as never)).toThrow(`[${code}]`);
  });

  test.each([
    { workload: 'any' },
    { workload: 'shop/*' },
    { workload: 'shop/app=db' },
    { workload: { namespaces: 'shop' } },
  ])('toIsolate takes one, and not several that may differ: $workload', ({ workload }) => {
    expect(() => expect(SHOP).toIsolate(workload as string, 'Ingress')).toThrow('[end-unreadable]');
  });
});
