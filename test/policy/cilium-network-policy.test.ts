import { Chart, Testing, YamlOutputType } from 'cdk8s';
import {
  CiliumClusterwideNetworkPolicy,
  type CiliumClusterwideNetworkPolicyProps,
  CiliumNetworkPolicy,
  type CiliumNetworkPolicyProps,
  EgressRule,
  Findings,
  IngressRule,
  NamespaceSelector,
  Peer,
  PodSelector,
  Port,
} from 'cdk8s-aks-network-policy';
import { Deployment } from 'cdk8s-plus-28';
import { chart } from '../support/synth';

/** The manifests of Cilium's own kinds. What random ones mean is in `cilium-meaning.test.ts`. */

const web = { matchLabels: { app: 'web' } };
const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
const WEB = { matchLabels: { 'k8s:app': 'web' } };
const HTTP_PORT = { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] };

function written(props: CiliumNetworkPolicyProps): Record<string, unknown> {
  const shop = chart({ namespace: 'shop' });
  new CiliumNetworkPolicy(shop, 'p', props);
  const { endpointSelector, ...spec } = Testing.synth(shop)[0].spec;
  return spec;
}

test('a policy has the namespace of its chart, and the labels of its pods as those of Kubernetes', () => {
  const shop = chart({ namespace: 'shop', labels: { team: 'a' } });
  const policy = new CiliumNetworkPolicy(shop, 'p', {
    podSelector: web,
    annotations: { why: 'b' },
    description: 'for everybody',
    rules: [IngressRule.allowAll()],
  });
  expect(Testing.synth(shop)).toEqual([
    {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'p', namespace: 'shop', labels: { team: 'a' }, annotations: { why: 'b' } },
      spec: { description: 'for everybody', endpointSelector: WEB, ingress: [{ fromEntities: ['all'] }] },
    },
  ]);
  expect(policy.namespace).toBe('shop');
});

test('a clusterwide policy has no namespace, and selects pods of all of them or of some', () => {
  const shop = chart({ namespace: 'shop' });
  const deployment = new Deployment(shop, 'd', { select: false, containers: [{ image: 'd' }] });
  const all: CiliumClusterwideNetworkPolicyProps[] = [
    {},
    { namespaces: NamespaceSelector.named('a', 'b'), podSelector: web },
    { namespaces: { matchLabels: { team: 'x' } } },
    { namespaces: NamespaceSelector.except('kube-system') },
    { podSelector: deployment },
  ];
  all.forEach((props, i) => {
    new CiliumClusterwideNetworkPolicy(shop, `p${i}`, { ...props, rules: [EgressRule.denyAll()] });
  });
  const policies = Testing.synth(shop).filter(({ kind }) => kind === 'CiliumClusterwideNetworkPolicy');
  expect(policies.map(({ metadata }) => metadata)).toEqual(all.map((_, i) => ({ name: `p${i}` })));
  expect(policies.map(({ spec }) => spec.endpointSelector)).toEqual([
    { matchExpressions: [{ key: NAMESPACE, operator: 'Exists' }] },
    {
      matchLabels: { 'k8s:app': 'web' },
      matchExpressions: [{ key: NAMESPACE, operator: 'In', values: ['a', 'b'] }],
    },
    { matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': 'x' } },
    {
      matchExpressions: [
        { key: NAMESPACE, operator: 'Exists' },
        { key: NAMESPACE, operator: 'NotIn', values: ['kube-system'] },
      ],
    },
    { matchLabels: { [NAMESPACE]: 'shop', 'k8s:cdk8s.io/metadata.addr': expect.any(String) } },
  ]);
});

describe('rules', () => {
  test.each<{ why: string; props: CiliumNetworkPolicyProps; is: object }>([
    { why: 'no rule denies ingress and leaves egress alone', props: {}, is: { ingress: [{}] } },
    {
      why: 'deny all is an entry that says nothing',
      props: { rules: [EgressRule.denyAll()] },
      is: { egress: [{}] },
    },
    {
      why: 'allow all is everybody by name',
      props: { rules: [IngressRule.allowAll(), EgressRule.allowAll()] },
      is: { ingress: [{ fromEntities: ['all'] }], egress: [{ toEntities: ['all'] }] },
    },
    {
      why: 'nobody is an entry that says nothing, never an empty list of peers',
      props: { rules: [IngressRule.allow({ from: [], ports: [Port.tcp(80)] })] },
      is: { ingress: [{}] },
    },
    {
      why: 'everybody beside others is everybody',
      props: {
        rules: [IngressRule.allow({ from: [Peer.sameNamespace(), Peer.anywhere()], ports: [Port.tcp(80)] })],
      },
      is: { ingress: [{ fromEntities: ['all'], ...HTTP_PORT }] },
    },
    {
      why: 'pods of the own namespace are asked for no namespace, and others for theirs',
      props: {
        rules: [
          EgressRule.allow({
            to: [
              Peer.sameNamespace(web),
              Peer.otherNamespaces({ pods: web }),
              Peer.otherNamespaces({
                namespaces: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] },
              }),
            ],
          }),
        ],
      },
      is: {
        egress: [
          {
            toEndpoints: [
              WEB,
              { ...WEB, matchExpressions: [{ key: NAMESPACE, operator: 'Exists' }] },
              {
                matchExpressions: [
                  { key: NAMESPACE, operator: 'Exists' },
                  { key: 'k8s:io.cilium.k8s.namespace.labels.team', operator: 'DoesNotExist' },
                ],
              },
            ],
          },
        ],
      },
    },
    {
      why: 'peers of several sorts, and ports beside messages, are an entry each',
      props: {
        rules: [
          EgressRule.allow({
            to: [Peer.entity('host'), Peer.ipBlock('10.0.0.0/8'), Peer.entity('remote-node')],
            ports: [Port.icmp(8), Port.tcp(80), Port.icmp(128, { family: 'IPv6' })],
          }),
        ],
      },
      is: {
        egress: [{ toEntities: ['host', 'remote-node'] }, { toCIDR: ['10.0.0.0/8'] }].flatMap((whom) => [
          { ...whom, ...HTTP_PORT },
          {
            ...whom,
            icmps: [
              {
                fields: [
                  { family: 'IPv4', type: 8 },
                  { family: 'IPv6', type: 128 },
                ],
              },
            ],
          },
        ]),
      },
    },
    {
      why: 'a block with exceptions makes a set of all blocks',
      props: {
        rules: [
          EgressRule.allow({
            to: [Peer.ipBlock('10.0.0.0/8', { except: ['10.1.0.0/16'] }), Peer.ipBlock('203.0.113.0/24')],
          }),
        ],
      },
      is: {
        egress: [
          { toCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { cidr: '203.0.113.0/24' }] },
        ],
      },
    },
    {
      why: 'ports of every sort',
      props: {
        rules: [
          IngressRule.allow({
            from: [Peer.anywhere()],
            ports: [Port.allTcp(), Port.udpRange(5000, 5100), Port.named('http'), Port.sctp(7)],
          }),
        ],
      },
      is: {
        ingress: [
          {
            fromEntities: ['all'],
            toPorts: [
              {
                ports: [
                  { port: '0', protocol: 'TCP' },
                  { port: '5000', endPort: 5100, protocol: 'UDP' },
                  { port: 'http', protocol: 'TCP' },
                  { port: '7', protocol: 'SCTP' },
                ],
              },
            ],
          },
        ],
      },
    },
    {
      why: 'what is denied stands in sections of its own',
      props: {
        leavesOpen: ['Egress'],
        rules: [
          EgressRule.deny({ to: [Peer.ipBlock('169.254.169.254/32')], ports: [Port.tcp(80)] }),
          IngressRule.deny({ from: [Peer.anywhere()], ports: [Port.icmp(8)] }),
        ],
      },
      is: {
        enableDefaultDeny: { egress: false },
        egressDeny: [{ toCIDR: ['169.254.169.254/32'], ...HTTP_PORT }],
        ingressDeny: [{ fromEntities: ['all'], icmps: [{ fields: [{ family: 'IPv4', type: 8 }] }] }],
      },
    },
    {
      why: 'a service is of the own namespace unless another is named',
      props: {
        rules: [EgressRule.allow({ to: [Peer.service('db'), Peer.service('db', { namespace: 'data' })] })],
      },
      is: {
        egress: [
          {
            toServices: [
              { k8sService: { serviceName: 'db', namespace: 'shop' } },
              { k8sService: { serviceName: 'db', namespace: 'data' } },
            ],
          },
        ],
      },
    },
    {
      why: 'requests of HTTP, with headers as Cilium reads them',
      props: {
        rules: [
          IngressRule.allow({
            from: [Peer.sameNamespace(web)],
            ports: [Port.tcp(80)],
            http: [
              { method: 'GET', path: '/orders/[^/]+', host: 'shop', headers: { 'X-A': 'b c', 'X-B': '' } },
              {},
            ],
          }),
        ],
      },
      is: {
        ingress: [
          {
            fromEndpoints: [WEB],
            toPorts: [
              {
                ports: [{ port: '80', protocol: 'TCP' }],
                rules: {
                  http: [
                    { method: 'GET', path: '/orders/[^/]+', host: 'shop', headers: ['X-A: b c', 'X-B'] },
                    {},
                  ],
                },
              },
            ],
          },
        ],
      },
    },
  ])('$why', ({ props, is }) => {
    expect(written(props)).toEqual(is);
  });

  test('one that is added later replaces the denial of a policy without rules', () => {
    const shop = chart({ namespace: 'shop' });
    const policy = new CiliumNetworkPolicy(shop, 'p');
    const spec = () => Testing.synth(shop)[0].spec;
    expect(spec()).toEqual({ endpointSelector: {}, ingress: [{}] });
    policy.addRule(EgressRule.allow({ to: [Peer.entity('kube-apiserver')] }));
    expect(spec()).toEqual({ endpointSelector: {}, egress: [{ toEntities: ['kube-apiserver'] }] });
    policy.addRule(
      EgressRule.deny({ to: [Peer.of(new Deployment(shop, 'd', { containers: [{ image: 'd' }] }))] }),
    );
    expect(Object.keys(spec())).toEqual(['egress', 'egressDeny', 'endpointSelector']);
  });
});

describe('host names', () => {
  const names = [Peer.hostName('login.microsoftonline.com'), Peer.hostName('*.vault.azure.net')];
  const matches = [{ matchName: 'login.microsoftonline.com' }, { matchPattern: '*.vault.azure.net' }];
  const rules = [
    EgressRule.allow({ to: names, ports: [Port.tcp(443)] }),
    EgressRule.allow({ to: [Peer.hostName('login.microsoftonline.com')], ports: [Port.tcp(80)] }),
  ];
  const toPorts = [
    { ports: ['UDP', 'TCP'].map((protocol) => ({ port: '53', protocol })), rules: { dns: matches } },
  ];
  const CORE_DNS = { matchLabels: { [NAMESPACE]: 'kube-system', 'k8s:k8s-app': 'kube-dns' } };
  const allowed = [
    { toFQDNs: matches, toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
    { toFQDNs: [matches[0]], ...HTTP_PORT },
  ];

  test('bring a rule that lets pods ask CoreDNS for each of them once', () => {
    expect(written({ rules })).toEqual({ egress: [{ toEndpoints: [CORE_DNS], toPorts }, ...allowed] });
  });

  test.each([
    { localDns: false, servers: [] },
    {
      localDns: true,
      servers: [{ toEntities: ['host'] }, { toCIDR: ['169.254.10.10/32', '169.254.10.11/32'] }],
    },
  ])('are asked of the name servers of a cluster with localDns: $localDns', ({ localDns, servers }) => {
    const profile = { engine: 'cilium', localDns, acns: 'FQDN' } as const;
    expect(written({ rules, profile })).toEqual({
      egress: [
        ...[{ toEndpoints: [CORE_DNS] }, ...servers].map((server) => ({ ...server, toPorts })),
        ...allowed,
      ],
    });
  });
});

describe('like every policy', () => {
  test('it has findings, with the line of the rule, and they can be acknowledged', () => {
    const shop = chart({ namespace: 'shop' });
    const policy = new CiliumNetworkPolicy(shop, 'p', { podSelector: {}, rules: [IngressRule.denyAll()] });
    policy.addRule(IngressRule.deny({ from: [Peer.otherNamespaces()] }));
    expect(Findings.of(shop).list()).toMatchObject([
      { code: 'blank-selector', at: 'podSelector' },
      {
        code: 'all-namespaces-include-own',
        at: 'rules[1].from[0]',
        source: expect.stringMatching(/test\.ts/),
      },
    ]);
    policy.addRule(IngressRule.allowAll());
    expect(
      Findings.of(shop)
        .list()
        .map(({ code }) => code),
    ).toContain('deny-preset-void');
    Findings.of(policy).acknowledge('blank-selector', { reason: 'every pod is meant' });
    expect(Findings.of(shop).acknowledged()).toMatchObject([{ code: 'blank-selector' }]);
  });

  test('a clusterwide one has no namespace that all namespaces could include', () => {
    const shop = chart({ namespace: 'shop' });
    const rules = [IngressRule.allow({ from: [Peer.otherNamespaces()] })];
    new CiliumClusterwideNetworkPolicy(shop, 'p', { podSelector: PodSelector.all(), rules });
    expect(Findings.of(shop).list()).toEqual([]);
  });

  test('the side file has its lines, by the fields that rules became', () => {
    const shop = chart({ namespace: 'shop' });
    const policy = new CiliumNetworkPolicy(shop, 'p', { podSelector: {} });
    policy.addRule(EgressRule.allow({ to: [Peer.hostName('a.example.com')] }));
    policy.addRule(EgressRule.denyAll());
    const line = { file: expect.stringMatching(/cilium-network-policy\.test\.ts$/) };
    expect(policy.lines()).toMatchObject({ code: line, rules: { 'spec.egress[2]': line } });
    expect(Object.keys(policy.lines().rules ?? {})).toEqual(['spec.egress[2]']);
  });

  test.each([
    {
      why: 'two of a kind, a name and a namespace',
      kinds: [CiliumNetworkPolicy, CiliumNetworkPolicy],
      is: /both are named shop\/p/,
    },
    {
      why: 'two clusterwide ones of a name in charts of two namespaces',
      kinds: [CiliumClusterwideNetworkPolicy, CiliumClusterwideNetworkPolicy],
      is: /both are named p,/,
      others: 'orders',
    },
  ])('$why are refused at synth', ({ kinds, is, others = 'shop' }) => {
    const app = Testing.app();
    const charts = [new Chart(app, 'a', { namespace: 'shop' }), new Chart(app, 'b', { namespace: others })];
    charts.forEach((scope, i) => {
      new (kinds[i] as typeof CiliumNetworkPolicy)(scope, 'p');
    });
    expect(() => app.synth()).toThrow(is);
  });

  test('policies of two kinds may share a name and a folder', () => {
    const app = Testing.app({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    const shop = new Chart(app, 'shop', { namespace: 'shop' });
    new CiliumNetworkPolicy(shop, 'a', { name: 'p', podSelector: PodSelector.all() });
    new CiliumClusterwideNetworkPolicy(shop, 'b', { name: 'p', podSelector: PodSelector.all() });
    expect(() => app.synth()).not.toThrow();
  });
});
