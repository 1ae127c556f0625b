import type { PolicyEntry, SourcePosition, Unreadable } from '../model/cluster';
import type { LabelSelector } from '../model/label-selector';
import { compare } from '../model/manifest-problem';
import type { NetworkPolicyPeer, NetworkPolicyPort, PolicyType } from '../model/network-policy';
import type { Bits } from './bits';
import { Bounds, type Tristate } from './bounds';
import type { Engine } from './engine';
import { type Hooks, type Reading, read } from './hooks';
import { hasLeadingZeros, skipsPolicy } from './ip-block';
import type { PeerMatch, PeerReader } from './peers';
import type { PortBounds } from './port-bounds';
import type { PortMatch, PortReader } from './rule-ports';

/** A rule of a policy, its words replaced by what they mean. */
export interface JudgedRule {
  /** Its place in `ingress` or `egress`. */
  readonly index: number;
  /** As it stands in the manifest; left out for what is unreadable. */
  readonly written?: WrittenRule;
  /** One for each entry of `from` or `to`; left out for everybody. */
  readonly peers?: readonly Reading<PeerMatch>[];
  /** One for each entry of `ports`; left out for every port. */
  readonly ports?: readonly Reading<PortMatch>[];
}

/** A policy, or something unreadable that may be one, with its words replaced by what they mean. */
export interface JudgedPolicy {
  /** Distinct among all policies ever judged together. */
  readonly serial: number;
  readonly namespace: string;
  readonly name: string;
  readonly entry?: PolicyEntry;
  readonly unreadable?: Unreadable;
  readonly source?: SourcePosition;
  /** Whether an IP block of it holds IPv6 addresses. */
  readonly namesIpv6: boolean;
  /** The units that it selects. */
  readonly scope: Reading<Bounds<Bits>>;
  /** Whether the engine takes the policy at all. */
  readonly inForce: Reading<Tristate>;
  /** The rules of a direction; `undefined` where the policy does not isolate it. */
  readonly rules: Readonly<Record<PolicyType, Reading<readonly JudgedRule[] | undefined>>>;
}

/** Orders policies by namespace and name, so that nothing depends on the order they came in. */
export function comparePolicies(a: JudgedPolicy, b: JudgedPolicy): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name) || a.serial - b.serial;
}

/** Reads policies against the units of one cluster. */
export class PolicyReader {
  private nextSerial = 0;

  public constructor(
    private readonly engine: Engine,
    private readonly peers: PeerReader,
    private readonly ports: PortReader,
    private readonly everyPort: PortBounds,
  ) {}

  public read(entry: PolicyEntry): JudgedPolicy {
    const { namespace, name, source } = entry;
    const spec = entry.policy.spec ?? {};
    const written = { Ingress: rulesOf(entry, 'Ingress'), Egress: rulesOf(entry, 'Egress') };
    const cidrs = cidrsOf([...written.Ingress, ...written.Egress]);
    return {
      serial: this.takeSerial(),
      namespace,
      name,
      entry,
      ...(source === undefined ? {} : { source }),
      scope: this.peers.hold(namespace, spec.podSelector ?? {}),
      namesIpv6: cidrs.some((cidr) => cidr.includes(':')),
      inForce: read(this.engine, (hooks) => isInForce(cidrs, hooks)),
      rules: {
        Ingress: this.section(entry, 'Ingress', written.Ingress),
        Egress: this.section(entry, 'Egress', written.Egress),
      },
    };
  }

  /** What is unreadable may select any pod in its reach and may allow anything. */
  public readUnreadable(unreadable: Unreadable, all: Bits): JudgedPolicy {
    const { namespace, except = [], name = '', podSelector = {}, source } = unreadable;
    const none = all.without(all);
    const selected = (place: string, selector: LabelSelector) =>
      this.peers.select(place, selector).actual.possible;
    const reach =
      namespace === undefined
        ? except.reduce((rest, place) => rest.without(selected(place, {})), all)
        : selected(namespace, podSelector);
    const anything = same([{ index: 0, ports: [same({ fixed: this.everyPort })] }]);
    return {
      serial: this.takeSerial(),
      namespace: namespace ?? '',
      name,
      unreadable,
      ...(source === undefined ? {} : { source }),
      scope: same(new Bounds(none, reach)),
      namesIpv6: false,
      inForce: same('yes'),
      rules: { Ingress: anything, Egress: anything },
    };
  }

  private takeSerial(): number {
    this.nextSerial += 1;
    return this.nextSerial;
  }

  private section(
    entry: PolicyEntry,
    direction: PolicyType,
    written: readonly WrittenRule[],
  ): Reading<readonly JudgedRule[] | undefined> {
    const rules = written.map((rule, index) => ({
      index,
      written: rule,
      ...(rule.peers.length === 0
        ? {}
        : { peers: rule.peers.map((peer) => this.peers.read(entry.namespace, peer)) }),
      ...(rule.ports.length === 0
        ? {}
        : { ports: rule.ports.map((port) => this.ports.read(direction, port)) }),
    }));
    return read(this.engine, (hooks) =>
      isolates(entry, direction, rules.length > 0, hooks) ? rules : undefined,
    );
  }
}

function same<T>(value: T): Reading<T> {
  return { actual: value, specified: value, by: [] };
}

/** A rule as it stands in a manifest, whichever its direction. */
export interface WrittenRule {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

/** The rules of a direction, without the differences between missing, null and empty. */
export function rulesOf({ policy }: PolicyEntry, direction: PolicyType): readonly WrittenRule[] {
  // JSON's null in a list is Go's zero value: the server reads it as {}.
  return direction === 'Ingress'
    ? (policy.spec?.ingress ?? []).map((rule) => ({
        peers: (rule?.from ?? []).map((peer) => peer ?? {}),
        ports: (rule?.ports ?? []).map(withoutNulls),
      }))
    : (policy.spec?.egress ?? []).map((rule) => ({
        peers: (rule?.to ?? []).map((peer) => peer ?? {}),
        ports: (rule?.ports ?? []).map(withoutNulls),
      }));
}

function withoutNulls(port: NetworkPolicyPort | null): NetworkPolicyPort {
  const fields = Object.entries(port ?? {});
  return port === null || fields.some(([, value]) => value === null)
    ? Object.fromEntries(fields.filter(([, value]) => value !== null))
    : port;
}

/**
 * Whether a policy isolates the pods it selects in a direction. Without `policyTypes` every policy isolates
 * ingress, and egress if it has egress rules.
 *
 * @see kubernetes pkg/apis/networking/v1/defaults.go
 */
function isolates(entry: PolicyEntry, direction: PolicyType, hasRules: boolean, hooks: Hooks): boolean {
  const types = entry.policy.spec?.policyTypes ?? [];
  if (types.length === 0 ? direction === 'Ingress' || hasRules : types.includes(direction)) {
    return true;
  }
  return hasRules && hooks.does('unlisted-section-enforced') === 'yes';
}

function isInForce(cidrs: readonly string[], hooks: Hooks): Tristate {
  if (hooks.does('nothing-enforces') === 'yes') {
    return 'no';
  }
  if (cidrs.some((cidr) => skipsPolicy(cidr, hooks))) {
    return 'no';
  }
  return cidrs.some((cidr) => hasLeadingZeros(cidr) && hooks.does('leading-zeros-in-address') === 'unknown')
    ? 'unknown'
    : 'yes';
}

function cidrsOf(rules: readonly WrittenRule[]): string[] {
  return rules.flatMap(({ peers }) =>
    peers.flatMap(({ ipBlock }) => (ipBlock == null ? [] : [ipBlock.cidr, ...(ipBlock.except ?? [])])),
  );
}
