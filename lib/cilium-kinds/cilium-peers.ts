import { type FieldPath, fieldIn } from '../model/field-path';
import type { PolicyType } from '../model/network-policy';
import type { EntityPeer, NamePeer, TrafficPeer } from '../model/policy-rules';
import { readBlock, readBlocks } from './cilium-blocks';
import { ENTITIES } from './cilium-entities';
import type { CiliumParts } from './cilium-parts';
import { readEndpoints } from './cilium-selectors';
import { readServices } from './cilium-services';
import { readFields, readList, readText, Unread } from './unread';

/** Where a rule stands and what it is about. */
export interface CiliumRulePlace {
  readonly direction: PolicyType;
  readonly action: 'allow' | 'deny';
  /** The policy's own; left out for a clusterwide one. */
  readonly namespace?: string | undefined;
  readonly parts: CiliumParts;
}

/** One way in which a rule can name the other end. */
type PeerReader = (value: unknown, at: FieldPath, place: CiliumRulePlace) => TrafficPeer[];

const READERS: Readonly<Record<string, PeerReader>> = {
  Endpoints: (value, at, { namespace }) =>
    readList(value, at, (each, there) => readEndpoints(each, there, namespace)),
  Entities: (value, at) => entitiesIn(value, at),
  CIDR: (value, at) => readList(value, at, readBlock),
  CIDRSet: (value, at, { parts }) =>
    readList(value, at, (each, there) => readBlocks(each, there, parts)).flat(),
  FQDNs: (value, at, { direction, action }) => {
    if (direction === 'Ingress' || action === 'deny') {
      throw new Unread(at);
    }
    return readList(value, at, nameIn);
  },
  Services: (value, at, { direction, action, parts }) => {
    // Cilium does not look for the services of a denial.
    if (direction === 'Ingress' || action === 'deny') {
      throw new Unread(at);
    }
    return readList(value, at, (each, there) => readServices(each, there, parts)).flat();
  },
};

/** An empty list is as if there was none: everybody where the rule has ports. Any other empty list is nobody. */
const NONE_IF_EMPTY: readonly string[] = ['FQDNs', 'Services'];

/** The fields of rules that name the other end in a way that is understood. */
export function peerFields(direction: PolicyType): readonly string[] {
  return Object.keys(READERS).map((way) => fieldOf(direction, way));
}

/**
 * Whom a rule means; undefined where it names nobody, which is everybody or nobody, whatever its ports say.
 *
 * @param rule its fields
 */
export function readPeers(
  rule: Readonly<Record<string, unknown>>,
  at: FieldPath,
  place: CiliumRulePlace,
): readonly TrafficPeer[] | undefined {
  const ways = Object.entries(READERS).filter(([way]) => rule[fieldOf(place.direction, way)] !== undefined);
  const [first, ...more] = ways;
  if (first === undefined) {
    return undefined;
  }
  // Cilium refuses two that say something.
  if (more.length > 0) {
    throw new Unread(at);
  }
  const [way, read] = first;
  const field = fieldOf(place.direction, way);
  const peers = read(rule[field], fieldIn(at, field), place);
  return peers.length === 0 && NONE_IF_EMPTY.includes(way) ? undefined : peers;
}

function fieldOf(direction: PolicyType, way: string): string {
  return `${direction === 'Ingress' ? 'from' : 'to'}${way}`;
}

function entitiesIn(value: unknown, at: FieldPath): EntityPeer[] {
  const peers = readList(value, at, (each, there) => {
    const { means = [] } = (typeof each === 'string' ? ENTITIES.get(each) : undefined) ?? {};
    if (means.length === 0) {
      throw new Unread(there);
    }
    return means.map((entity): EntityPeer => ({ kind: 'entity', entity, at: there }));
  }).flat();
  const names = new Set(peers.map(({ entity }) => entity));
  // Together they are every node, and it does not matter which is a pod's own.
  return names.has('host') && names.has('remote-node')
    ? peers.map((each) =>
        each.entity === 'host' || each.entity === 'remote-node' ? { ...each, entity: 'nodes' } : each,
      )
    : peers;
}

const MATCH_NAME = /^[-a-zA-Z0-9_.]{1,255}$/;
const MATCH_PATTERN = /^[-a-zA-Z0-9_.*]{1,255}$/;

/** An entry of `toFQDNs` or of `rules.dns`. */
export function nameIn(value: unknown, at: FieldPath): NamePeer {
  const { matchName, matchPattern } = readFields(value, at, ['matchName', 'matchPattern']);
  if ((matchName === undefined) === (matchPattern === undefined)) {
    throw new Unread(at);
  }
  const name =
    matchName === undefined ? readText(matchPattern, at, MATCH_PATTERN) : readText(matchName, at, MATCH_NAME);
  return { kind: 'name', name, at };
}
