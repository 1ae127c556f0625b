import { Testing } from 'cdk8s';
import {
  type AksClusterProfile,
  CiliumClusterwideNetworkPolicy,
  CiliumNetworkPolicy,
  EgressRule,
  type HttpRequest,
  IngressRule,
  type LabelSelector,
  Peer,
  type PolicyType,
  Port,
} from 'cdk8s-aks-network-policy';
import fc from 'fast-check';
import { chart } from './synth';

/** Policies of Cilium's own kinds as somebody would compose them, drawn as data: what they say is then known. */

export type DrawnPeer =
  | { readonly as: 'anywhere' }
  | { readonly as: 'own'; readonly pods: LabelSelector }
  | {
      readonly as: 'other';
      readonly namespaces?: LabelSelector | undefined;
      readonly pods?: LabelSelector | undefined;
    }
  | { readonly as: 'block'; readonly cidr: string; readonly except: readonly string[] }
  | { readonly as: 'entity'; readonly entity: Parameters<typeof Peer.entity>[0] }
  | { readonly as: 'name'; readonly name: string }
  | { readonly as: 'service'; readonly name: string };

export type DrawnPort =
  | {
      readonly as: 'range';
      readonly protocol: 'TCP' | 'UDP' | 'SCTP';
      readonly first: number;
      readonly last: number;
    }
  | { readonly as: 'one'; readonly protocol: 'TCP' | 'UDP' | 'SCTP'; readonly port: number }
  | { readonly as: 'all'; readonly protocol: 'TCP' | 'UDP' | 'SCTP' }
  | { readonly as: 'named'; readonly protocol: 'TCP' | 'UDP' | 'SCTP'; readonly name: string }
  | { readonly as: 'icmp'; readonly type: number; readonly family: 'IPv4' | 'IPv6' };

export interface DrawnRule {
  readonly type: PolicyType;
  readonly does: 'allow' | 'deny' | 'allow-all' | 'deny-all';
  readonly peers: readonly DrawnPeer[];
  readonly ports?: readonly DrawnPort[] | undefined;
  readonly http?: readonly HttpRequest[] | undefined;
}

export interface DrawnPolicy {
  readonly isClusterwide: boolean;
  readonly pods: LabelSelector;
  readonly namespaces?: LabelSelector | undefined;
  readonly rules: readonly DrawnRule[];
  readonly leavesOpen: readonly PolicyType[];
  readonly localDns: boolean;
}

/** What is drawn of the texts in policies. */
export interface DrawnTexts {
  readonly labelKey: fc.Arbitrary<string>;
  readonly portName: fc.Arbitrary<string>;
  readonly hostName: fc.Arbitrary<string>;
  readonly pattern: fc.Arbitrary<string>;
}

/** Texts that everybody reads alike. */
export const PLAIN: DrawnTexts = {
  labelKey: fc.constantFrom('app', 'tier', 'app.kubernetes.io/name', 'A_b', 'host'),
  portName: fc.constantFrom('http', 'dns-tcp', 'a'),
  hostName: fc.constantFrom('login.microsoftonline.com', '*.vault.azure.net', 'app*.Example.com', 'a_b'),
  pattern: fc.constantFrom('GET', 'GET|HEAD', '/orders', '/a/.*', '/[0-9]+', '^/x$', '/(?:[^/]+)?'),
};

const few = <T>(each: fc.Arbitrary<T>, minLength = 0, maxLength = 3) =>
  fc.array(each, { minLength, maxLength });
const maybe = <T>(each: fc.Arbitrary<T>) => fc.option(each, { nil: undefined });
const protocol = fc.constantFrom('TCP', 'UDP', 'SCTP');
const number = fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constantFrom(1, 53, 80, 65535));

const selectorOf = (key: fc.Arbitrary<string>): fc.Arbitrary<LabelSelector> =>
  fc
    .record({
      labels: fc.dictionary(key, fc.constantFrom('', 'web', 'v1.2_3'), { maxKeys: 2 }),
      expressions: few(
        fc.oneof(
          fc.record({
            key,
            operator: fc.constantFrom('In', 'NotIn'),
            values: few(fc.constantFrom('a', 'b'), 1, 2),
          }),
          fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
        ),
        0,
        2,
      ),
    })
    .map(({ labels, expressions }) => ({
      ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
      ...(expressions.length > 0 && { matchExpressions: expressions }),
    }));

const block = fc.constantFrom(
  { cidr: '0.0.0.0/0', except: [] as string[] },
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '169.254.169.254/32'] },
  { cidr: '203.0.113.7/32', except: [] },
  { cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] },
);

function peerOf(texts: DrawnTexts, type: PolicyType, does: 'allow' | 'deny', isClusterwide: boolean) {
  const pods = selectorOf(texts.labelKey);
  const namespaces = selectorOf(fc.oneof(texts.labelKey, fc.constant('kubernetes.io/metadata.name')));
  const drawn: fc.Arbitrary<DrawnPeer>[] = [
    fc.constant({ as: 'anywhere' }),
    fc.record({ as: fc.constant('other'), namespaces: maybe(namespaces), pods: maybe(pods) }),
    block.map((each) => ({ as: 'block', ...each })),
    fc
      .constantFrom(
        'all',
        'world',
        'cluster',
        'host',
        'remote-node',
        'kube-apiserver',
        'init',
        'ingress',
        'health',
        'none',
      )
      .map((entity) => ({ as: 'entity', entity })),
  ];
  if (!isClusterwide) {
    drawn.push(fc.record({ as: fc.constant('own'), pods }));
  }
  if (type === 'Egress' && does === 'allow') {
    drawn.push(texts.hostName.map((name) => ({ as: 'name', name })));
  }
  return fc.oneof(...drawn);
}

const portOf = (texts: DrawnTexts): fc.Arbitrary<DrawnPort> =>
  fc.oneof(
    fc.record({ as: fc.constant('one' as const), protocol, port: number }),
    fc.tuple(protocol, number, number).map(([each, a, b]) => ({
      as: 'range' as const,
      protocol: each,
      first: Math.min(a, b),
      last: Math.max(a, b),
    })),
    fc.record({ as: fc.constant('all' as const), protocol }),
    fc.record({ as: fc.constant('named' as const), protocol, name: texts.portName }),
    fc.record({
      as: fc.constant('icmp' as const),
      type: fc.integer({ min: 0, max: 255 }),
      family: fc.constantFrom('IPv4', 'IPv6'),
    }),
  );

const requestOf = ({ pattern }: DrawnTexts): fc.Arbitrary<HttpRequest> =>
  fc.record(
    {
      method: pattern,
      path: pattern,
      host: fc.constantFrom('shop.example.com', 'x'),
      headers: fc.dictionary(fc.constantFrom('X-A', 'Accept'), fc.constantFrom('', 'a/b', 'x y'), {
        maxKeys: 2,
      }),
    },
    { requiredKeys: [] },
  );

function ruleOf(texts: DrawnTexts, isClusterwide: boolean): fc.Arbitrary<DrawnRule> {
  const directed = fc.constantFrom<PolicyType>('Ingress', 'Egress');
  return fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({
        type: directed,
        does: fc.constantFrom('allow-all' as const, 'deny-all' as const),
        peers: fc.constant([]),
      }),
    },
    {
      weight: 6,
      arbitrary: fc
        .tuple(directed, fc.constantFrom('allow' as const, 'deny' as const))
        .chain(([type, does]) =>
          fc.record({
            type: fc.constant(type),
            does: fc.constant(does),
            peers: few(peerOf(texts, type, does, isClusterwide)),
            ports: maybe(few(portOf(texts), 1, 4)),
          }),
        ),
    },
    {
      weight: 3,
      arbitrary: directed.chain((type) =>
        fc.record({
          type: fc.constant(type),
          does: fc.constant('allow' as const),
          peers: few(peerOf(texts, type, 'allow', isClusterwide), 1),
          ports: few(
            fc.oneof(
              number.map((port) => ({ as: 'one' as const, protocol: 'TCP' as const, port })),
              texts.portName.map((name) => ({ as: 'named' as const, protocol: 'TCP' as const, name })),
            ),
            1,
          ),
          http: few(requestOf(texts), 1),
        }),
      ),
    },
    ...(isClusterwide
      ? []
      : [
          {
            weight: 1,
            arbitrary: fc.record({
              type: fc.constant('Egress' as const),
              does: fc.constant('allow' as const),
              peers: few(
                fc.constantFrom('db', 'web').map((name) => ({ as: 'service' as const, name })),
                1,
              ),
            }),
          },
        ]),
  );
}

/** Legal policies, as far as the texts in them are legal. */
export function drawnPolicy(texts: DrawnTexts): fc.Arbitrary<DrawnPolicy> {
  return fc.boolean().chain((isClusterwide) =>
    fc
      .record({
        isClusterwide: fc.constant(isClusterwide),
        pods: selectorOf(texts.labelKey),
        namespaces: isClusterwide ? maybe(selectorOf(texts.labelKey)) : fc.constant(undefined),
        rules: few(ruleOf(texts, isClusterwide), 0, 4),
        leavesOpen: fc.uniqueArray(fc.constantFrom<PolicyType>('Ingress', 'Egress')),
        localDns: fc.boolean(),
      })
      .filter(({ rules, leavesOpen }) =>
        rules.every(({ does, type }) => does !== 'deny-all' || !leavesOpen.includes(type)),
      ),
  );
}

/** The manifest that the constructs write for it. */
export function composed(drawn: DrawnPolicy): Record<string, unknown> {
  const { isClusterwide, pods, namespaces, rules, leavesOpen, localDns } = drawn;
  const shop = chart({ namespace: 'shop' });
  const profile: AksClusterProfile = { engine: 'byo-cilium', localDns };
  const props = { podSelector: pods, leavesOpen, profile, rules: rules.map(built) };
  if (isClusterwide) {
    new CiliumClusterwideNetworkPolicy(shop, 'p', { ...props, ...(namespaces && { namespaces }) });
  } else {
    new CiliumNetworkPolicy(shop, 'p', props);
  }
  return Testing.synth(shop)[0];
}

/** A rule as a construct. */
export function built({ type, does, peers, ports, http }: DrawnRule): IngressRule | EgressRule {
  const Rule = type === 'Ingress' ? IngressRule : EgressRule;
  if (does === 'allow-all' || does === 'deny-all') {
    return does === 'allow-all' ? Rule.allowAll() : Rule.denyAll();
  }
  const traffic = {
    [type === 'Ingress' ? 'from' : 'to']: peers.map(builtPeer),
    ...(ports && { ports: ports.map(builtPort) }),
    ...(http && { http }),
  };
  return does === 'allow' ? Rule.allow(traffic as never) : Rule.deny(traffic as never);
}

function builtPeer(peer: DrawnPeer): Peer {
  switch (peer.as) {
    case 'anywhere':
      return Peer.anywhere();
    case 'own':
      return Peer.sameNamespace(peer.pods);
    case 'other':
      return Peer.otherNamespaces({
        ...(peer.namespaces && { namespaces: peer.namespaces }),
        ...(peer.pods && { pods: peer.pods }),
      });
    case 'block':
      return Peer.ipBlock(peer.cidr, { except: peer.except });
    case 'entity':
      return Peer.entity(peer.entity);
    case 'name':
      return Peer.hostName(peer.name);
    case 'service':
      return Peer.service(peer.name);
  }
}

const FACTORIES = {
  TCP: { one: Port.tcp, range: Port.tcpRange, all: Port.allTcp },
  UDP: { one: Port.udp, range: Port.udpRange, all: Port.allUdp },
  SCTP: { one: Port.sctp, range: Port.sctpRange, all: Port.allSctp },
};

function builtPort(port: DrawnPort): Port {
  switch (port.as) {
    case 'one':
      return FACTORIES[port.protocol].one(port.port);
    case 'range':
      return FACTORIES[port.protocol].range(port.first, port.last);
    case 'all':
      return FACTORIES[port.protocol].all();
    case 'named':
      return Port.named(port.name, port.protocol);
    case 'icmp':
      return Port.icmp(port.type, { family: port.family });
  }
}
