import { readBlock, readBlocks } from '../cilium-kinds/cilium-blocks';
import { NO_PARTS } from '../cilium-kinds/cilium-parts';
import { nameIn } from '../cilium-kinds/cilium-peers';
import { readEndpoints, splitSelector } from '../cilium-kinds/cilium-selectors';
import { readFields, readList } from '../cilium-kinds/unread';
import { ENTITY_NAMES } from '../model/cilium-entity';
import { withoutNeedlessName } from '../model/every-namespace';
import { type FieldPath, fieldIn } from '../model/field-path';
import { checkHostName } from '../model/host-name';
import { checkIpBlock } from '../model/ip-block';
import type { LabelSelector } from '../model/label-selector';
import { isDnsLabel } from '../model/names';
import type { IpBlock, NetworkPolicyPeer } from '../model/network-policy';
import { checkKeys, sayIf, Unsaid } from './cilium-unsaid';
import { type Code, type CodePart, call, object } from './code';
import { quoted } from './literals';
import { peersCode } from './peer-code';
import type { PlacedComments } from './placed-comments';

/** The ways in which an entry names the other end that constructs have: `fromEndpoints`, `toFQDNs`. */
export const PEER_FIELDS = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet', 'FQDNs', 'Services'] as const;

type PeerField = (typeof PEER_FIELDS)[number];

interface PeerPlace {
  readonly side: 'from' | 'to';
  /** The policy's own; undefined for one of the whole cluster. */
  readonly namespace: string | undefined;
  readonly comments: PlacedComments;
}

/** Without these, or with an empty list, an entry does not say whom it means. */
const NONE_IF_EMPTY: readonly PeerField[] = ['FQDNs', 'Services'];

export const EVERYBODY = call('Peer.anywhere');

/**
 * The peers of an entry.
 *
 * @param fields of the entry
 * @returns undefined if it names none; an empty list if it names nobody
 * @throws Unsaid, Unread for peers that constructs cannot name
 */
export function ciliumPeersCode(
  fields: Readonly<Record<string, unknown>>,
  at: FieldPath,
  place: PeerPlace,
): readonly CodePart[] | undefined {
  const [way, ...more] = PEER_FIELDS.filter((each) => fields[`${place.side}${each}`] !== undefined);
  if (way === undefined) {
    return undefined;
  }
  if (more.length > 0) {
    throw new Unsaid(at, 'it names peers in two ways');
  }
  const field = fieldIn(at, `${place.side}${way}`);
  const peers = CODE[way](fields[`${place.side}${way}`], field, place);
  return peers.length === 0 && NONE_IF_EMPTY.includes(way) ? undefined : peers;
}

export function isEverybody(peers: readonly CodePart[]): boolean {
  return peers.some(({ code }) => code === EVERYBODY);
}

const CODE: Readonly<Record<PeerField, (value: unknown, at: FieldPath, place: PeerPlace) => CodePart[]>> = {
  Endpoints: (value, at, place) => each(value, at, place, endpointsCode),
  Entities: (value, at, place) => {
    const entities = each(value, at, place, entityCode);
    const isAll = Array.isArray(value) && value.length === 1 && value[0] === 'all';
    return isAll ? entities.map((part) => ({ ...part, code: EVERYBODY })) : entities;
  },
  CIDR: (value, at, { comments }) => blocksCode(readList(value, at, readBlock), at, comments),
  CIDRSet: (value, at, { comments }) =>
    blocksCode(
      readList(value, at, (entry, there) => readBlocks(entry, there, NO_PARTS)).flat(),
      at,
      comments,
    ),
  FQDNs: (value, at, place) => each(value, at, place, nameCode),
  Services: (value, at, place) => each(value, at, place, serviceCode),
};

function each(
  value: unknown,
  at: FieldPath,
  place: PeerPlace,
  codeOf: (entry: unknown, at: FieldPath, namespace: string | undefined) => Code,
): CodePart[] {
  return readList(value, at, (entry, there) => ({
    code: codeOf(entry, there, place.namespace),
    comments: place.comments.take(...there),
  }));
}

function endpointsCode(value: unknown, at: FieldPath, namespace: string | undefined): Code {
  const read = readEndpoints(value, at, namespace);
  if (read.kind === 'entity') {
    return entityCode(read.entity, at);
  }
  const { pods, namespaces } = splitSelector(value as LabelSelector, at);
  checkKeys(pods, namespaces, at);
  const others = withoutNeedlessName(namespaces) as LabelSelector;
  return podsCode(
    typeof read.namespaces === 'string'
      ? { podSelector: pods }
      : { namespaceSelector: others, podSelector: pods },
  );
}

function podsCode(peer: NetworkPolicyPeer): Code {
  return (peersCode([peer])[0] as CodePart).code;
}

function entityCode(name: unknown, at: FieldPath): Code {
  if (!ENTITY_NAMES.some((known) => known === name)) {
    throw new Unsaid(at, 'constructs have no such entity');
  }
  return call('Peer.entity', quoted(name as string));
}

function blocksCode(
  blocks: readonly Required<IpBlock>[],
  at: FieldPath,
  comments: PlacedComments,
): CodePart[] {
  const peers = blocks.map(({ cidr, except }, i) => {
    const ipBlock = { cidr, ...(except.length === 0 ? {} : { except }) };
    sayIf(fieldIn(at, i), (problems) => checkIpBlock(ipBlock, fieldIn(at, i), problems));
    return { ipBlock };
  });
  return peersCode(peers, comments, at);
}

function nameCode(value: unknown, at: FieldPath): Code {
  const { name } = nameIn(value, at);
  sayIf(at, (problems) => checkHostName(name, at, problems));
  return call('Peer.hostName', quoted(name));
}

function serviceCode(value: unknown, at: FieldPath, own: string | undefined): Code {
  const { k8sService } = readFields(value, at, ['k8sService']);
  const there = fieldIn(at, 'k8sService');
  const { serviceName, namespace } = readFields(k8sService, there, ['serviceName', 'namespace']);
  for (const text of [serviceName, namespace]) {
    if (typeof text !== 'string' || !isDnsLabel(text)) {
      throw new Unsaid(there, 'constructs name a service and its namespace');
    }
  }
  return call(
    'Peer.service',
    quoted(serviceName as string),
    ...(namespace === own ? [] : [object([{ name: 'namespace', code: quoted(namespace as string) }])]),
  );
}
