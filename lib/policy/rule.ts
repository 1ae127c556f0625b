import type { NetworkPolicyEgressRule, NetworkPolicyIngressRule, PolicyType } from '../model/network-policy';
import { NetworkPolicyError, type Problem, show } from '../model/problem';
import type { Peer } from './peer';
import type { Port } from './port';

/** "Rule preset" of the portal: allow all traffic, deny all traffic, allow custom traffic. */
export type RulePreset = 'allow-all' | 'deny-all' | 'custom';

/** What a custom rule says. */
export interface CustomTraffic {
  readonly peers: readonly Peer[];
  /** Undefined: every port of every protocol. */
  readonly ports: readonly Port[] | undefined;
}

/**
 * One rule of a policy, as a value. Rules only add up: what one rule allows no other takes away.
 */
export abstract class Rule {
  /** The list of a manifest's rule that holds its peers. */
  protected abstract readonly side: 'from' | 'to';
  /** The policy type that the rule belongs to, and that a policy with it has. */
  public abstract readonly type: PolicyType;

  protected constructor(
    /** Which of the portal's presets the rule is. */
    public readonly preset: RulePreset,
    /** Its peers and ports; none for the two other presets. */
    public readonly traffic: CustomTraffic | undefined,
  ) {}

  /**
   * The entry of `ingress` or `egress` that a manifest has for it: none for deny-all and for a custom rule
   * without peers, because an entry without peers would allow everybody.
   *
   * @param namespace the policy's own
   * @throws NetworkPolicyError `selector-in-other-namespace`
   */
  public toSpec(namespace: string): NetworkPolicyIngressRule | NetworkPolicyEgressRule | undefined {
    if (this.traffic === undefined) {
      return this.preset === 'allow-all' ? {} : undefined;
    }
    const { peers, ports } = this.traffic;
    if (peers.length === 0) {
      return undefined;
    }
    const anywhere = peers.some((peer) => peer.toParts().kind === 'anywhere');
    return {
      ...(ports && { ports: ports.map((port) => port.toSpec()) }),
      ...(!anywhere && { [this.side]: peers.flatMap((peer) => peer.toSpec(namespace)) }),
    };
  }
}

/**
 * Peers and ports of a custom rule, checked for what a list can leave open.
 *
 * @throws NetworkPolicyError `peers-missing`, `peer-unreadable`, `ports-empty`, `type-mismatch`
 */
export function customTraffic(
  at: string,
  side: 'from' | 'to',
  peers: readonly Peer[],
  ports: readonly Port[] | undefined,
): CustomTraffic {
  const refuse = (problem: Omit<Problem, 'at'>) => {
    throw new NetworkPolicyError({ at, ...problem });
  };
  if (!Array.isArray(peers)) {
    refuse({
      code: 'peers-missing',
      got: `${side}: ${show(peers)}`,
      problem: 'a custom rule lists its peers',
      fix: `write ${side}: [Peer.anywhere()] for everybody, or ${side}: [] to deny`,
    });
  }
  for (const peer of peers as readonly unknown[]) {
    if (typeof (peer as Peer | null)?.toParts !== 'function') {
      refuse({
        code: 'peer-unreadable',
        got: show(peer),
        problem: `an entry of ${side} is not a peer`,
        fix: 'make one: Peer.of(workload), Peer.sameNamespace(pods), Peer.otherNamespaces({ … }), Peer.ipBlock(cidr)',
      });
    }
  }
  for (const port of (ports ?? []) as readonly unknown[]) {
    if (typeof (port as Port | null)?.toSpec !== 'function') {
      refuse({
        code: 'type-mismatch',
        got: show(port),
        problem: 'an entry of ports is not a port',
        fix: 'make one: Port.tcp(8080), Port.named("http")',
      });
    }
  }
  if (ports?.length === 0) {
    refuse({
      code: 'ports-empty',
      got: 'ports: []',
      problem: 'no port could mean every port or none',
      fix: 'leave ports out to allow every port, or write denyAll() to allow none',
    });
  }
  return { peers: [...peers], ports: ports && [...ports] };
}
