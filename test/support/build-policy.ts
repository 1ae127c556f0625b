import type { Chart } from 'cdk8s';
import {
  AksNetworkPolicy,
  EgressRule,
  IngressRule,
  type NetworkPolicy,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  Peer,
  Port,
  type Protocol,
} from 'cdk8s-aks-network-policy';

type Entry = { readonly ports?: readonly NetworkPolicyPort[] | undefined };

/** Whether the constructs have a way to say what a policy says: some pieces are only legal in a manifest. */
export function isExpressible({ metadata, spec = {} }: NetworkPolicy): boolean {
  const entries = [...(spec.ingress ?? []), ...(spec.egress ?? [])];
  const peers = [
    ...(spec.ingress ?? []).flatMap(({ from = [] }) => from),
    ...(spec.egress ?? []).flatMap(({ to = [] }) => to),
  ];
  const ports = entries.flatMap(({ ports = [] }) => ports);
  return (
    metadata.name !== undefined &&
    metadata.namespace !== '' &&
    peers.every(isOnePeer) &&
    ports.every(isOnePort)
  );
}

const isOnePeer = ({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer) =>
  (ipBlock === undefined) !== (podSelector === undefined && namespaceSelector === undefined);

/** A range has a number at its start, and a protocol by itself is one of the three. */
const isOnePort = ({ protocol = 'TCP', port, endPort }: NetworkPolicyPort) =>
  typeof port === 'string'
    ? endPort === undefined
    : ['TCP', 'UDP', 'SCTP'].includes(protocol) && (port !== undefined || endPort === undefined);

/** Says with constructs what an expressible policy says, but for its policy types, which follow the rules. */
export function buildPolicy(scope: Chart, { metadata, spec = {} }: NetworkPolicy): AksNetworkPolicy {
  const { name, namespace, labels, annotations } = metadata;
  return new AksNetworkPolicy(scope, 'policy', {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    ...(spec.podSelector && { podSelector: spec.podSelector }),
    rules: [
      ...(spec.ingress ?? []).map((rule) =>
        IngressRule.allow({ from: peersOf(rule.from), ...portsOf(rule) }),
      ),
      ...(spec.egress ?? []).map((rule) => EgressRule.allow({ to: peersOf(rule.to), ...portsOf(rule) })),
    ],
  });
}

function peersOf(peers: readonly NetworkPolicyPeer[] = []): Peer[] {
  return peers.length === 0 ? [Peer.anywhere()] : peers.map(peerOf);
}

function peerOf({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): Peer {
  if (ipBlock !== undefined) {
    return Peer.ipBlock(ipBlock.cidr, ipBlock.except && { except: ipBlock.except });
  }
  return namespaceSelector === undefined
    ? Peer.sameNamespace(podSelector)
    : Peer.otherNamespaces({ namespaces: namespaceSelector, ...(podSelector && { pods: podSelector }) });
}

function portsOf({ ports = [] }: Entry): { ports?: Port[] } {
  return ports.length === 0 ? {} : { ports: ports.map(portOf) };
}

const FACTORIES: Record<
  Protocol,
  { all(): Port; one(port: number): Port; range(first: number, last: number): Port }
> = {
  TCP: { all: Port.allTcp, one: Port.tcp, range: Port.tcpRange },
  UDP: { all: Port.allUdp, one: Port.udp, range: Port.udpRange },
  SCTP: { all: Port.allSctp, one: Port.sctp, range: Port.sctpRange },
};

function portOf({ protocol = 'TCP', port, endPort }: NetworkPolicyPort): Port {
  if (typeof port === 'string') {
    return Port.named(port, protocol);
  }
  const { all, one, range } = FACTORIES[protocol];
  return port === undefined ? all() : endPort === undefined ? one(port) : range(port, endPort);
}
