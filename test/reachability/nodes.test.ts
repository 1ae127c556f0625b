import type { EngineProfile } from '../../lib/model/engine-profile';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { db, judge, pod, policy } from './live-pods';

/** Cases in which the node of a pod decides: by its network, by traffic in place of others, by its operating system. */

describe("a pod on its node's network", () => {
  const agent = { node: 'n1', ips: ['10.0.0.1'], hostNetwork: true, owner: 'agent' };
  const reachability = (profile: EngineProfile = {}) =>
    judge(
      [
        pod('agent-1', agent),
        pod('agent-2', { ...agent, node: 'n2', ips: ['10.0.0.2'] }),
        pod('agent-3', { hostNetwork: true, owner: 'agent' }),
        pod('db', { node: 'n1', ips: ['10.1.0.2'] }),
        policy({ ...db, policyTypes: ['Ingress', 'Egress'] }),
      ],
      profile,
    );

  test.each([
    { why: 'comes from the own node of what runs there', from: 'shop/agent-1', verdict: 'allowed' },
    { why: 'comes from another node', from: 'shop/agent-2', verdict: 'denied' },
    { why: 'whose node is not known counts as one of another', from: 'shop/agent-3', verdict: 'denied' },
    { why: 'is one of several, on the own node and others', from: 'shop/agent', verdict: 'partly' },
    { why: 'is reached on the own node', to: 'shop/agent-1', verdict: 'allowed' },
    { why: 'is not reached on another node', to: 'shop/agent-2', verdict: 'denied' },
    { why: 'is not reached on calico', to: 'shop/agent-1', engine: 'calico' as const, verdict: 'denied' },
    { why: 'still comes in on calico', from: 'shop/agent-1', engine: 'calico' as const, verdict: 'allowed' },
  ])('$why', ({ from = 'shop/db', to = 'shop/db', engine, verdict }) => {
    const profile = engine === undefined ? {} : { engine };
    expect(reachability(profile).verdict({ from, to, port: 80 }).verdict).toBe(verdict);
  });

  test.each([
    {
      why: 'may be denied by a policy that is not understood',
      ingressDeny: [{ fromUnknown: [] }],
      verdict: 'unknown',
    },
    { why: 'is denied by one that is', ingressDeny: [{ fromEntities: ['all'] }], verdict: 'denied' },
    { why: 'comes in although one allows nobody', ingress: [{}], verdict: 'allowed' },
  ])('on its own node, $why', ({ verdict, why: _, ...sections }) => {
    const cilium = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { endpointSelector: {}, ...sections },
    };
    const pods = [pod('agent-1', agent), pod('db', { node: 'n1', ips: ['10.1.0.2'] })];
    const judged = judge([...pods, cilium], { engine: 'cilium' });
    expect(judged.verdict({ from: 'shop/agent-1', to: 'shop/db', port: 80 }).verdict).toBe(verdict);
  });

  test('the explanation says that its node is the own one', () => {
    expect(reachability().explain({ from: 'shop/agent-1', to: 'shop/db', port: 80 })).toContain(
      'Into shop/db: allowed; traffic with its own node always passes.',
    );
  });
});

describe('pods behind a Service that nodes stand in for', () => {
  const service = (spec: object) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'sql', namespace: 'shop' },
    spec: {
      type: 'LoadBalancer',
      selector: { app: 'db' },
      ports: [{ port: 80, targetPort: 'sql' }],
      ...spec,
    },
  });
  const behind = (
    engine: EngineProfile['engine'],
    spec: object = {},
    ingress: NetworkPolicySpec['ingress'] = [],
  ) =>
    judge(
      [
        pod('web'),
        pod('db', { ports: [{ name: 'sql', containerPort: 5432 }] }),
        service(spec),
        policy({ ...db, ingress }),
      ],
      engine === undefined ? {} : { engine },
    );

  test.each([
    { why: 'may be reached on azure whatever policies say', engine: 'azure' as const, verdict: 'unknown' },
    { why: 'and by a NodePort', engine: 'azure' as const, spec: { type: 'NodePort' }, verdict: 'unknown' },
    { why: 'not on another port', engine: 'azure' as const, port: 5433, verdict: 'denied' },
    {
      why: 'not inside the cluster alone',
      engine: 'azure' as const,
      spec: { type: 'ClusterIP' },
      verdict: 'denied',
    },
    {
      why: 'not where nodes keep the address of clients',
      engine: 'azure' as const,
      spec: { externalTrafficPolicy: 'Local' },
      verdict: 'denied',
    },
    { why: 'not by other pods', engine: 'azure' as const, from: 'shop/web', verdict: 'denied' },
    { why: 'not on calico', engine: 'calico' as const, verdict: 'denied' },
    { why: 'not by the specification', engine: undefined, verdict: 'denied' },
  ])('$why: $verdict', ({ engine, spec, port = 5432, from = 'internet', verdict }) => {
    const reachability = behind(engine, spec);
    expect(reachability.verdict({ from, to: 'shop/db', port }).verdict).toBe(verdict);
    expect(reachability.bySpecification.outcome({ from, to: 'shop/db', port })).toBe('denied');
    const rows = [...reachability.connections({ from, to: 'shop/db' })];
    expect(rows.map((row) => row.verdict)).toEqual(verdict === 'unknown' || port !== 5432 ? ['unknown'] : []);
  });

  test('the reason is told', () => {
    expect(behind('azure').verdict({ from: 'internet', to: 'shop/db', port: 5432 }).doubts).toEqual([
      { code: 'engine-undocumented', text: expect.stringContaining('through the pod’s own node') },
    ]);
  });

  test('what policies allow needs no such way', () => {
    const { verdict, departures } = behind('azure', {}, [{}]).verdict({ from: 'internet', to: 'shop/db' });
    expect({ verdict, departures }).toEqual({ verdict: 'allowed', departures: [] });
  });
});

test("a pod on its node's network that has no address yet is where its node is", () => {
  const node = (name: string, address: string) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address }] },
  });
  const reachability = judge([
    node('n1', '10.1.0.1'),
    node('n2', '10.1.0.2'),
    pod('db', { node: 'n1' }),
    pod('agent', { node: 'n2', hostNetwork: true }),
    policy({ ...db, ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.2/32' } }] }] }),
  ]);
  expect(reachability.outcome({ from: 'shop/agent', to: 'shop/db' })).toBe('allowed');
});

describe('pods for Windows nodes', () => {
  const web = (spec: object) => {
    const { spec: own, ...rest } = pod('web');
    return { ...rest, spec: { ...own, ...spec } };
  };
  const windows = { nodeSelector: { 'kubernetes.io/os': 'windows' } };

  test.each([
    { why: 'are not known on azure', spec: windows, engine: 'azure' as const, verdict: 'unknown' },
    {
      why: 'by the field, too',
      spec: { os: { name: 'windows' } },
      engine: 'azure' as const,
      verdict: 'unknown',
    },
    {
      why: 'are none on Linux',
      spec: { os: { name: 'linux' } },
      engine: 'azure' as const,
      verdict: 'denied',
    },
    { why: 'are as others on calico', spec: windows, engine: 'calico' as const, verdict: 'denied' },
    { why: 'are as others by the specification', spec: windows, engine: undefined, verdict: 'denied' },
  ])('$why: $verdict', ({ spec, engine, verdict: expected }) => {
    const reachability = judge([web(spec), policy({})], engine === undefined ? {} : { engine });
    const { verdict, doubts } = reachability.verdict({ from: 'internet', to: 'shop/web', port: 80 });
    expect({ verdict, doubts: doubts.map(({ code }) => code) }).toEqual({
      verdict: expected,
      doubts: expected === 'unknown' ? ['engine-undocumented'] : [],
    });
    expect(reachability.bySpecification.outcome({ from: 'internet', to: 'shop/web', port: 80 })).toBe(
      'denied',
    );
    expect(reachability.policiesSelecting('shop/web')).toEqual([
      expect.objectContaining({ policy: 'shop/p', certain: expected !== 'unknown' }),
    ]);
  });
});
