import type { DepartureId } from '../aks/engine-departures';
import { IpSet } from '../model/ip-set';
import type { PolicyType } from '../model/network-policy';
import { liesIn } from './address-index';
import type { Bounds, Tristate } from './bounds';
import type { PodPoint, Point } from './ends';
import type { Engine } from './engine';
import type { Group, Selection } from './groups';
import type { PeerMatch } from './peers';
import type { JudgedRule } from './policy';
import type { PortBounds, PortPool } from './port-bounds';
import type { PortMatch, PortReader } from './rule-ports';

/** Why no policy judges one side of a connection. */
export type Exemption =
  | 'outside'
  | 'completed'
  | 'host-network'
  | 'self'
  | 'own-node'
  | 'not-isolated'
  | 'not-filtered';

/** A rule that lets a peer through on some ports. */
export interface RuleMatch {
  readonly selection: Selection;
  readonly rule: JudgedRule;
  /** The first entry of `from` or `to` that matches; left out in a rule for everybody. */
  readonly peer?: number;
  /** Whether the peer, or the policy's hold on the pod, is in doubt. */
  readonly matches: Tristate;
  /** What it opens for this peer. */
  readonly ports: PortBounds;
}

/** What one side of a connection says to it. */
export interface Judgement {
  readonly direction: PolicyType;
  readonly self: Point;
  readonly other: Point;
  readonly ports: PortBounds;
  readonly exempt?: Exemption;
  /** The policies that isolate the pods in this direction, or may, or should. */
  readonly selections: readonly Selection[];
  readonly matches: readonly RuleMatch[];
  /** The departures of the engine that the judgement met. */
  readonly departures: readonly DepartureId[];
}

/** Whether pods are on the node that a question is about. */
export type Placement = 'own' | 'other' | 'unknown';

/** Judges one side of a connection between two points. */
export class Judge {
  public constructor(
    private readonly engine: Engine,
    private readonly ports: PortReader,
    private readonly pool: PortPool,
    private readonly groupOf: (direction: PolicyType, unit: number) => Group,
  ) {}

  public judge(direction: PolicyType, self: Point, other: Point, placement: Placement): Judgement {
    if (self.kind !== 'pods') {
      return this.free(direction, self, other, 'outside');
    }
    if (self.unit.workload.hostNetwork) {
      return this.free(direction, self, other, 'host-network');
    }
    if (isSamePod(self, other)) {
      return this.free(direction, self, other, 'self');
    }
    const byPolicy = this.byPolicy(direction, self, other);
    if (other.kind === 'node' && placement !== 'other') {
      return this.fromOwnNode(byPolicy, placement);
    }
    if (other.kind === 'addresses' && IpSet.IPV6.covers(other.set)) {
      if (this.engine.does('ipv6-not-filtered') === 'yes') {
        return {
          ...byPolicy,
          ports: this.pool.all,
          exempt: 'not-filtered',
          departures: [...byPolicy.departures, 'ipv6-not-filtered'],
        };
      }
    }
    return byPolicy;
  }

  /** Whether an entry of a rule means a point. */
  public isMeant({ units, addresses, nodes }: PeerMatch, point: Point): Tristate {
    switch (point.kind) {
      case 'pods':
        return units.sure.has(point.unit.index)
          ? 'yes'
          : units.possible.has(point.unit.index)
            ? 'unknown'
            : 'no';
      case 'addresses':
        return addresses.sure.covers(point.set)
          ? 'yes'
          : addresses.possible.overlaps(point.set)
            ? 'unknown'
            : 'no';
      case 'node':
        return point.addresses === undefined
          ? liesIn(this.engine.nodeRange, nodes)
          : point.addresses.some((address) => nodes.sure.has(address))
            ? 'yes'
            : point.addresses.some((address) => nodes.possible.has(address))
              ? 'unknown'
              : 'no';
    }
  }

  /** The ports that an entry of a rule opens from or to a point. */
  public openedBy(entry: PortMatch, direction: PolicyType, self: PodPoint, other: Point): PortBounds {
    const destination = direction === 'Ingress' ? self : other;
    return this.ports.openOn(entry, destination.kind === 'pods' ? destination.unit.ports : undefined);
  }

  /** The ports that a rule opens from or to a point that one of its peers means. */
  public portsOf({ ports }: JudgedRule, direction: PolicyType, self: PodPoint, other: Point): PortBounds {
    return (ports ?? []).reduce(
      (sum, { actual }) => this.pool.or(sum, this.openedBy(actual, direction, self, other)),
      ports === undefined ? this.pool.all : this.pool.none,
    );
  }

  private free(direction: PolicyType, self: Point, other: Point, exempt: Exemption): Judgement {
    const { all: ports } = this.pool;
    return { direction, self, other, ports, exempt, selections: [], matches: [], departures: [] };
  }

  /** Traffic from the own node always passes; an engine may filter traffic to it. */
  private fromOwnNode(byPolicy: Judgement, placement: Placement): Judgement {
    const { direction } = byPolicy;
    const filtered =
      direction === 'Egress' && byPolicy.ports !== this.pool.all
        ? this.engine.does('own-node-egress-filtered')
        : 'no';
    const departures: readonly DepartureId[] =
      filtered === 'no' ? byPolicy.departures : [...byPolicy.departures, 'own-node-egress-filtered'];
    if (filtered === 'yes') {
      return { ...byPolicy, departures };
    }
    if (filtered === 'unknown' || placement === 'unknown') {
      const ports = this.pool.between(byPolicy.ports.sure, this.pool.all.possible);
      return { ...byPolicy, ports, departures };
    }
    return { ...byPolicy, ports: this.pool.all, exempt: 'own-node', departures };
  }

  private byPolicy(direction: PolicyType, self: PodPoint, other: Point): Judgement {
    const { pool } = this;
    const { selections, isolated } = this.groupOf(direction, self.unit.index);
    const matches: RuleMatch[] = [];
    const departures = new Set<DepartureId>();
    let ports = isolated === 'yes' ? pool.none : isolated === 'no' ? pool.all : pool.inDoubt(pool.all);
    for (const selection of selections) {
      this.noteScope(selection, direction, self, departures);
      const rules = selection.isolates === 'no' ? [] : (selection.policy.rules[direction].actual ?? []);
      for (const rule of rules) {
        const match = this.match(selection, rule, direction, self, other, departures);
        if (match !== undefined) {
          matches.push(match);
          ports = pool.or(ports, match.ports);
        }
      }
    }
    const judgement = { direction, self, other, ports, selections, matches, departures: [...departures] };
    return isolated === 'no' ? { ...judgement, exempt: 'not-isolated' } : judgement;
  }

  private match(
    selection: Selection,
    rule: JudgedRule,
    direction: PolicyType,
    self: PodPoint,
    other: Point,
    departures: Set<DepartureId>,
  ): RuleMatch | undefined {
    const { pool } = this;
    let matches: Tristate = rule.peers === undefined ? 'yes' : 'no';
    let peer: number | undefined;
    for (const [i, { actual, specified, by }] of (rule.peers ?? []).entries()) {
      const meant = this.isMeant(actual, other);
      if (by.length > 0 && meant !== this.isMeant(specified, other)) {
        note(by, departures);
      }
      if (matches !== 'yes' && meant !== 'no' && meant !== matches) {
        matches = meant;
        peer = i;
      }
    }
    if (matches === 'no') {
      return undefined;
    }
    for (const { actual, specified, by } of rule.ports ?? []) {
      const opened = by.length > 0 && this.openedBy(actual, direction, self, other);
      if (opened && opened !== this.openedBy(specified, direction, self, other)) {
        note(by, departures);
      }
    }
    const ports = this.portsOf(rule, direction, self, other);
    const certain = matches === 'yes' && selection.isolates === 'yes';
    const match = { selection, rule, matches, ports: certain ? ports : pool.inDoubt(ports) };
    return peer === undefined ? match : { ...match, peer };
  }

  /** Notes why the engine holds the pod otherwise than the specification says. */
  private noteScope(
    { policy, isolates }: Selection,
    direction: PolicyType,
    { unit }: PodPoint,
    departures: Set<DepartureId>,
  ): void {
    const { scope, inForce } = policy;
    const section = policy.rules[direction];
    if (scope.by.length > 0 && scope.actual.sure.has(unit.index) !== scope.specified.sure.has(unit.index)) {
      note(scope.by, departures);
    }
    if (isolates !== 'yes') {
      note(inForce.by, departures);
    }
    if (section.by.length > 0) {
      note(section.by, departures);
    }
  }
}

function note(ids: readonly DepartureId[], departures: Set<DepartureId>): void {
  for (const id of ids) {
    departures.add(id);
  }
}

function isSamePod(self: PodPoint, other: Point): boolean {
  if (other.kind !== 'pods' || self.unit !== other.unit) {
    return false;
  }
  return self.unit.workload.kind === 'Pod' || (self.pod !== undefined && self.pod === other.pod);
}

/**
 * The parts of a set of addresses that the rules of a group treat alike: each lies wholly inside or wholly
 * outside every one of their IP blocks.
 */
export function splitByRules(set: IpSet, { direction, selections }: Group): IpSet[] {
  const blocks = selections.flatMap(({ policy }) =>
    (policy.rules[direction].actual ?? []).flatMap(({ peers = [] }) =>
      peers.flatMap(({ actual }) => distinct(actual.addresses)),
    ),
  );
  return blocks.reduce(
    (parts, block) =>
      parts.flatMap((part) => [part.and(block), part.without(block)]).filter((p) => !p.isEmpty),
    [set.and(IpSet.IPV4), set.and(IpSet.IPV6)].filter((part) => !part.isEmpty),
  );
}

const distinct = ({ sure, possible, isExact }: Bounds<IpSet>) => (isExact ? [sure] : [sure, possible]);
