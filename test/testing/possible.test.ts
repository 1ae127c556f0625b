import 'cdk8s-aks-network-policy/jest';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { type AskedConnection, checkAllowsOnly, connectivityTable } from 'cdk8s-aks-network-policy/analysis';
import { knownOnly, withProfile } from 'cdk8s-aks-network-policy/jest';
import { Deployment } from 'cdk8s-plus-28';
import type { NetworkPolicyPeer } from '../../lib/model/network-policy';
import { rollout } from '../support/rollout';
import { deployment, policy, SHOP } from '../support/shop';

/** What tests say of pods that no manifest tells of. */

const db = { podSelector: { matchLabels: { app: 'db' } } };
const ports = [{ port: 5432 }];
const open = (...from: NetworkPolicyPeer[]) => policy('db', { ...db, ingress: [{ from, ports }] });
/** A database that these may reach, and that reaches nobody. */
const reachedBy = (...from: NetworkPolicyPeer[]) => [
  deployment('db', [5432]),
  open(...from),
  policy('quiet', { podSelector: {}, policyTypes: ['Egress'] }),
];
const TEAM = { namespaceSelector: { matchLabels: { team: 'data' } } };
const ETL = { ...TEAM, podSelector: { matchLabels: { app: 'etl' } } };
const EVERYBODY = { namespaceSelector: {} };
const named = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

/** What is too much, line by line; the whole message where something is missing. */
function surplus(subject: object[], expected: readonly AskedConnection[]): string[] {
  const { pass, certain, message } = checkAllowsOnly(subject, expected);
  const [heading, ...lines] = message.split('\n');
  if (pass || heading !== 'Allowed, and not expected:') {
    return [message];
  }
  return [...(certain ? [] : ['not certain']), ...lines.map((line) => line.trim())];
}

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

test('between two workloads a connection is allowed as a whole', () => {
  const { message } = checkAllowsOnly(SHOP, [{ from: 'shop/web', to: 'shop/db' }]);
  expect(message).toMatch(
    /^Expected, and not allowed:\n {2}Partly: shop\/web to shop\/db; open on 5432\/TCP\./,
  );
});

describe('known workloads', () => {
  const quiet = policy('quiet', { podSelector: {}, policyTypes: ['Egress', 'Ingress'] });
  const out = policy('out', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: [db] }],
  });
  const known = [deployment('web'), deployment('db'), quiet, out, open({ podSelector: {} })];

  test.each([
    { end: 'any', passes: true },
    { end: 'shop/*', passes: true },
    { end: 'shop/app=web', passes: true },
    { end: 'shop/app!=web', passes: false },
    { end: 'dev/*', passes: false },
  ])('are listed by a set that they are in: $end', ({ end, passes }) => {
    const list = [{ from: end, to: 'shop/db' }];
    const others = surplus([...known, policy('db-open', { ...db, ingress: [{}] })], list);
    expect(others.join('\n').includes('shop/web to shop/db')).toBe(!passes);
  });

  test('are not listed by namespaces that they may be in', () => {
    const labels = { namespaces: { matchLabels: { team: 'data' } } };
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels: { team: 'data' } },
    };
    const subject = [...known, policy('open', { ...db, ingress: [{}] })];
    const list = [{ from: labels, to: 'shop/db' }];
    expect(checkAllowsOnly(subject, list).message).toContain('shop/web to shop/db');
    expect(checkAllowsOnly([...subject, namespace], list).message).not.toContain('shop/web to shop/db');
  });

  test('on the network of their node are no pods that have labels', () => {
    const agent = deployment('agent');
    const hosted = {
      ...agent,
      spec: {
        ...agent.spec,
        template: { ...agent.spec.template, spec: { hostNetwork: true, containers: [] } },
      },
    };
    const { message } = checkAllowsOnly([hosted, deployment('db')], [{ from: 'any', to: 'shop/db' }]);
    expect(message).toContain('shop/agent to shop/db');
  });
});

test('a name of a port is on each destination what it declares there', () => {
  const declaring = (name: string, containerPort: number) => {
    const { spec, ...rest } = deployment(name);
    const containers = [{ name, image: name, ports: [{ name: 'http', containerPort }] }];
    return { ...rest, spec: { ...spec, template: { ...spec.template, spec: { containers } } } };
  };
  const to = { from: [{ podSelector: { matchLabels: { app: 'web' } } }] };
  const subject = (port: number | string) => [
    deployment('web'),
    declaring('api', 8080),
    declaring('db', 9090),
    policy('api', {
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [{ ...to, ports: [{ port: 'http' }] }],
    }),
    policy('db', { ...db, ingress: [{ ...to, ports: [{ port }] }] }),
  ];
  const list = [{ from: 'shop/web', to: 'shop/*', port: 'http' }];
  const between = (objects: object[]) =>
    surplus(objects, list).filter((line) => /^shop\/web to shop\/(api|db)/.test(line));
  expect(between(subject('http'))).toEqual([]);
  expect(between(subject(8080))).toEqual(['shop/web to shop/db on 8080/TCP']);
});

test('a name of a port is on each live pod what it declares there', () => {
  const pod = (name: string, containerPort: number) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      labels: { app: 'db' },
      ownerReferences: [{ kind: 'StatefulSet', name: 'db', controller: true }],
    },
    spec: { containers: [{ ports: [{ name: 'http', containerPort }] }] },
  });
  const subject = [
    deployment('web'),
    pod('db-0', 8080),
    pod('db-1', 8081),
    policy('db', { ...db, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'http' }] }] }),
  ];
  const { message } = checkAllowsOnly(knownOnly(subject), [
    { from: 'shop/web', to: 'shop/db', port: 'http' },
  ]);
  expect(message).not.toContain('shop/web to shop/db');
});

describe("AKS's own pods", () => {
  const agent = { ...named('kube-system'), podSelector: { matchLabels: { app: 'konnectivity-agent' } } };
  const quiet = policy('quiet', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const metrics = [{ port: 9000 }];
  const egress = (app: string, to: NetworkPolicyPeer, of = metrics) =>
    policy(`${app}-${JSON.stringify(of).length}`, {
      podSelector: { matchLabels: { app } },
      policyTypes: ['Egress'],
      egress: [{ to: [to], ports: of }],
    });
  const ingress = (app: string, from: NetworkPolicyPeer) =>
    policy(`${app}-in`, {
      podSelector: { matchLabels: { app } },
      ingress: [{ from: [from], ports: metrics }],
    });
  const shop = [deployment('web'), deployment('api'), quiet];

  test('are told once, where others of their labels are too much as well', () => {
    expect(surplus([...shop, egress('web', named('kube-system'))], [])).toEqual([
      'shop/web to any pod of namespace kube-system on 9000/TCP',
    ]);
    expect(surplus([...shop, ingress('web', named('kube-system'))], [])).toEqual([
      'any pod of namespace kube-system to shop/web on 9000/TCP',
    ]);
  });

  test.each([
    {
      why: 'other ports',
      policies: [egress('web', named('kube-system')), egress('web', agent, [{ port: 8443 }, { port: 8444 }])],
      line: 'shop/web to kube-system/konnectivity-agent (AKS) on 8443-8444/TCP, 9000/TCP',
    },
    {
      why: 'another source',
      policies: [egress('web', named('kube-system')), egress('api', agent)],
      line: 'shop/api to kube-system/konnectivity-agent (AKS) on 9000/TCP',
    },
    {
      why: 'another destination',
      policies: [ingress('web', named('kube-system')), ingress('api', agent)],
      line: 'kube-system/konnectivity-agent (AKS) to shop/api on 9000/TCP',
    },
  ])('are told by their names with $why', ({ policies, line }) => {
    const found = surplus([...shop, ...policies], []);
    expect(found).toContain(line);
    expect(found).toHaveLength(2);
  });

  test('are told by their names where some of the others are listed', () => {
    const names = [{ port: 53 }];
    const list = [{ from: 'shop/web', to: 'kube-system/app=konnectivity-agent', port: 53 }];
    expect(surplus([...shop, egress('web', named('kube-system'), names)], list)).toEqual([
      'shop/web to kube-system/ama-metrics (AKS) and kube-system/hubble-relay (AKS) on 53/TCP',
      'shop/web to any pod of namespace kube-system, except those with app=konnectivity-agent on 53/TCP',
    ]);
  });
});

describe('names that pods look up', () => {
  const dns = (...to: NetworkPolicyPeer[]) => [
    deployment('web'),
    policy('web', {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ to, ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }],
    }),
  ];
  const coreDns = { ...named('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };

  test('are never too much at the CoreDNS that AKS runs', () => {
    expect(dns(coreDns)).toAllowOnly([]);
    expect(dns(coreDns)).toAllow('shop/web', 'kube-system/coredns', '53/UDP');
    expect(dns(coreDns)).toDeny('shop/web', 'kube-system/coredns', '54/UDP');
  });

  test('are too much anywhere else, and other ports are there', () => {
    // Those of AKS's own pods that have labels are among them.
    expect(surplus(dns(named('kube-system')), [])).toEqual([
      'shop/web to any pod of namespace kube-system on 53/TCP, 53/UDP',
    ]);
    const [web] = dns();
    const wide = policy('web', {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ to: [coreDns] }],
    });
    const [line] = surplus([web as object, wide], []);
    expect(line).toBe(
      'shop/web to kube-system/coredns (AKS) on 1-52/TCP, 54-65535/TCP, 1-52/UDP, 54-65535/UDP, */SCTP',
    );
  });

  test('are as every other connection where a manifest declares CoreDNS', () => {
    const own = {
      ...deployment('coredns'),
      metadata: { name: 'coredns', namespace: 'kube-system' },
    };
    const labelled = { ...own, spec: { template: { metadata: { labels: { 'k8s-app': 'kube-dns' } } } } };
    const found = checkAllowsOnly([...dns(coreDns), labelled], []).message;
    expect(found).toContain('shop/web to kube-system/coredns on 53/TCP, 53/UDP');
  });
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
