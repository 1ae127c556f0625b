import { MOST_IN_A_LIST } from '../model/cilium-limits';
import { type HttpRequest, httpEntry } from '../model/http-request';
import type { IpBlock } from '../model/network-policy';
import { inside, placeOf, type Spot } from '../model/place';
import { NetworkPolicyError } from '../model/problem';
import { endpointSelector } from './cilium-endpoints';
import type { EgressRule } from './egress-rule';
import type { IngressRule } from './ingress-rule';
import { type Peer, type PeerParts, refuseForeign } from './peer';
import type { ListedEntry } from './policy-construct';
import type { Port } from './port';

/** A name as Cilium writes it, where it is allowed and where pods ask for it. */
export type NameEntry = { readonly matchName: string } | { readonly matchPattern: string };

export function nameEntry(name: string): NameEntry {
  return name.includes('*') ? { matchPattern: name } : { matchName: name };
}

/**
 * The entries of a rule in a policy of Cilium's. Cilium takes peers of one sort in an entry, and ports or messages of ICMP,
 * so there is one for each sort of both.
 *
 * @param namespace the policy's own; undefined for a policy of the whole cluster
 * @throws NetworkPolicyError `ports-too-many`, `no-own-namespace`, `selector-in-other-namespace`, `label-key-reserved`,
 *   `label-key-invalid`
 * @see cilium v1.19.5, pkg/policy/api/rule_validation.go
 */
export function ciliumEntries(
  rule: IngressRule | EgressRule,
  namespace: string | undefined,
  at: Spot,
): readonly ListedEntry[] {
  const { preset, type, action, peers = [], ports, http } = rule;
  const list = `${type === 'Ingress' ? 'ingress' : 'egress'}${action === 'deny' ? 'Deny' : ''}`;
  const side = type === 'Ingress' ? 'from' : 'to';
  if (preset === 'allow-all') {
    return [{ list, entry: { [`${side}Entities`]: ['all'] } }];
  }
  if (peers.length === 0) {
    // An entry that says nothing is for nobody, and isolates; an empty list does nothing at all.
    return [{ list, entry: {} }];
  }
  const layers = portFields(ports, http, at);
  return peerFields(peers, side, namespace, inside(at, side)).flatMap((whom) =>
    layers.map((what) => ({ list, entry: { ...whom, ...what } })),
  );
}

/** The fields of an entry that name the other end, for each sort of peers. */
function peerFields(
  peers: readonly Peer[],
  side: 'from' | 'to',
  namespace: string | undefined,
  at: Spot,
): object[] {
  const parts = peers.map((peer) => peer.toParts());
  if (parts.some(({ kind }) => kind === 'anywhere')) {
    return [{ [`${side}Entities`]: ['all'] }];
  }
  const ipBlocks = of(parts, 'ip-blocks').flatMap((each) => each.ipBlocks);
  const hasExceptions = ipBlocks.some(({ except }) => except !== undefined);
  const fields: Readonly<Record<string, readonly unknown[]>> = {
    Endpoints: parts.flatMap((each, i) =>
      each.kind === 'pods' ? [endpointsOf(each, namespace, inside(at, i))] : [],
    ),
    Entities: of(parts, 'entity').map(({ entity }) => entity),
    [hasExceptions ? 'CIDRSet' : 'CIDR']: ipBlocks.map(({ cidr, except }: IpBlock) =>
      hasExceptions ? { cidr, ...(except && { except }) } : cidr,
    ),
    FQDNs: of(parts, 'name').map(({ name }) => nameEntry(name)),
    Services: parts.flatMap((each, i) =>
      each.kind === 'service'
        ? [
            {
              k8sService: {
                serviceName: each.name,
                namespace: each.namespace ?? home(namespace, inside(at, i)),
              },
            },
          ]
        : [],
    ),
  };
  return Object.entries(fields).flatMap(([sort, entries]) =>
    entries.length === 0 ? [] : [{ [`${side}${sort}`]: entries }],
  );
}

function of<Kind extends PeerParts['kind']>(
  parts: readonly PeerParts[],
  kind: Kind,
): Extract<PeerParts, { kind: Kind }>[] {
  return parts.filter((each): each is Extract<PeerParts, { kind: Kind }> => each.kind === kind);
}

function endpointsOf(
  { pods, namespaces }: Extract<PeerParts, { kind: 'pods' }>,
  namespace: string | undefined,
  at: Spot,
): object {
  const labels = pods?.toLabelSelector() ?? {};
  if (namespaces === undefined) {
    refuseForeign(
      pods,
      home(namespace, at),
      at,
      'write Peer.of(...), which selects a workload in its own namespace',
    );
    return endpointSelector(labels, undefined, at);
  }
  const isOwn =
    namespace !== undefined && pods?.namespaces?.soleName === namespace && namespaces.soleName === namespace;
  return endpointSelector(labels, isOwn ? undefined : namespaces.toLabelSelector(), at);
}

/** @throws NetworkPolicyError `no-own-namespace` */
function home(namespace: string | undefined, at: Spot): string {
  if (namespace === undefined) {
    throw new NetworkPolicyError({
      code: 'no-own-namespace',
      at: placeOf(at),
      got: 'no namespace',
      problem: 'a policy of the whole cluster has no namespace of its own',
      fix: 'name the namespaces: Peer.otherNamespaces({ namespaces, pods }), Peer.of(workload), Peer.service(name, { namespace })',
    });
  }
  return namespace;
}

/** The fields of an entry that name ports, and those that name messages of ICMP. */
function portFields(
  ports: readonly Port[] | undefined,
  http: readonly HttpRequest[] | undefined,
  at: Spot,
): object[] {
  if (ports === undefined) {
    return [{}];
  }
  const parts = ports.map((port) => port.toParts());
  const entries = parts.flatMap((each) => (each.kind === 'port' ? [portEntry(each.entry)] : []));
  const messages = parts.flatMap((each) => (each.kind === 'icmp' ? [each.messages] : []));
  for (const each of [entries, messages]) {
    if (each.length > MOST_IN_A_LIST) {
      throw new NetworkPolicyError({
        code: 'ports-too-many',
        at: placeOf(at, 'ports'),
        got: `${each.length} ports`,
        problem: `Cilium takes at most ${MOST_IN_A_LIST} in one list`,
        fix: 'write several rules, or ranges, as in Port.tcpRange(8000, 8100)',
      });
    }
  }
  const rules = http === undefined ? {} : { rules: { http: http.map(httpEntry) } };
  return [
    ...(entries.length === 0 ? [] : [{ toPorts: [{ ports: entries, ...rules }] }]),
    ...(messages.length === 0 ? [] : [{ icmps: [{ fields: messages }] }]),
  ];
}

/** No number is every port of the protocol, which Cilium writes as 0. */
function portEntry({ protocol, port = 0, endPort }: ReturnType<Port['toSpec']>): object {
  return { port: String(port), ...(endPort !== undefined && { endPort }), protocol };
}
