import {
  type AksClusterProfile,
  AksTraffic,
  EgressRule,
  type IngressRule,
  Peer,
  Port,
} from 'cdk8s-aks-network-policy';
import { Reachability } from 'cdk8s-aks-network-policy/analysis';
import { type Open, openFor, RANGES, shutBut } from './world';

const ENGINES = ['azure', 'calico', 'cilium', 'byo-calico', 'byo-cilium'] as const;
type EngineName = (typeof ENGINES)[number];

interface Case {
  readonly why: string;
  /** What is known of the cluster, besides its engine and its ranges. */
  readonly profile?: AksClusterProfile;
  readonly rule: (traffic: AksTraffic) => EgressRule | IngressRule;
  /** Everything that is open; what is left out is shut. */
  readonly opens: Partial<Open>;
  /** @default every engine */
  readonly on?: readonly EngineName[];
}

const ports = [Port.tcp(8080)];
const DNS = '53/TCP, 53/UDP';
const CORE_DNS = `kube-system/coredns ${DNS}`;

const CASES: readonly Case[] = [
  {
    why: 'toDns without LocalDNS is CoreDNS',
    profile: { localDns: false },
    rule: (traffic) => traffic.toDns(),
    opens: { to: [CORE_DNS] },
  },
  {
    why: 'toDns with LocalDNS is both',
    profile: { localDns: true, kubernetesVersion: '1.36' },
    rule: (traffic) => traffic.toDns(),
    opens: { to: [`169.254.10.10/31 ${DNS}`, CORE_DNS] },
    on: ['azure', 'calico', 'byo-calico'],
  },
  {
    why: 'toDns with LocalDNS on an old Cilium is both',
    profile: { localDns: true, kubernetesVersion: '1.31.9' },
    rule: (traffic) => traffic.toDns(),
    opens: { to: [`169.254.10.10/31 ${DNS}`, CORE_DNS] },
    on: ['cilium'],
  },
  {
    why: 'toCoreDns asks for no profile',
    rule: (traffic) => traffic.toCoreDns(),
    opens: { to: [CORE_DNS] },
  },
  {
    why: 'toNodeLocalDns is its pods',
    rule: (traffic) => traffic.toNodeLocalDns(),
    opens: { to: [`kube-system/node-local-dns ${DNS}`] },
    on: ['cilium', 'byo-cilium'],
  },
  {
    why: 'toNodeLocalDns is the addresses it listens on',
    rule: (traffic) => traffic.toNodeLocalDns({ addresses: ['169.254.20.10', '10.0.0.10'] }),
    opens: { to: [`10.0.0.10/32, 169.254.20.10/32 ${DNS}`] },
    on: ['azure', 'calico', 'byo-calico'],
  },
  {
    why: 'toCustomDns',
    rule: (traffic) => traffic.toCustomDns({ addresses: ['10.9.0.4', '10.9.1.0/28'] }),
    opens: { to: [`10.9.0.4/32, 10.9.1.0/28 ${DNS}`] },
  },
  {
    why: 'toWireserver is its name server alone',
    rule: (traffic) => traffic.toWireserver(),
    opens: { to: [`168.63.129.16/32 ${DNS}`] },
  },
  ...[
    { kind: 'a public address', address: '20.50.1.2' },
    { kind: 'a private endpoint', address: '10.225.0.5' },
    { kind: 'VNet integration', address: '10.226.0.4' },
  ].map(({ kind, address }) => ({
    why: `toApiServer with ${kind}`,
    profile: { apiServerAddresses: [address] },
    rule: (traffic: AksTraffic) => traffic.toApiServer(),
    opens: { to: [`${address}/32 443/TCP`] },
  })),
  ...(['toEntraId', 'toResourceManager', 'toKeyVault', 'toContainerRegistry', 'toMonitor'] as const).map(
    (preset) => ({
      why: `${preset} at given addresses`,
      rule: (traffic: AksTraffic) => traffic[preset]({ addresses: ['10.225.0.7', '20.190.128.0/18'] }),
      opens: { to: ['10.225.0.7/32, 20.190.128.0/18 443/TCP'] },
    }),
  ),
  {
    why: 'toImds',
    rule: (traffic) => traffic.toImds(),
    opens: { to: ['169.254.169.254/32 80/TCP'] },
  },
  {
    why: 'toIstiod',
    rule: (traffic) => traffic.toIstiod(),
    opens: { to: ['aks-istio-system/istiod 15012/TCP'] },
  },
  {
    why: 'fromApplicationRouting',
    rule: (traffic) => traffic.fromApplicationRouting({ ports }),
    opens: { from: ['app-routing-system/nginx 8080/TCP'] },
  },
  {
    why: 'fromGateway in another namespace',
    rule: (traffic) => traffic.fromGateway({ gateway: 'shop', namespace: 'edge', ports }),
    opens: { from: ['edge/gateway 8080/TCP'] },
  },
  {
    why: 'fromIstioIngress from outside',
    rule: (traffic) => traffic.fromIstioIngress({ gateway: 'external', ports }),
    opens: { from: ['aks-istio-ingress/external 8080/TCP'] },
  },
  {
    why: 'fromIstioIngress from the virtual network',
    rule: (traffic) => traffic.fromIstioIngress({ gateway: 'internal', ports }),
    opens: { from: ['aks-istio-ingress/internal 8080/TCP'] },
  },
  {
    why: 'fromMetricsScraper',
    rule: (traffic) => traffic.fromMetricsScraper({ ports: [Port.tcp(9464), Port.tcp(9465)] }),
    opens: { from: ['kube-system/ama-metrics 9464-9465/TCP'] },
  },
  {
    why: 'fromWebhookCallers through the tunnel',
    profile: { networkPlugin: 'azure' },
    rule: (traffic) => traffic.fromWebhookCallers({ ports }),
    opens: { from: ['kube-system/konnectivity-agent 8080/TCP'] },
  },
  {
    why: 'fromWebhookCallers through the tunnel on kubenet',
    profile: { networkPlugin: 'kubenet' },
    rule: (traffic) => traffic.fromWebhookCallers({ ports }),
    opens: { from: ['10.224.0.0/16 8080/TCP'], node: ['from 8080/TCP'] },
    on: ['calico', 'byo-calico'],
  },
  {
    why: 'fromWebhookCallers with VNet integration',
    profile: { networkPlugin: 'azure', networkPluginMode: 'none' },
    rule: (traffic) => traffic.fromWebhookCallers({ apiServerSubnets: ['10.226.0.0/28'], ports }),
    opens: { from: ['10.226.0.0/28 8080/TCP'] },
  },
  {
    why: 'fromWebhookCallers with VNet integration on overlay',
    profile: { networkPlugin: 'azure', networkPluginMode: 'overlay' },
    rule: (traffic) => traffic.fromWebhookCallers({ apiServerSubnets: ['10.226.0.0/28'], ports }),
    opens: { from: ['10.226.0.0/28 8080/TCP', 'kube-system/konnectivity-agent 8080/TCP'] },
  },
];

const rows = CASES.flatMap(({ on = ENGINES, opens, ...row }) =>
  on.map((engine) => ({ ...row, engine, opens: { to: [], from: [], node: [], ...opens } })),
);

test.each(rows)('$why, and nothing else, on $engine', ({ profile, engine, rule, opens }) => {
  const cluster = { ...RANGES, ...profile, engine };
  expect(openFor([rule(AksTraffic.on(cluster))], cluster)).toEqual(opens);
});

const ciliumRows = rows.filter(({ engine }) => engine === 'cilium' || engine === 'byo-cilium');

test.each(ciliumRows)(
  '$why, in a CiliumNetworkPolicy, too, on $engine',
  ({ profile, engine, rule, opens }) => {
    const cluster = { ...RANGES, ...profile, engine };
    expect(openFor([rule(AksTraffic.on(cluster))], cluster, 'CiliumNetworkPolicy')).toEqual(opens);
  },
);

test.each([
  { engine: 'cilium', kubernetesVersion: '1.36' },
  { engine: 'byo-cilium', kubernetesVersion: '1.30' },
] as const)(
  'toDns with LocalDNS is both and the own node, in a CiliumNetworkPolicy on $engine',
  (cluster) => {
    const profile = { ...RANGES, ...cluster, localDns: true };
    expect(openFor([AksTraffic.on(profile).toDns()], profile, 'CiliumNetworkPolicy')).toEqual({
      to: [`169.254.10.10/31 ${DNS}`, CORE_DNS],
      from: [],
      // Whether a node is the own one is not known.
      node: ['to 53/TCP, 53/UDP ?'],
    });
  },
);

test.each(ENGINES)('fromGateway in the own namespace lets that Gateway in alone, on %s', (engine) => {
  const fromGateway = AksTraffic.on({ engine }).fromGateway({ gateway: 'shop', ports });
  const out = EgressRule.allow({ to: [Peer.sameNamespace()] });
  expect(openFor([fromGateway, out], { engine }).from).toEqual(['shop/gateway 8080/TCP']);
});

describe.each(ENGINES)('wide rules on %s', (engine) => {
  const profile = { ...RANGES, engine };
  const traffic = AksTraffic.on(profile);

  function verdicts(rule: EgressRule, ends: readonly (readonly [to: string, port: number])[]): string[] {
    const judged = Reachability.of(shutBut([rule]).cluster, { profile });
    return ends.map(
      ([to, port]) => `${to} ${port} ${judged.verdict({ from: 'shop/app', to, port }).verdict}`,
    );
  }

  test.each([
    { why: 'toOutsideCluster', rule: traffic.toOutsideCluster({ ports: [Port.tcp(443)] }) },
    { why: 'toEntraId anywhereOutside', rule: traffic.toEntraId({ anywhereOutside: true }) },
  ])('$why is no pod, no node, no IMDS, no wireserver', ({ rule }) => {
    const ends = [
      ['20.1.2.3', 443],
      ['10.225.0.7', 443],
      ['20.1.2.3', 80],
      ['169.254.169.254', 443],
      ['169.254.10.10', 443],
      ['168.63.129.16', 443],
      ['kube-system/coredns', 443],
      ['shop/other', 443],
      ['node:n2', 443],
    ] as const;
    expect(verdicts(rule, ends)).toEqual([
      '20.1.2.3 443 allowed',
      '10.225.0.7 443 allowed',
      ...ends.slice(2).map(([to, port]) => `${to} ${port} denied`),
    ]);
  });

  test('toAnywhereExceptImds is everything but IMDS, and on Cilium nodes', () => {
    const nodes = { cilium: 'denied', 'byo-cilium': 'unknown' }[engine as string] ?? 'allowed';
    expect(
      verdicts(traffic.toAnywhereExceptImds(), [
        ['169.254.169.254', 80],
        ['169.254.169.253', 80],
        ['internet', 443],
        ['kube-system/coredns', 53],
        ['edge/gateway', 8080],
        ['node:n2', 10250],
      ]),
    ).toEqual([
      '169.254.169.254 80 denied',
      '169.254.169.253 80 allowed',
      'internet 443 allowed',
      'kube-system/coredns 53 allowed',
      'edge/gateway 8080 allowed',
      `node:n2 10250 ${nodes}`,
    ]);
  });
});
