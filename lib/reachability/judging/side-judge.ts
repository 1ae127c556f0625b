import type { DepartureId } from '../../aks/engine-departures';
import { IpSet } from '../../model/ip-set';
import type { PolicyType } from '../../model/network-policy';
import type { Tristate } from '../../model/tristate';
import type { Engine } from '../reading/engine';
import type { Reading } from '../reading/hooks';
import type { PeerMatch } from '../reading/read-peers';
import type { PortBounds, PortPool } from '../sets/port-bounds';
import { UNKNOWN_PORTS } from '../sets/units';
import { fold, portTraffic } from './fold-tiers';
import type { NamedHosts } from './named-hosts';
import type { PointMatcher } from './point-matcher';
import { arePods, type GroupOf, isOneOfMany, type PodPoint, type Point, type PossiblePoint } from './points';
import type { Placement, QuestionPart } from './question-parts';
import type { HeldRule, Selection } from './selection';
import type { Exemption, RuleMatch, SideJudgement } from './side-judgement';

/**
 * Judges one side of a part of a question. A pod on its node's network is judged as an address of its node: of the
 * other pod's own node, if both are known to run there.
 */
export class SideJudge {
  public constructor(
    private readonly engine: Engine,
    private readonly matcher: PointMatcher,
    private readonly pool: PortPool,
    private readonly groupOf: GroupOf,
    private readonly names: NamedHosts,
  ) {}

  public judge(direction: PolicyType, part: QuestionPart): SideJudgement {
    const { from, to, placement, isIpv6 } = part;
    if (isOneOfMany(from) || isOneOfMany(to)) {
      return this.ofOne(direction, part);
    }
    const [self, other] = direction === 'Egress' ? [from, to] : [to, from];
    if (!arePods(self)) {
      return this.unjudged(direction, self, other, 'outside');
    }
    if (self.kind === 'pods' && self.unit.workload.hostNetwork) {
      return this.unjudged(direction, self, other, 'host-network');
    }
    if (isSamePod(self, other)) {
      return this.unjudged(direction, self, other, 'self');
    }
    const byPolicy = this.byPolicy(direction, self, other);
    if (
      isIpv6 === true &&
      byPolicy.ports !== this.pool.all &&
      this.engine.does('ipv6-not-filtered') === 'yes'
    ) {
      const departures: DepartureId[] = [...byPolicy.departures, 'ipv6-not-filtered'];
      return { ...byPolicy, ports: this.pool.all, exempt: 'not-filtered', departures };
    }
    return placement === 'other' ? byPolicy : this.fromOwnNode(byPolicy, placement);
  }

  /** Nobody knows which pod of a set is meant: ports are sure if all of them may use them, and possible if some may. */
  private ofOne(direction: PolicyType, part: QuestionPart): SideJudgement {
    const as = (point: Point, quantifier: 'all' | 'some') =>
      isOneOfMany(point) ? { ...point, quantifier } : point;
    const judge = (each: 'all' | 'some') =>
      this.judge(direction, { ...part, from: as(part.from, each), to: as(part.to, each) });
    const some = judge('some');
    return { ...some, ports: this.pool.between(judge('all').ports.sure, some.ports.possible) };
  }

  private unjudged(direction: PolicyType, self: Point, other: Point, exempt: Exemption): SideJudgement {
    const { all: ports } = this.pool;
    return { direction, self, other, ports, exempt, selections: [], matches: [], departures: [] };
  }

  /** Traffic from the own node passes unless a rule denies it; an engine may filter traffic to it. */
  private fromOwnNode(byPolicy: SideJudgement, placement: Placement): SideJudgement {
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
    const { pool } = this;
    const denials =
      direction === 'Ingress' ? byPolicy.matches.filter(({ rule }) => rule.action === 'deny') : [];
    const open = pool.without(
      pool.all,
      pool.union(denials, ({ ports }) => ports),
    );
    if (filtered === 'unknown' || placement === 'unknown') {
      return { ...byPolicy, ports: pool.between(byPolicy.ports.sure, open.possible), departures };
    }
    return open === pool.all
      ? { ...byPolicy, ports: open, exempt: 'own-node', departures }
      : { ...byPolicy, ports: open, departures };
  }

  private byPolicy(direction: PolicyType, self: PodPoint | PossiblePoint, other: Point): SideJudgement {
    const { pool } = this;
    const group = this.groupOf(direction, self);
    const { selections, isolated, tiers } = group;
    const matches: RuleMatch[] = [];
    const spoken = new Map<HeldRule, PortBounds>();
    const departures: DepartureId[] = [];
    for (const selection of selections) {
      this.noteScope(selection, direction, self, departures);
      for (const held of selection.rules) {
        const match = this.match(held, direction, self, other, departures);
        if (match !== undefined) {
          matches.push(match);
          spoken.set(held, match.ports);
        }
      }
    }
    let ports =
      other.kind === 'name'
        ? this.names.open(other.name, group)
        : fold(
            tiers,
            portTraffic(pool, (held) => spoken.get(held) ?? pool.none),
          );
    const isPastByIpv6 = other.kind === 'name' && IpSet.IPV6.overlaps(other.set) && ports !== pool.all;
    if (isPastByIpv6 && this.engine.does('ipv6-not-filtered') === 'yes') {
      departures.push('ipv6-not-filtered');
    }
    const { pastPolicies } = self.kind === 'pods' ? self.unit.ports : UNKNOWN_PORTS;
    const isPast = direction === 'Ingress' && other.kind === 'addresses' && !ports.sure.covers(pastPolicies);
    if (isPast && this.engine.does('node-port-past-policies') !== 'no') {
      departures.push('node-port-past-policies');
      ports = pool.or(ports, pool.inDoubt(pool.exactly(pastPolicies)));
    }
    const judgement = { direction, self, other, ports, selections, matches, departures };
    return isolated === 'no' && ports === pool.all ? { ...judgement, exempt: 'not-isolated' } : judgement;
  }

  private match(
    { selection, rule }: HeldRule,
    direction: PolicyType,
    self: PodPoint | PossiblePoint,
    other: Point,
    departures: DepartureId[],
  ): RuleMatch | undefined {
    const { pool } = this;
    let means: Tristate = rule.peers === undefined ? 'yes' : 'no';
    let peer: number | undefined;
    const peers = rule.peers ?? [];
    for (let i = 0; i < peers.length; i++) {
      const meant = this.matcher.isMeant(rule, i, other);
      if ((peers[i] as Reading<PeerMatch>).by.length > 0) {
        note(this.matcher.departuresOf(rule, i, other), departures);
      }
      if (means !== 'yes' && meant !== 'no' && meant !== means) {
        means = meant;
        peer = i;
      }
    }
    if (other.kind === 'possible' && means !== 'yes') {
      means = this.matcher.isMeantBy(rule, other);
    }
    if (means === 'no') {
      return undefined;
    }
    for (const { actual, specified, by } of rule.ports ?? []) {
      const opened = by.length > 0 && this.matcher.openedBy(actual, direction, self, other);
      if (opened && opened !== this.matcher.openedBy(specified, direction, self, other)) {
        note(by, departures);
      }
    }
    const ports = this.matcher.portsOf(rule, direction, self, other);
    const certain = means === 'yes' && selection.holds === 'yes';
    const match = { selection, rule, ports: certain ? ports : pool.inDoubt(ports) };
    return peer === undefined ? match : { ...match, peer };
  }

  /** Notes why the engine holds the pod, or does not, otherwise than the specification says. */
  private noteScope(
    { policy, holds }: Selection,
    direction: PolicyType,
    self: PodPoint | PossiblePoint,
    departures: DepartureId[],
  ): void {
    const { scope, inForce } = policy;
    const section = policy.sections[direction];
    const isHeldOtherwise =
      self.kind === 'possible' ||
      scope.actual.sure.has(self.unit.index) !== scope.specified.sure.has(self.unit.index);
    if (scope.by.length > 0 && isHeldOtherwise) {
      note(scope.by, departures);
    }
    if (holds !== 'yes') {
      note(inForce.by, departures);
    }
    if (section.by.length > 0) {
      note(section.by, departures);
    }
  }
}

function note(ids: readonly DepartureId[], departures: DepartureId[]): void {
  for (const id of ids) {
    if (!departures.includes(id)) {
      departures.push(id);
    }
  }
}

function isSamePod(self: PodPoint | PossiblePoint, other: Point): boolean {
  if (self.kind !== 'pods' || other.kind !== 'pods' || self.unit !== other.unit) {
    return false;
  }
  return self.unit.workload.kind === 'Pod' || (self.pod !== undefined && self.pod === other.pod);
}
