import { type PolicyEntry, qualifiedName, type UnjudgedPolicy, type Unreadable } from '../../model/cluster';
import { appendAll, compare } from '../../model/collections';
import { defined } from '../../model/defined';
import { POLICY_TYPES, type PolicyType } from '../../model/network-policy';
import {
  type AddressPeer,
  type PodSelection,
  type PolicyRules,
  sectionOf,
  type Tier,
  type TrafficPeer,
  type TrafficRule,
} from '../../model/policy-rules';
import type { SourcePosition } from '../../model/source-position';
import type { Tristate } from '../../model/tristate';
import { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import type { PortBounds } from '../sets/port-bounds';
import type { Engine } from './engine';
import { type Hooks, type Reading, read } from './hooks';
import { hasLeadingZeros, skipsPolicy } from './read-ip-block';
import type { PeerReader, ReadPeer } from './read-peers';
import type { PortMatch, PortReader } from './rule-ports';

/** A rule of a policy with the meaning of its words. */
export interface JudgedRule {
  /** Its place among the rules of its direction. */
  readonly index: number;
  readonly action: TrafficRule['action'];
  /** What it says; left out if that is not known. */
  readonly says?: TrafficRule;
  /** One for each peer; left out for everybody. */
  readonly peers?: readonly ReadPeer[];
  /** One for each entry of `ports`; left out for every port. */
  readonly ports?: readonly Reading<PortMatch>[];
}

/** The order in which policies are asked: by tier, and within a tier by priority. */
export interface Level {
  /** The place of the tier, from 0. */
  readonly tier: number;
  readonly priority: number;
}

const TIERS: readonly (Tier | undefined)[] = ['admin', undefined, 'baseline'];

export function levelOf({ tier, priority = 0 }: Pick<PolicyRules, 'tier' | 'priority'>): Level {
  return { tier: TIERS.indexOf(tier), priority };
}

/** Orders levels: the one that is asked first comes first. */
export function compareLevels(a: Level, b: Level): number {
  return a.tier - b.tier || a.priority - b.priority;
}

/** One direction of a policy, as far as it is enforced. */
export interface JudgedSection {
  readonly isolates: boolean;
  readonly rules: readonly JudgedRule[];
}

/**
 * A policy with the meaning of its words; also one that is not judged, and something unreadable that may be a policy.
 */
export interface JudgedPolicy {
  /** Distinct among the policies of a world and its versions. */
  readonly serial: number;
  /** Empty if it stands in none, or in an unknown one. */
  readonly namespace: string;
  readonly name: string;
  readonly level: Level;
  readonly entry?: PolicyEntry;
  /** Set if the entry is a policy of another kind, and not among the cluster's `policies`. */
  readonly isOfOtherKind?: true;
  readonly unreadable?: Unreadable;
  /** Set for a policy of a kind that is not judged. */
  readonly unjudged?: UnjudgedPolicy;
  readonly source?: SourcePosition;
  /** Whether an IP block of it has IPv6 addresses. */
  readonly namesIpv6: boolean;
  /** The units that it selects. */
  readonly scope: Reading<Bounds<Bits>>;
  /** Whether the engine enforces the policy at all. */
  readonly inForce: Reading<Tristate>;
  readonly sections: Readonly<Record<PolicyType, Reading<JudgedSection>>>;
}

/** Orders policies by namespace and name, so that no answer depends on the order of the input. */
export function comparePolicies(a: JudgedPolicy, b: JudgedPolicy): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name) || a.serial - b.serial;
}

/** Equal for policies of the same kind, namespace and name. */
export function policyIdentityOf(policy: Pick<PolicyEntry, 'kind' | 'namespace' | 'name'>): string {
  return `${policy.kind} ${qualifiedName(policy)}`;
}

/** The pods that a policy is about; undefined for what could not be read. */
export function subjectOf({ entry, unjudged }: JudgedPolicy): PodSelection | undefined {
  return entry?.rules.subject ?? unjudged?.subject;
}

const SILENT: JudgedSection = { isolates: false, rules: [] };

/** Whether a policy neither isolates a direction nor has rules for it. */
export function isSilent({ isolates, rules }: JudgedSection): boolean {
  return !isolates && rules.length === 0;
}

/** Finds out what policies mean for the units of a cluster. */
export class PolicyReader {
  private nextSerial = 0;

  public constructor(
    private readonly engine: Engine,
    private readonly peers: PeerReader,
    private readonly ports: PortReader,
    private readonly everyPort: PortBounds,
  ) {}

  public read(entry: PolicyEntry): JudgedPolicy {
    const { namespace = '', name, rules, source } = entry;
    const cidrs = blocksOf(rules).flatMap(({ cidr, except }) => [cidr, ...except]);
    return {
      serial: this.nextSerial++,
      namespace,
      name,
      level: levelOf(rules),
      entry,
      ...defined({ source }),
      scope: this.peers.hold(rules.subject),
      namesIpv6: cidrs.some((cidr) => cidr.includes(':')),
      inForce: read(this.engine, (hooks) => isInForce(cidrs, hooks)),
      sections: { Ingress: this.section(rules, 'Ingress'), Egress: this.section(rules, 'Egress') },
    };
  }

  /** Something unreadable may select any pod in its reach, and may allow anything. */
  public readUnreadable(unreadable: Unreadable): JudgedPolicy {
    const { namespace, except = [], name = '', podSelector: pods = {}, mayBe = [], source } = unreadable;
    const { index } = this.peers;
    const reach =
      namespace === undefined
        ? index.selectable.without(index.inNamespaces(except))
        : this.peers.select({ namespaces: namespace, pods }).actual.possible;
    const anything = same({
      isolates: true,
      rules: [{ index: 0, action: 'allow' as const, ports: [same({ fixed: this.everyPort })] }],
    });
    return {
      serial: this.nextSerial++,
      namespace: namespace ?? '',
      name,
      // A policy of another kind may deny what others allow, so it is asked before them.
      level: levelOf(mayBe.some((kind) => this.engine.mayEnforce(kind)) ? { tier: 'admin' } : {}),
      unreadable,
      ...defined({ source }),
      scope: same(new Bounds(Bits.NONE, reach)),
      namesIpv6: false,
      inForce: same('yes'),
      sections: { Ingress: anything, Egress: anything },
    };
  }

  /** The parts of a policy of another kind, if its rules are understood and count; else the most that it could do. */
  public readUnjudged(unjudged: UnjudgedPolicy): readonly JudgedPolicy[] {
    const { says } = unjudged;
    return says === undefined || this.engine.enforces(unjudged) === 'no'
      ? [this.readAtMost(unjudged)]
      : says.map((each) => this.readOther(unjudged, each));
  }

  private readOther(unjudged: UnjudgedPolicy, says: PolicyRules): JudgedPolicy {
    const { kind, group, namespace, name = '', source } = unjudged;
    const inForce = this.engine.enforces(unjudged);
    const named = { name, ...defined({ namespace }) };
    const { written = { apiVersion: group, kind, metadata: named } } = unjudged;
    return {
      serial: this.nextSerial++,
      namespace: namespace ?? '',
      name,
      level: levelOf(says),
      ...(inForce === 'yes'
        ? { isOfOtherKind: true, entry: { kind, ...named, rules: says, written, ...defined({ source }) } }
        : { unjudged }),
      ...defined({ source }),
      scope: this.peers.hold(says.subject),
      namesIpv6: blocksOf(says).some(({ cidr }) => cidr.includes(':')),
      inForce: same(inForce),
      sections: {
        Ingress: asActual(this.section(says, 'Ingress')),
        Egress: asActual(this.section(says, 'Egress')),
      },
    };
  }

  private readAtMost(unjudged: UnjudgedPolicy): JudgedPolicy {
    const { namespace = '', name = '', subject, directions, opens, closes, source } = unjudged;
    // It may deny what others allow, so it is asked before them; only a baseline is asked after them.
    const tier = unjudged.tier === 'baseline' ? 'baseline' : 'admin';
    const atMost: JudgedSection = {
      isolates: closes,
      rules: [
        ...(opens ? [{ index: 0, action: 'allow' } as const] : []),
        // Traffic from the own node passes whoever isolates, but not what a rule denies.
        ...(closes ? [{ index: 1, action: 'deny' } as const] : []),
      ],
    };
    const section = (direction: PolicyType) => same(directions.includes(direction) ? atMost : SILENT);
    return {
      serial: this.nextSerial++,
      namespace,
      name,
      level: levelOf({ tier }),
      unjudged,
      ...defined({ source }),
      scope: this.peers.hold(subject),
      namesIpv6: false,
      inForce: same(this.engine.enforces(unjudged)),
      sections: { Ingress: section('Ingress'), Egress: section('Egress') },
    };
  }

  private section(policy: PolicyRules, direction: PolicyType): Reading<JudgedSection> {
    const { isolates, unlisted, rules } = sectionOf(policy, direction);
    const counting: JudgedSection = {
      isolates: isolates || unlisted === true,
      rules: rules.map((rule, index) => this.rule(rule, direction, index)),
    };
    return read(this.engine, (hooks) =>
      unlisted === undefined || hooks.does('unlisted-section-enforced') === 'yes' ? counting : SILENT,
    );
  }

  private rule(says: TrafficRule, direction: PolicyType, index: number): JudgedRule {
    const { action, peers, ports } = says;
    return {
      index,
      action,
      says,
      ...(peers === undefined ? {} : { peers: peers.map((peer) => this.peers.read(peer)) }),
      ...(ports === undefined ? {} : { ports: ports.map((port) => this.ports.read(direction, port)) }),
    };
  }
}

/** A section of a kind that only its engine knows: there is no specification from which it could depart. */
function asActual({ actual: { isolates, rules } }: Reading<JudgedSection>): Reading<JudgedSection> {
  return same({
    isolates,
    rules: rules.map(({ peers, ports, ...rule }) => ({
      ...rule,
      ...(peers === undefined ? {} : { peers: peers.map(({ says, actual }) => ({ says, ...same(actual) })) }),
      ...(ports === undefined ? {} : { ports: ports.map(({ actual }) => same(actual)) }),
    })),
  });
}

function same<T>(value: T): Reading<T> {
  return { actual: value, specified: value, by: [] };
}

const isBlock = (peer: TrafficPeer): peer is AddressPeer => peer.kind === 'addresses';

/** Every IP block of a policy. */
export function blocksOf(policy: PolicyRules): AddressPeer[] {
  const blocks: AddressPeer[] = [];
  for (const direction of POLICY_TYPES) {
    for (const { peers = [] } of sectionOf(policy, direction).rules) {
      appendAll(blocks, peers.filter(isBlock));
    }
  }
  return blocks;
}

function isInForce(cidrs: readonly string[], hooks: Hooks): Tristate {
  if (hooks.does('nothing-enforces') === 'yes' || cidrs.some((cidr) => skipsPolicy(cidr, hooks))) {
    return 'no';
  }
  return cidrs.some((cidr) => hasLeadingZeros(cidr) && hooks.does('leading-zeros-in-address') === 'unknown')
    ? 'unknown'
    : 'yes';
}
