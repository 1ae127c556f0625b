import type {
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  PolicyType,
} from '../model/network-policy';
import { inside, placeOf, type Spot } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import { isKind, mark } from './kind';
import { checkList, checkOptions } from './options';
import type { Peer } from './peer';
import type { Port } from './port';

/** "Rule preset" of the portal: allow all traffic, deny all traffic, allow custom traffic. */
export type RulePreset = 'allow-all' | 'deny-all' | 'custom';

/** A rule of a policy; immutable. Rules only add up: none overrides another. */
export abstract class Rule {
  static {
    mark(Rule.prototype, 'rule');
  }

  /** The field of its peers in a manifest. */
  protected abstract readonly side: 'from' | 'to';
  /** Its policy type; a policy with this rule has the type, too. */
  public abstract readonly type: PolicyType;

  /** The peers of a custom rule; undefined for the two other presets. */
  public readonly peers: readonly Peer[] | undefined;
  /** The ports of a custom rule; undefined: every port of every protocol. */
  public readonly ports: readonly Port[] | undefined;

  protected constructor(
    /** The rule preset, as in the portal. */
    public readonly preset: RulePreset,
    peers?: readonly Peer[],
    ports?: readonly Port[],
  ) {
    this.peers = peers && Object.freeze([...peers]);
    this.ports = ports && Object.freeze([...ports]);
  }

  /**
   * Its entry in `ingress` or `egress`. There is none for deny-all and for a custom rule without peers, because an entry
   * without peers would allow everybody.
   *
   * @param namespace the policy's own
   * @param at the place of the rule, for errors
   * @throws NetworkPolicyError `selector-in-other-namespace`
   */
  public toSpec(
    namespace: string,
    at: Spot = 'the rule',
  ): NetworkPolicyIngressRule | NetworkPolicyEgressRule | undefined {
    const { preset, peers, ports } = this;
    if (peers === undefined || peers.length === 0) {
      return preset === 'allow-all' ? {} : undefined;
    }
    const entry: {
      ports?: readonly NetworkPolicyPort[];
      from?: NetworkPolicyPeer[];
      to?: NetworkPolicyPeer[];
    } = {};
    if (ports !== undefined) {
      entry.ports = ports.map((port) => port.toSpec());
    }
    const side = inside(at, this.side);
    const entries = peers.flatMap((peer, i) => peer.toSpec(namespace, inside(side, i)));
    if (!peers.some((peer) => peer.toParts().kind === 'anywhere')) {
      entry[this.side] = entries;
    }
    return entry;
  }
}

/**
 * Refuses the peers and ports of a custom rule for what a list can leave open.
 *
 * @throws NetworkPolicyError `peers-missing`, `peer-unreadable`, `ports-empty`, `type-mismatch`, `field-unknown`
 */
export function checkTraffic(
  traffic: { readonly from?: unknown; readonly to?: unknown; readonly ports?: unknown },
  side: 'from' | 'to',
  at: string,
): void {
  checkOptions(traffic, [side, 'ports'], at);
  checkPeers(traffic[side], at, side);
  if (traffic.ports !== undefined) {
    checkPorts(traffic.ports, `${at} ports`);
  }
}

function checkPeers(peers: unknown, at: string, side: 'from' | 'to'): void {
  if (!Array.isArray(peers)) {
    throw new NetworkPolicyError({
      code: 'peers-missing',
      at,
      got: `${side}: ${show(peers)}`,
      problem: 'a custom rule needs a list of peers',
      fix: isKind(peers, 'peer')
        ? `put it in brackets: ${side}: [...]`
        : `write ${side}: [...]; an empty list allows nobody, Peer.anywhere() in it everybody`,
    });
  }
  for (const [i, peer] of peers.entries()) {
    if (!isKind(peer, 'peer')) {
      throw new NetworkPolicyError({
        code: 'peer-unreadable',
        at: placeOf(`${at} ${side}`, i),
        got: show(peer),
        problem: 'is not a peer',
        fix: 'make one: Peer.of(workload), Peer.sameNamespace(pods), Peer.otherNamespaces({ ... }), Peer.ipBlock(cidr)',
      });
    }
  }
}

/** @throws NetworkPolicyError `ports-empty`, `type-mismatch` */
export function checkPorts(ports: unknown, at: string): void {
  checkList(ports, at);
  for (const [i, port] of (ports as readonly unknown[]).entries()) {
    if (!isKind(port, 'port')) {
      throw new NetworkPolicyError({
        code: 'type-mismatch',
        at: placeOf(at, i),
        got: show(port),
        problem: 'is not a port',
        fix: 'make one: Port.tcp(8080), Port.named("http")',
      });
    }
  }
  if ((ports as readonly unknown[]).length === 0) {
    throw new NetworkPolicyError({
      code: 'ports-empty',
      at,
      got: '[]',
      problem: 'an empty list could mean every port or none',
      fix: 'leave ports out to allow every port, or write denyAll() to allow none',
    });
  }
}
