import { formatCidr, isStrictSubset, readCidr } from '../model/cidr';
import { type FieldPath, fieldIn } from '../model/field-path';
import type { PolicyType } from '../model/network-policy';
import type { AddressPeer, EntityPeer, NamePeer, TrafficPeer } from '../model/policy-rules';
import { ENTITIES } from './cilium-entities';
import { readEndpoints } from './cilium-selectors';
import { readFields, readList, readText, Unread } from './unread';

/** Where a rule stands and what it is about. */
export interface CiliumRulePlace {
  readonly direction: PolicyType;
  readonly action: 'allow' | 'deny';
  /** The policy's own; left out for a clusterwide one. */
  readonly namespace?: string | undefined;
}

/** One way in which a rule can name the other end. */
type PeerReader = (value: unknown, at: FieldPath, place: CiliumRulePlace) => TrafficPeer[];

const READERS: Readonly<Record<string, PeerReader>> = {
  Endpoints: (value, at, { namespace }) =>
    readList(value, at, (each, there) => readEndpoints(each, there, namespace)),
  Entities: (value, at) => entitiesIn(value, at),
  CIDR: (value, at) => readList(value, at, (each, there) => block(each, [], there)),
  CIDRSet: (value, at) =>
    readList(value, at, (each, there) => {
      const { cidr, except = [] } = readFields(each, there, ['cidr', 'except']);
      return block(cidr, readList(except, fieldIn(there, 'except'), blockText), there);
    }),
  FQDNs: (value, at, { direction, action }) => {
    const names = readList(value, at, nameIn);
    // Without an entry it stands for everybody where there are ports, and for nobody where there are none.
    if (direction === 'Ingress' || action === 'deny' || names.length === 0) {
      throw new Unread(at);
    }
    return names;
  },
};

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
  return read(rule[field], fieldIn(at, field), place);
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

function block(value: unknown, except: readonly string[], at: FieldPath): AddressPeer {
  const cidr = blockText(value, at);
  const outer = readCidr(cidr);
  for (const text of except) {
    const inner = readCidr(text);
    const isInside =
      outer !== undefined &&
      inner !== undefined &&
      (isStrictSubset(inner, outer) || formatCidr(inner) === formatCidr(outer));
    if (!isInside) {
      throw new Unread(fieldIn(at, 'except'));
    }
  }
  return { kind: 'addresses', cidr, except, at, blockAt: at };
}

function blockText(value: unknown, at: FieldPath): string {
  const text = readText(value, at, /^[0-9A-Fa-f.:]+\/[0-9]+$/);
  const cidr = readCidr(text);
  if (cidr === undefined || cidr.flaw !== undefined) {
    throw new Unread(at);
  }
  return text;
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
