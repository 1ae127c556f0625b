import { LOCAL_DNS } from '../aks/fixed-addresses';
import { CORE_DNS } from '../aks/system-pods';
import { NO_PARTS } from '../cilium-kinds/cilium-parts';
import { nameIn, readPeers } from '../cilium-kinds/cilium-peers';
import { readPorts } from '../cilium-kinds/cilium-ports';
import { readFields, readList, Unread } from '../cilium-kinds/unread';
import { type FieldPath, fieldIn } from '../model/field-path';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { TrafficPeer } from '../model/policy-rules';
import { isPlainObject } from '../model/problem';
import { Unsaid } from './cilium-unsaid';

const EGRESS: FieldPath = ['spec', 'egress'];

/** The name servers that a construct lets pods ask for the host names of its rules. */
type NameServer = 'CoreDNS' | 'the node' | 'LocalDNS';

/** What a construct writes by itself for the host names of its rules. */
export interface DnsEntries {
  /** The entries of `egress` that it writes. */
  readonly entries: ReadonlySet<unknown>;
  /** Whether the profile has to say that pods ask LocalDNS. */
  readonly asksLocalDns: boolean;
}

/**
 * The entries of `egress` with which pods may ask for exactly the host names that other entries allow.
 *
 * @throws Unsaid if there are host names and a construct would write other entries for them
 */
export function dnsEntriesOf(egress: unknown, namespace: string | undefined): DnsEntries {
  const all: readonly unknown[] = Array.isArray(egress) ? egress : [];
  const names = new Set(all.flatMap(namesIn));
  if (names.size === 0) {
    return { entries: new Set(), asksLocalDns: false };
  }
  const found = new Map<NameServer, unknown>();
  for (const [i, entry] of all.entries()) {
    const server = serverAskedIn(entry, fieldIn(EGRESS, i), names, namespace);
    if (server !== undefined && !found.has(server)) {
      found.set(server, entry);
    }
  }
  const coreDns = found.get('CoreDNS');
  if (coreDns === undefined) {
    throw new Unsaid(
      EGRESS,
      `a construct lets pods ask CoreDNS for exactly the host names that it allows, on 53/UDP and 53/TCP, and here they may ask otherwise`,
    );
  }
  const asksLocalDns = found.size === 3;
  return { entries: new Set(asksLocalDns ? found.values() : [coreDns]), asksLocalDns };
}

function namesIn(entry: unknown): string[] {
  const { toFQDNs = [] } = isPlainObject(entry) ? entry : {};
  return readList(toFQDNs, EGRESS, nameIn).map(({ name }) => name);
}

/** The name server that an entry lets pods ask for these names and nothing else. */
function serverAskedIn(
  entry: unknown,
  at: FieldPath,
  names: ReadonlySet<string>,
  namespace: string | undefined,
): NameServer | undefined {
  const place = { direction: 'Egress', action: 'allow', namespace, parts: NO_PARTS } as const;
  try {
    const rule = readFields(entry, at, ['toEndpoints', 'toEntities', 'toCIDR', 'toPorts']);
    const { ports = [] } = readPorts(rule, at, place) ?? {};
    const isForNames = ports.every(
      ({ filter }) =>
        filter?.kind === 'dns' &&
        new Set(filter.names).size === names.size &&
        filter.names.every((name) => names.has(name)),
    );
    const asked = ports.map(({ protocol, port, endPort }) => `${port}/${protocol}/${endPort}`).sort();
    const isOnPort =
      asked.join() === ['TCP', 'UDP'].map((each) => `${CORE_DNS.port}/${each}/undefined`).join();
    return isForNames && isOnPort ? serverOf(readPeers(rule, at, place) ?? []) : undefined;
  } catch (error) {
    if (error instanceof Unread) {
      return undefined;
    }
    throw error;
  }
}

function serverOf(peers: readonly TrafficPeer[]): NameServer | undefined {
  const texts = peers.map((peer) => {
    switch (peer.kind) {
      case 'pods':
        return JSON.stringify([peer.namespaces, peer.pods]);
      case 'addresses':
        return peer.except.length === 0 ? peer.cidr : 'another';
      case 'entity':
        return peer.entity;
      default:
        return 'another';
    }
  });
  const coreDns = [
    { matchLabels: { [NAMESPACE_NAME_LABEL]: CORE_DNS.namespace } },
    { matchLabels: CORE_DNS.labels },
  ];
  const servers: readonly (readonly [NameServer, readonly string[]])[] = [
    ['CoreDNS', [JSON.stringify(coreDns)]],
    ['the node', ['host']],
    ['LocalDNS', LOCAL_DNS.cidrs],
  ];
  return servers.find(([, own]) => own.join() === texts.join())?.[0];
}
