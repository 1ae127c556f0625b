import type { Cluster, PolicyEntry, Workload } from '../../../lib/model/cluster';
import type { NetworkPolicySpec } from '../../../lib/model/network-policy';
import { networkPolicyEntry } from '../../../lib/model/network-policy-entry';
import { PortSet } from '../../../lib/model/port-set';
import { Reachability } from '../../../lib/reachability/reachability';
import { inWords } from '../../support/in-words';

const web: Workload = {
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  labels: { app: 'web' },
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  hostNetwork: false,
  pods: [],
};
const db: Workload = {
  ...web,
  kind: 'StatefulSet',
  name: 'db',
  labels: { app: 'db' },
  ports: [
    { name: 'sql', port: 5432, protocol: 'TCP' },
    { name: 'gossip', port: 7000, protocol: 'UDP' },
  ],
};
const probe: Workload = { ...web, namespace: 'mon', name: 'probe', labels: { app: 'probe' } };

function policy(name: string, spec: NetworkPolicySpec, line = 1): PolicyEntry {
  const metadata = { namespace: 'shop', name };
  return networkPolicyEntry(
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec },
    { source: { file: `policies/${name}.yaml`, line, column: 1 } },
  );
}

function cluster(policies: readonly PolicyEntry[], more: Partial<Cluster> = {}): Cluster {
  return {
    namespaces: [
      { name: 'shop', labels: {}, declared: true },
      { name: 'mon', labels: {}, declared: false },
    ],
    workloads: [web, db, probe],
    nodes: [{ name: 'n1', labels: {}, addresses: [] }],
    services: [],
    ingresses: [],
    policies,
    unreadable: [],
    ...more,
  };
}

const onDb = { podSelector: { matchLabels: { app: 'db' } } };
const fromWeb = { podSelector: { matchLabels: { app: 'web' } } };
const dbIngress = policy('db-ingress', {
  ...onDb,
  ingress: [
    { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }, fromWeb], ports: [{ port: 9 }, { port: 5433 }] },
  ],
});

test('what is allowed names the rule, its entries and where it was written', () => {
  const { from, to } = { from: 'shop/web', to: 'shop/db' };
  const reachability = Reachability.of(cluster([dbIngress]));
  expect(reachability.explain({ from, to, port: 5433 })).toBe(
    [
      'Allowed: shop/web to shop/db on 5433.',
      'Out of shop/web: allowed; no policy isolates it.',
      'Into shop/db: allowed; isolated by policy shop/db-ingress (policies/db-ingress.yaml:1:1); allowed by policy shop/db-ingress ingress rule 0 (peer 1, port 1, policies/db-ingress.yaml:1:1).',
    ].join('\n'),
  );
  expect(inWords(reachability.verdict({ from, to, port: 5433 }).ingress.allowedBy)).toEqual([
    {
      policy: 'shop/db-ingress',
      source: { file: 'policies/db-ingress.yaml', line: 1, column: 1 },
      direction: 'Ingress',
      rule: 0,
      peer: 1,
      port: 1,
      ports: '9/TCP, 5433/TCP',
    },
  ]);
});

test('what is denied names the rule that allows the peer on another port', () => {
  const explanation = Reachability.of(cluster([dbIngress])).explain({
    from: 'shop/web',
    to: 'shop/db',
    port: '5432/TCP',
  });
  expect(explanation).toBe(
    [
      'Denied: shop/web to shop/db on 5432/TCP.',
      'Out of shop/web: allowed; no policy isolates it.',
      'Into shop/db: denied; isolated by policy shop/db-ingress (policies/db-ingress.yaml:1:1).',
      'Nearest: policy shop/db-ingress ingress rule 0 (peer 1, port 0, policies/db-ingress.yaml:1:1) allows this source on 9/TCP, 5433/TCP.',
    ].join('\n'),
  );
});

test('what is denied names the rule that allows the port to another peer', () => {
  const explanation = Reachability.of(cluster([dbIngress])).explain({
    from: 'mon/probe',
    to: 'shop/db',
    port: 5433,
  });
  expect(explanation).toContain(
    'allows 9/TCP, 5433/TCP only from 203.0.113.0/24, or pods with app=web in namespace shop.',
  );
});

test('without a port the answer is the set of protocols and ports', () => {
  const verdict = Reachability.of(cluster([dbIngress])).verdict({ from: 'shop/web', to: 'shop/db' });
  expect([verdict.verdict, String(verdict.ports)]).toEqual(['partly', '9/TCP, 5433/TCP']);
});

test('what is open in part says on which ports', () => {
  expect(Reachability.of(cluster([dbIngress])).explain({ from: 'shop/web', to: 'shop/db' })).toMatch(
    /^Partly: shop\/web to shop\/db; open on 9\/TCP, 5433\/TCP\.\n/,
  );
});

test('an address that is not known is told as that of its workload', () => {
  const ingress = [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }];
  const { doubts } = Reachability.of(cluster([policy('p', { ...onDb, ingress })])).verdict({
    from: 'mon/probe',
    to: 'shop/db',
    port: 5432,
  });
  expect(doubts.map(({ code, text }) => [code, text])).toEqual([
    [
      'address-unknown',
      'it is not known whether the address of mon/probe lies in 10.0.0.0/8; podCidrs of the profile would tell',
    ],
  ]);
});

test.each([{ port: 53 }, { port: '53/UDP' }])('a protocol is told once: $port', ({ port }) => {
  const reachability = Reachability.of(cluster([]));
  expect(reachability.explain({ from: 'shop/web', to: 'shop/db', port, protocol: 'UDP' })).toMatch(
    /^Allowed: shop\/web to shop\/db on 53\/UDP\.\n/,
  );
});

test('a protocol without a port asks for all of its ports', () => {
  const ingress = [{ from: [fromWeb], ports: [{ port: 5432 }] }];
  const reachability = Reachability.of(cluster([policy('p', { ...onDb, ingress })]));
  const question = { from: 'shop/web', to: 'shop/db', protocol: 'UDP' } as const;
  expect(reachability.outcome(question)).toBe('denied');
  expect(reachability.verdict(question)).toMatchObject({ verdict: 'denied', possiblePorts: PortSet.NONE });
  expect(reachability.explain(question)).toMatch(/^Denied: shop\/web to shop\/db on \*\/UDP\.\n/);
});

test('a port name that some of the pods declare is no doubt, whatever else is one', () => {
  const pod = (name: string, ports: Workload['ports']) => ({ name, addresses: [], ports });
  const pods = [pod('db-0', db.ports), pod('db-1', [])];
  const some = policy('some', {
    ...onDb,
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }],
  });
  const reachability = Reachability.of(cluster([some], { workloads: [web, { ...db, pods }, probe] }));
  const codesOf = (port: string) => {
    const { verdict, doubts } = reachability.verdict({ from: 'mon/probe', to: 'shop/db', port });
    return [verdict, ...doubts.map(({ code }) => code)];
  };
  expect(codesOf('sql')).toEqual(['unknown', 'namespace-labels-unknown']);
  expect(codesOf('none')).toEqual(['unknown', 'port-name-undefined']);
});

test('a port name is looked up on the destination, with whatever protocol it has there', () => {
  const named = policy('named', { ...onDb, ingress: [{ ports: [{ port: 'gossip', protocol: 'UDP' }] }] });
  const reachability = Reachability.of(cluster([named]));
  const ask = (port: string) => reachability.verdict({ from: 'shop/web', to: 'shop/db', port });
  expect(ask('gossip').verdict).toBe('allowed');
  expect(ask('sql').verdict).toBe('denied');
  expect(ask('nobody')).toMatchObject({
    verdict: 'unknown',
    doubts: [{ code: 'port-name-undefined', text: 'shop/db declares no port named nobody' }],
  });
});

const problem = {
  code: 'type-mismatch',
  at: 'spec',
  got: 'true',
  problem: 'must be an object',
  fix: 'fix it',
} as const;

test.each([
  {
    why: 'the labels of a namespace that no manifest declares',
    spec: { ...onDb, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'mon' } } }] }] },
    doubts: ['namespace-labels-unknown'],
  },
  {
    why: 'an address that no manifest tells',
    spec: { ...onDb, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }] },
    doubts: ['address-unknown'],
  },
  {
    why: 'a label that a controller adds',
    spec: {
      podSelector: { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } },
      ingress: [],
    },
    doubts: ['pod-labels-unknown'],
  },
  {
    why: 'a policy that could not be read',
    spec: { ...onDb, ingress: [{ from: [fromWeb] }] },
    more: { unreadable: [{ kind: 'NetworkPolicy', namespace: 'shop', name: 'broken', problem }] },
    doubts: ['policy-unreadable'],
  },
])('unknown because of $why', ({ spec, more, doubts }) => {
  const verdict = Reachability.of(cluster([policy('p', spec)], more ?? {})).verdict({
    from: 'mon/probe',
    to: 'shop/db',
    port: 1,
  });
  expect([verdict.verdict, verdict.doubts.map(({ code }) => code)]).toEqual(['unknown', doubts]);
});

test('unknown because it is not known which node the pod runs on', () => {
  const reachability = Reachability.of(cluster([policy('deny', onDb)]));
  expect(reachability.verdict({ from: 'node:n1', to: 'shop/db' })).toMatchObject({
    verdict: 'unknown',
    doubts: [{ code: 'placement-unknown', text: 'it is not known which node shop/db runs on' }],
  });
});

test('a public block says nothing about a pod, whose address is private', () => {
  const spec = { ...onDb, ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] };
  const reachability = Reachability.of(cluster([policy('p', spec)]));
  expect(reachability.verdict({ from: 'shop/web', to: 'shop/db' }).verdict).toBe('denied');
});

test('the ranges of a profile tell where pods lie', () => {
  const spec = { ...onDb, ingress: [{ from: [{ ipBlock: { cidr: '10.244.0.0/16' } }] }] };
  const within = (podCidr: string) =>
    Reachability.of(cluster([policy('p', spec)]), { profile: { podCidrs: [podCidr] } }).verdict({
      from: 'shop/web',
      to: 'shop/db',
    }).verdict;
  expect(['10.244.0.0/17', '10.0.0.0/8', '10.1.0.0/16'].map(within)).toEqual([
    'allowed',
    'unknown',
    'denied',
  ]);
});

test('a workload that could not be read is unknown, and one that nobody wrote is refused', () => {
  const unreadable = [{ kind: 'Deployment', namespace: 'shop', name: 'api', problem }];
  const reachability = Reachability.of(cluster([], { unreadable }));
  expect(reachability.verdict({ from: 'shop/api', to: 'shop/db' })).toMatchObject({
    verdict: 'unknown',
    doubts: [{ code: 'end-unreadable' }],
  });
  for (const list of [
    () => [...reachability.connections({ from: 'shop/api' })],
    () => reachability.policiesSelecting('shop/api'),
  ]) {
    expect(list).toThrow(expect.objectContaining({ code: 'end-unreadable' }));
  }
  expect(() => reachability.verdict({ from: 'shop/nobody', to: 'shop/db' })).toThrow(
    expect.objectContaining({ code: 'end-unknown' }),
  );
  for (const from of ['web', '10.0.0.0/33', undefined, { kind: 'Deployment' }]) {
    expect(() => reachability.verdict({ from: from as string, to: 'shop/db' })).toThrow(
      expect.objectContaining({ code: 'end-unreadable' }),
    );
  }
});

test('a misspelt engine is refused: the specification would judge, and nobody would know', () => {
  expect(() => Reachability.of(cluster([]), { profile: { engine: 'Cilium' as 'cilium' } })).toThrow(
    expect.objectContaining({ code: 'value-unknown', at: 'Reachability.of profile.engine' }),
  );
});

test('unselected() and policiesSelecting() tell which policies concern a workload', () => {
  const reachability = Reachability.of(cluster([dbIngress]));
  expect(reachability.unselected().map(({ name }) => name)).toEqual(['web', 'probe']);
  expect(reachability.policiesSelecting('shop/db')).toEqual([
    {
      policy: 'shop/db-ingress',
      source: { file: 'policies/db-ingress.yaml', line: 1, column: 1 },
      directions: ['Ingress'],
      certain: true,
    },
  ]);
});

test('exposure tells what strangers can reach', () => {
  const spec = {
    ...onDb,
    ingress: [
      { from: [{ namespaceSelector: {} }], ports: [{ port: 5432 }] },
      { from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 443 }] },
      { from: [{ namespaceSelector: { matchLabels: { team: 'mon' } } }], ports: [{ port: 9100 }] },
    ],
  };
  const exposure = Reachability.of(cluster([policy('p', spec)])).exposure();
  const told = exposure.map(({ workload, isolated, internet, otherNamespaces, unknownPods }) =>
    inWords({ workload: workload.name, isolated, internet, otherNamespaces, unknownPods }),
  );
  expect(told).toEqual([
    open('probe'),
    {
      workload: 'db',
      isolated: { Ingress: 'yes', Egress: 'no' },
      internet: '443/TCP',
      otherNamespaces: '443/TCP, 5432/TCP, 9100/TCP',
      unknownPods: '5432/TCP',
    },
    open('web'),
  ]);
});

test('exposure is sorted by namespace, and then by name', () => {
  const workloads = [
    { ...web, namespace: 'a-b', name: 'a' },
    { ...web, namespace: 'a', name: 'b' },
    { ...web, namespace: 'a', name: 'a' },
  ];
  const exposure = Reachability.of(cluster([], { workloads })).exposure();
  expect(exposure.map(({ workload: { namespace, name } }) => `${namespace}/${name}`)).toEqual([
    'a/a',
    'a/b',
    'a-b/a',
  ]);
});

function open(workload: string) {
  const isolated = { Ingress: 'no', Egress: 'no' };
  return { workload, isolated, internet: '*', otherNamespaces: '*', unknownPods: '*' };
}

test('a policy that the engine holds to select nobody is told of, since the specification has it select', () => {
  const own = { ...web, labels: { ...web.labels, 'k8s.io/own': 'x' } };
  const policies = [policy('own', { podSelector: { matchLabels: { 'k8s.io/own': 'x' } }, ingress: [] })];
  const reachability = Reachability.of(cluster(policies, { workloads: [own, db] }), {
    profile: { engine: 'cilium' },
  });
  const lines = reachability.explain({ from: 'shop/db', to: 'shop/web', port: 8080 }).split('\n');
  expect([lines[0], lines.at(-1)]).toEqual([
    'Allowed: shop/db to shop/web on 8080.',
    'Not as the specification says: Cilium leaves this label key out of pod identities: selectors find it on no pod.',
  ]);
});
