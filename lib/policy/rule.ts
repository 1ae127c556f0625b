import type { HttpRequest } from '../model/http-request';
import type {
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  PolicyType,
} from '../model/network-policy';
import { inside, placeOf, type Spot } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import { checkHttp } from './check-http';
import { needsCilium } from './cilium-needed';
import { frozen } from './frozen';
import { isKind, mark } from './kind';
import { checkList, checkOptions } from './options';
import type { Peer } from './peer';
import type { Port } from './port';

/** "Rule preset" of the portal: allow all traffic, deny all traffic, allow custom traffic. */
export type RulePreset = 'allow-all' | 'deny-all' | 'custom';

/** What a rule does with traffic that fits it. */
export type RuleAction = 'allow' | 'deny';

/** A rule of a policy; immutable. Rules that allow only add up: none overrides another. A rule that denies overrides them all. */
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
  /** The requests of HTTP that a custom rule allows; undefined: it does not look at requests. */
  public readonly http: readonly HttpRequest[] | undefined;

  protected constructor(
    /** The rule preset, as in the portal. */
    public readonly preset: RulePreset,
    { peers, ports, http }: CustomTraffic = {},
    /** `deny` for a rule that overrides all that allow. */
    public readonly action: RuleAction = 'allow',
  ) {
    this.peers = peers && Object.freeze([...peers]);
    this.ports = ports && Object.freeze([...ports]);
    this.http = http && frozen(structuredClone([...http]));
  }

  /**
   * Its entry in `ingress` or `egress` of a NetworkPolicy. There is none for deny-all and for a custom rule
   * without peers, because an entry without peers would allow everybody.
   *
   * @param namespace the policy's own
   * @param at the place of the rule, for errors
   * @throws NetworkPolicyError `selector-in-other-namespace`; `cilium-policy-needed` for what a NetworkPolicy cannot say
   */
  public toSpec(
    namespace: string,
    at: Spot = 'the rule',
  ): NetworkPolicyIngressRule | NetworkPolicyEgressRule | undefined {
    const { preset, peers, ports, http, action } = this;
    if (action === 'deny') {
      throw needsCilium('what is denied', at, `${this.type}Rule.deny`);
    }
    if (http !== undefined) {
      throw needsCilium('requests of HTTP', inside(at, 'http'), show(http));
    }
    if (peers === undefined || peers.length === 0) {
      return preset === 'allow-all' ? {} : undefined;
    }
    const entry: {
      ports?: readonly NetworkPolicyPort[];
      from?: NetworkPolicyPeer[];
      to?: NetworkPolicyPeer[];
    } = {};
    if (ports !== undefined) {
      entry.ports = ports.map((port, i) => port.toSpec(inside(inside(at, 'ports'), i)));
    }
    const side = inside(at, this.side);
    const entries = peers.flatMap((peer, i) => peer.toSpec(namespace, inside(side, i)));
    if (!peers.some((peer) => peer.toParts().kind === 'anywhere')) {
      entry[this.side] = entries;
    }
    return entry;
  }
}

/** What a custom rule is made of. */
interface CustomTraffic {
  readonly peers?: readonly Peer[];
  readonly ports?: readonly Port[] | undefined;
  readonly http?: readonly HttpRequest[] | undefined;
}

/**
 * Refuses a custom rule for what its lists can leave open, and for peers that such a rule cannot have.
 *
 * @throws NetworkPolicyError `peers-missing`, `peer-unreadable`, `peer-not-in-rule`, `service-with-ports`, `ports-empty`,
 *   `type-mismatch`, `field-unknown`; for rules that allow, the codes of `checkHttp`
 */
export function checkTraffic(
  traffic: {
    readonly from?: unknown;
    readonly to?: unknown;
    readonly ports?: unknown;
    readonly http?: unknown;
  },
  side: 'from' | 'to',
  action: RuleAction,
  at: string,
): void {
  checkOptions(traffic, [side, 'ports', ...(action === 'allow' ? ['http'] : [])], at);
  checkPeers(traffic[side], at, side);
  if (traffic.ports !== undefined) {
    checkPorts(traffic.ports, `${at} ports`);
  }
  checkPlaces(traffic[side] as readonly Peer[], side, action, traffic.ports !== undefined, at);
  if (traffic.http !== undefined) {
    checkHttp(traffic.http, traffic.ports as readonly Port[] | undefined, at);
  }
}

/** The peers that can only be allowed destinations, and what to write elsewhere. */
const ONLY_ALLOWED_DESTINATIONS = {
  name: {
    what: 'a host name',
    fix: 'name addresses with Peer.ipBlock(cidr), or write Peer.entity("world") for all outside the cluster',
  },
  service: { what: 'a service', fix: 'select its pods, as in Peer.sameNamespace(pods)' },
} as const;

/**
 * Host names and services are allowed destinations.
 *
 * @see cilium v1.19.5, pkg/policy/api/egress.go: what denies has no `toFQDNs`, and what comes in neither that
 *   nor `toServices`; pkg/policy/k8s/service.go: the services of what denies are not looked for
 */
function checkPlaces(
  peers: readonly Peer[],
  side: 'from' | 'to',
  action: RuleAction,
  hasPorts: boolean,
  at: string,
): void {
  for (const [i, peer] of peers.entries()) {
    const parts = peer.toParts();
    if (parts.kind !== 'name' && parts.kind !== 'service') {
      continue;
    }
    if (side === 'from' || action === 'deny') {
      const { what, fix } = ONLY_ALLOWED_DESTINATIONS[parts.kind];
      throw new NetworkPolicyError({
        code: 'peer-not-in-rule',
        at: placeOf(`${at} ${side}`, i),
        got: parts.name,
        problem: `${what} can only be an allowed destination`,
        fix,
      });
    }
    if (parts.kind === 'service' && hasPorts) {
      throw new NetworkPolicyError({
        code: 'service-with-ports',
        at: placeOf(`${at} ${side}`, i),
        got: parts.name,
        problem: 'Cilium takes the ports for those of everybody as long as the service has no pods',
        fix: 'leave ports out, or select the pods of the service, as in Peer.sameNamespace(pods)',
      });
    }
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
