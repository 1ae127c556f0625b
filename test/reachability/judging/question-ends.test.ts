import { db, judge, pod, policy } from '../live-pods';

/** What an end of a question means, if more than labels decides. */

describe('a port name on pods of one workload that give it different numbers', () => {
  const http = (containerPort: number) => ({ ports: [{ name: 'http', containerPort }] });
  const reachability = judge([
    pod('db-0', { ...http(8080), owner: 'db' }),
    pod('db-1', { ...http(8081), owner: 'db' }),
    pod('web'),
    policy({ ...db, ingress: [{ ports: [{ port: 'http' }] }] }),
  ]);

  test.each([
    { to: 'shop/db-0', port: 8080, verdict: 'allowed' },
    { to: 'shop/db-0', port: 8081, verdict: 'denied' },
    { to: 'shop/db-1', port: 8080, verdict: 'denied' },
    { to: 'shop/db-1', port: 8081, verdict: 'allowed' },
    { to: 'shop/db', port: 8080, verdict: 'partly' },
    { to: 'shop/db', port: 'http', verdict: 'allowed' },
  ])('$to on $port is $verdict', ({ to, port, verdict }) => {
    expect(reachability.verdict({ from: 'shop/web', to, port }).verdict).toBe(verdict);
  });

  test('connections tell the pods apart', () => {
    const rows = [...reachability.connections({ from: 'shop/web', to: 'shop/db' })];
    expect(rows.map(({ to, ports }) => [to.workloads?.[0]?.pods, String(ports)])).toEqual([
      [['db-0'], '8080/TCP'],
      [['db-1'], '8081/TCP'],
    ]);
  });
});

describe('a dual-stack pod asked for by one of its addresses', () => {
  const fromBlocks = (...blocks: { cidr: string; except?: string[] }[]) =>
    judge([
      pod('web', { ips: ['10.1.0.1', 'fd00::1'] }),
      pod('db', { ips: ['10.1.0.2', 'fd00::2'] }),
      policy({ ...db, ingress: [{ from: blocks.map((ipBlock) => ({ ipBlock })) }] }),
    ]);

  test.each([
    { why: 'a block of the other family', blocks: [{ cidr: 'fd00::/64' }], v4: 'denied', v6: 'allowed' },
    {
      why: 'an exception of one family',
      blocks: [{ cidr: '10.0.0.0/8', except: ['10.1.0.1/32'] }, { cidr: '::/0' }],
      v4: 'denied',
      v6: 'allowed',
    },
    {
      why: 'blocks of both families',
      blocks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }],
      v4: 'allowed',
      v6: 'allowed',
    },
  ])('$why', ({ blocks, v4, v6 }) => {
    const ask = (from: string) => fromBlocks(...blocks).verdict({ from, to: 'shop/db', port: 80 }).verdict;
    expect({ v4: ask('10.1.0.1'), v6: ask('fd00::1'), byName: ask('shop/web') }).toEqual({
      v4,
      v6,
      byName: 'allowed',
    });
  });

  test('selectors mean the pod by any of its addresses', () => {
    const reachability = judge([
      pod('web', { ips: ['10.1.0.1', 'fd00::1'] }),
      pod('db'),
      policy({ ...db, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] }),
    ]);
    for (const from of ['10.1.0.1', 'fd00::1']) {
      expect(reachability.verdict({ from, to: 'shop/db', port: 80 }).verdict).toBe('allowed');
    }
  });
});

describe('the address of a service', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'sql', namespace: 'shop' },
    spec: { clusterIP: '10.2.0.10', selector: { app: 'db' }, ports: [{ port: 5432 }] },
    status: { loadBalancer: { ingress: [{ ip: '20.50.1.9' }] } },
  };
  const reachability = judge([pod('web'), pod('db'), service, policy(db)], { serviceCidrs: ['10.2.0.0/16'] });

  test.each([
    {
      why: 'a cluster address',
      to: '10.2.0.10',
      says: 'is that of service shop/sql, and policies judge the pods',
    },
    { why: "a load balancer's address", to: '20.50.1.9', says: 'is that of service shop/sql' },
    {
      why: 'an address where services are',
      to: '10.2.0.11',
      says: '10.2.0.11 lies in the range of services',
    },
  ])('$why tells nothing of the pods behind it', ({ to, says }) => {
    const { verdict, doubts } = reachability.verdict({ from: 'shop/web', to, port: 5432 });
    expect({ verdict, doubts }).toEqual({
      verdict: 'unknown',
      doubts: [{ code: 'service-address', text: expect.stringContaining(says) }],
    });
    expect(reachability.outcome({ from: 'shop/web', to, port: 5432 })).toBe('unknown');
  });

  test('the explanation names the pods to ask for', () => {
    expect(reachability.explain({ from: 'shop/web', to: '10.2.0.10', port: 5432 })).toBe(
      [
        'Unknown: shop/web to 10.2.0.10 on 5432.',
        'Out of shop/web: unknown.',
        'Into 10.2.0.10: unknown.',
        'Unknown because 10.2.0.10 is that of service shop/sql, and policies judge the pods behind it: shop/db, on their own ports.',
      ].join('\n'),
    );
  });

  test.each([
    { why: 'a name', ask: () => reachability.verdict({ from: 'shop/web', to: 'shop/sql' }) },
    { why: 'an address in a filter', ask: () => [...reachability.connections({ to: '10.2.0.10' })] },
  ])('$why of a service is refused with the pods behind it', ({ ask }) => {
    expect(ask).toThrow(/service.* and policies judge the pods behind it: shop\/db/);
  });
});

test.each([
  { why: 'of a pod is the pod', from: '10.1.0.1/32', verdict: 'allowed' },
  { why: 'of the own node is the node', from: '10.0.0.1/32', verdict: 'allowed' },
  { why: 'of nobody is an address outside', from: '10.1.0.9/32', verdict: 'denied' },
  { why: 'of IPv6 is the pod, too', from: 'fd00::1/128', verdict: 'allowed' },
])('a CIDR of one address $why', ({ from, verdict }) => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1' },
    status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] },
  };
  const reachability = judge([
    node,
    pod('web', { ips: ['10.1.0.1', 'fd00::1'] }),
    pod('db', { node: 'n1' }),
    policy({ ...db, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] }),
  ]);
  expect(reachability.verdict({ from, to: 'shop/db', port: 80 }).verdict).toBe(verdict);
});

describe('a list of connections', () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1' },
    status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] },
  };
  const reachability = judge([node, pod('web')]);

  test.each(['node:n1', '10.0.0.1'])('has no rows for a node, so %s is refused', (end) => {
    expect(() => [...reachability.connections({ from: end })]).toThrow(
      `names a node, and connections are listed of pods and of addresses outside; got "${end}"`,
    );
  });

  test('passes over a node in a wider range', () => {
    expect([...reachability.connections({ from: '10.0.0.0/31' })]).toHaveLength(1);
  });
});

describe('an end that nobody knows', () => {
  const reachability = judge([pod('web'), pod('db-0', { owner: 'db' }), pod('shop-orders-c8a1b2')]);

  test.each([
    { end: 'shop/wbe', near: 'shop/web' },
    { end: 'shop/orders', near: 'shop/shop-orders-c8a1b2' },
    { end: 'shop/web-7d9f5c6b8-x2x4z', near: 'shop/web' },
    { end: 'default/db', near: 'shop/db' },
  ])('$end is told with $near, which is near', ({ end, near }) => {
    expect(() => reachability.verdict({ from: end, to: 'shop/web' })).toThrow(
      expect.objectContaining({
        code: 'end-unknown',
        fix: `did you mean ${near}? Otherwise add its manifest`,
      }),
    );
  });

  test.each(['shop/payments', 'shop/qq', 'payments/api'])('%s is near nothing', (end) => {
    expect(() => reachability.verdict({ from: end, to: 'shop/web' })).toThrow(
      expect.objectContaining({ code: 'end-unknown', fix: 'check the spelling, or add its manifest' }),
    );
  });
});

describe('selectors as an end', () => {
  const etl = { namespaces: { matchLabels: { team: 'data' } }, pods: { matchLabels: { app: 'etl' } } };
  const from = [{ namespaceSelector: etl.namespaces, podSelector: etl.pods }];
  const reachability = judge([pod('db'), pod('web'), policy({ ...db, ingress: [{ from }] })]);

  test.each([
    { from: etl, verdict: 'allowed', text: 'pods with app=etl in namespaces with team=data' },
    { from: { namespaces: etl.namespaces }, verdict: 'partly', text: 'any pod of namespaces with team=data' },
    { from: { pods: etl.pods }, verdict: 'partly', text: 'pods with app=etl in any namespace' },
    {
      from: { namespaces: 'shop', pods: { matchLabels: { app: 'web' } } },
      verdict: 'denied',
      text: 'pods with app=web in namespace shop',
    },
    { from: {}, verdict: 'partly', text: 'any pod' },
  ])('$text is $verdict', ({ from: end, verdict, text }) => {
    const question = { from: end, to: 'shop/db' };
    expect(reachability.verdict(question)).toMatchObject({ verdict, question: { from: text } });
    expect(reachability.outcome(question)).toBe(verdict);
  });
});

test.each([
  { end: { namespace: 'shop' }, code: 'field-unknown' },
  { end: { namespaces: 'Shop' }, code: 'namespace-invalid' },
  { end: { pods: { app: 'db' } }, code: 'field-unknown' },
  { end: { pods: { matchExpressions: {} } }, code: 'type-mismatch' },
  { end: { kind: 'Pod' }, code: 'end-unreadable' },
  { end: [{}], code: 'end-unreadable' },
  { end: new Map(), code: 'end-unreadable' },
  { end: null, code: 'end-unreadable' },
])('what is no selector is not every pod: $end', ({ end, code }) => {
  const ask = () => judge([pod('db')]).verdict({ from: end as object, to: 'shop/db' });
  expect(ask).toThrow(expect.objectContaining({ code }));
});

test('a label without a value is refused although every pod was asked for before', () => {
  const reachability = judge([pod('db')]);
  const ask = (matchLabels: object) => () =>
    reachability.outcome({ from: { pods: { matchLabels: { ...matchLabels } } }, to: 'shop/db' });
  expect(ask({})()).toBe('allowed');
  expect(ask({ app: undefined })).toThrow(expect.objectContaining({ code: 'type-mismatch' }));
});
