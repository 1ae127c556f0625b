import 'cdk8s-aks-network-policy/jest';
import { Chart, Testing } from 'cdk8s';
import { type AskedConnection, checkAllowsOnly, connectivityTable } from 'cdk8s-aks-network-policy/analysis';
import { knownOnly, withProfile } from 'cdk8s-aks-network-policy/jest';
import { deployment, policy, SHOP } from '../support/shop';
import { db, ETL, EVERYBODY, named, open, ports, reachedBy, surplus, TEAM } from './surplus';

/** What tests say of pods that no manifest tells of. */

const PASSED = ['1 connection is allowed, and no other.'];
const on = (from: AskedConnection['from']) => [{ from, to: 'shop/db', port: 5432 }];

test.each([
  { peer: EVERYBODY, party: 'any pod' },
  { peer: TEAM, party: 'any pod of namespaces with team=data' },
  { peer: ETL, party: 'pods with app=etl in namespaces with team=data' },
  { peer: named('monitoring'), party: 'any pod of namespace monitoring' },
])('who may come is too much as long as nobody lists it: $party', ({ peer, party }) => {
  expect(surplus(reachedBy(peer), [])).toEqual([`${party} to shop/db on 5432/TCP`]);
});

test.each([
  { peer: EVERYBODY, end: 'any' },
  { peer: TEAM, end: 'any' },
  { peer: named('monitoring'), end: 'monitoring/*' },
  { peer: { ...named('monitoring'), ...ETL, ...named('monitoring') }, end: 'monitoring/app=etl' },
  { peer: { ...ETL }, end: '*/app=etl' },
  { peer: TEAM, end: { namespaces: { matchLabels: { team: 'data' } } } },
  { peer: ETL, end: { namespaces: TEAM.namespaceSelector, pods: ETL.podSelector } },
  { peer: ETL, end: { pods: ETL.podSelector } },
  { peer: named('monitoring'), end: { namespaces: 'monitoring' } },
  { peer: EVERYBODY, end: {} },
])('whoever is listed is not too much: $end', ({ peer, end }) => {
  expect(surplus(reachedBy(peer), on(end))).toEqual(PASSED);
});

test.each([
  {
    why: 'less than all',
    peer: EVERYBODY,
    end: 'monitoring/*',
    left: 'any pod, except any pod of namespace monitoring',
  },
  {
    why: 'less than a team',
    peer: TEAM,
    end: { namespaces: TEAM.namespaceSelector, pods: ETL.podSelector },
    left: 'any pod of namespaces with team=data, except those with app=etl',
  },
  {
    why: 'others',
    peer: ETL,
    end: '*/app=web',
    left: 'pods with app=etl in namespaces with team=data',
  },
  {
    why: 'one of these pods',
    peer: ETL,
    end: 'shop/db',
    left: 'pods with app=etl in namespaces with team=data',
  },
  { why: 'addresses', peer: EVERYBODY, end: '0.0.0.0/0', left: 'any pod' },
])('a list of $why leaves some over', ({ peer, end, left }) => {
  const { message } = checkAllowsOnly(reachedBy(peer), on(end));
  const [, surplus] = message.split('Allowed, and not expected:\n  ');
  expect(surplus).toBe(`${left} to shop/db on 5432/TCP`);
});

test('several together list somebody whom none lists alone', () => {
  const exists = (operator: string) => ({ pods: { matchExpressions: [{ key: 'app', operator }] } });
  const both = [exists('Exists'), exists('DoesNotExist')].flatMap(on);
  expect(surplus(reachedBy(EVERYBODY), both)).toEqual(['2 connections are allowed, and no other.']);
  expect(surplus(reachedBy(EVERYBODY), both.slice(1))).toEqual([
    'any pod, except those without app to shop/db on 5432/TCP',
  ]);
});

test('of other ports what is listed is too much', () => {
  const subject = reachedBy(EVERYBODY);
  const one = [{ from: 'any', to: 'shop/db', port: '5400-5431/TCP' }, ...on('shop/app=web')];
  expect(surplus(subject, one)[0]).toContain('Denied: any to shop/db on 5400-5431/TCP.');
  const wide = [
    deployment('db'),
    policy('db', { ...db, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [EVERYBODY] }] }),
  ];
  expect(surplus(wide, on('shop/app=web'))).toEqual([
    'any pod, except pods with app=web in namespace shop to shop/db on *',
    'pods with app=web in namespace shop to shop/db on 1-5431/TCP, 5433-65535/TCP, */UDP, */SCTP',
  ]);
});

test('nobody is left of what two lists cover in part', () => {
  const wide = [
    deployment('db'),
    policy('db', { ...db, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [EVERYBODY] }] }),
  ];
  expect(surplus(wide, [{ from: 'shop/*', to: 'shop/db' }, ...on('shop/app=web')])).toEqual([
    'any pod, except any pod of namespace shop to shop/db on *',
  ]);
});

test('policies alone are judged by whom they may be about', () => {
  expect(surplus([open(ETL)], [])).toEqual([
    'pods with app=etl in namespaces with team=data to pods with app=db in namespace shop (none known) on 5432/TCP',
  ]);
  expect([open(ETL)]).toAllowOnly([
    { from: { namespaces: TEAM.namespaceSelector, pods: ETL.podSelector }, to: 'shop/app=db', port: 5432 },
  ]);
  expect([open()].map(({ spec }) => ({ ...policy('db', spec), spec: { ...spec, ingress: [] } }))).toAllowOnly(
    [],
  );
});

test('what a list leaves of the pods of a policy is told as theirs', () => {
  const both = policy('db', { ...db, ingress: [{ from: [ETL], ports: [...ports, { port: 5433 }] }] });
  expect(surplus([both], [{ from: 'any', to: 'shop/app=db', port: 5432 }])).toEqual([
    'pods with app=etl in namespaces with team=data to pods with app=db in namespace shop (none known) on 5433/TCP',
  ]);
});

test.each([
  { why: 'nothing', subject: [] },
  { why: 'a namespace', subject: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }] },
  { why: 'a chart without constructs', subject: new Chart(Testing.app(), 'empty') },
  { why: 'policies alone, without the pods that they may be about', subject: knownOnly([open(ETL)]) },
])('of $why nothing can be said', ({ subject }) => {
  const said = {
    pass: false,
    certain: false,
    message: expect.stringContaining('There is nothing to judge.'),
  };
  expect(checkAllowsOnly(subject, [])).toMatchObject(said);
  expect(() => expect(subject).toAllowOnly([])).toThrow('There is nothing to judge.');
  expect(() => expect(subject).not.toAllowOnly([])).toThrow('There is nothing to judge.');
});

describe('knownOnly', () => {
  const subject = reachedBy(EVERYBODY);

  test('leaves out the pods that no manifest tells of, and says so', () => {
    expect(checkAllowsOnly(knownOnly(subject), [])).toMatchObject({
      pass: true,
      message:
        '0 connections are allowed, and no other.\nKnown pods only: others that could be there are left out.',
    });
    expect(checkAllowsOnly(subject, [])).toMatchObject({ pass: false, certain: true });
    expect(() => expect(knownOnly(SHOP)).toAllowOnly([])).toThrow('Known pods only');
    expect(() => expect(knownOnly(SHOP)).toAllow('shop/web', 'kube-system/coredns')).toThrow('[end-unknown]');
    expect(connectivityTable(knownOnly(SHOP))).toMatch(/^Known pods only: [^\n]+\nFROM /);
    expect(connectivityTable(knownOnly(SHOP))).not.toContain('any pod');
  });

  test('goes with a profile, in both orders', () => {
    for (const both of [
      knownOnly(withProfile(SHOP, { engine: 'none' })),
      withProfile(knownOnly(SHOP), { engine: 'none' }),
    ]) {
      expect(both).toAllow('internet', 'shop/db', 5432);
      expect(connectivityTable(both)).toContain('Known pods only');
    }
  });
});

test('a table tells of known workloads first, and is the same for the same manifests', () => {
  const peers = [EVERYBODY, ETL, named('monitoring'), { podSelector: { matchLabels: { app: 'web' } } }];
  const subject = [
    deployment('web'),
    deployment('db'),
    ...peers.map((peer, i) =>
      policy(`db-${i}`, { ...db, ingress: [{ from: [peer], ports: [{ port: 5000 + i }] }] }),
    ),
    policy('quiet', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [{ to: [db] }] }),
  ];
  expect(connectivityTable([...subject].reverse())).toBe(connectivityTable(subject));
  expect(`\n${connectivityTable(subject)}`).toMatchInlineSnapshot(`
"
FROM                                            TO       PORTS               VERDICT
shop/db                                         shop/db  5000/TCP            allowed
shop/web                                        shop/db  5000/TCP, 5003/TCP  allowed
any pod                                         shop/db  5000/TCP            allowed
any pod of namespace monitoring                 shop/db  5000/TCP, 5002/TCP  allowed
pods with app=etl in namespaces with team=data  shop/db  5000-5001/TCP       allowed
"
`);
});
