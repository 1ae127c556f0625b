import type { DepartureId } from '../../aks/engine-departures';
import type { PolicyType } from '../../model/network-policy';
import type { Tristate } from '../../model/tristate';
import { mayLieIn } from '../reading/address-index';
import type { Engine } from '../reading/engine';
import type { JudgedRule } from '../reading/judged-policy';
import type { PeerMatch, ReadPeer } from '../reading/read-peers';
import type { PortMatch, PortReader } from '../reading/rule-ports';
import type { PortBounds } from '../sets/port-bounds';
import { type PortTable, UNKNOWN_PORTS } from '../sets/units';
import { meansName } from './named-hosts';
import type { NamePoint, PodPoint, Point, PossiblePoint } from './points';
import type { PossibleRows } from './possible-rows';

/** Finds out whether rules mean a point, and which ports they open. */
export class PointMatcher {
  public constructor(
    private readonly engine: Engine,
    private readonly ports: PortReader,
    private readonly possible: PossibleRows,
  ) {}

  /** Whether an entry of a rule means a point. */
  public isMeant(rule: JudgedRule, entry: number, point: Point): Tristate {
    if (point.kind === 'name') {
      return meansName(peerOf(rule, entry), point, this.engine.manyLabels);
    }
    if (point.kind !== 'possible') {
      return this.isMatched(peerOf(rule, entry).actual, point);
    }
    return this.possible.isMeant(rule.peers?.[entry], rule.action, point.set, point.quantifier === 'all');
  }

  /** Whether a rule means possible pods; several entries together may mean all of them. */
  public isMeantBy(rule: JudgedRule, point: PossiblePoint): Tristate {
    return this.possible.means(rule, point.set, point.quantifier === 'all');
  }

  /** The departures that decide whether an entry of a rule means a point. */
  public departuresOf(rule: JudgedRule, entry: number, point: Point): readonly DepartureId[] {
    const peer = peerOf(rule, entry);
    if (point.kind === 'possible') {
      return this.possible.reader.meant(peer).by;
    }
    const { actual, specified, by } = peer;
    if (point.kind === 'name') {
      return this.isMeant(rule, entry, point) === 'no' ? [] : by;
    }
    return by.length > 0 && this.isMatched(actual, point) !== this.isMatched(specified, point) ? by : [];
  }

  private isMatched(
    { units, addresses, nodes }: PeerMatch,
    point: Exclude<Point, PossiblePoint | NamePoint>,
  ): Tristate {
    switch (point.kind) {
      case 'pods':
        return isInUse(point, addresses)
          ? units.sure.has(point.unit.index)
            ? 'yes'
            : units.possible.has(point.unit.index)
              ? 'unknown'
              : 'no'
          : 'no';
      case 'addresses':
        return addresses.sure.covers(point.set)
          ? 'yes'
          : addresses.possible.overlaps(point.set)
            ? 'unknown'
            : 'no';
      case 'node':
        return point.addresses === undefined
          ? mayLieIn(this.engine.nodeRange, nodes)
          : point.addresses.some((address) => nodes.sure.has(address))
            ? 'yes'
            : point.addresses.some((address) => nodes.possible.has(address))
              ? 'unknown'
              : 'no';
    }
  }

  /** The ports that an entry of `ports` opens between two points. */
  public openedBy(entry: PortMatch, direction: PolicyType, self: Point, other: Point): PortBounds {
    return this.ports.openOn(entry, portsOf(direction === 'Ingress' ? self : other));
  }

  /** The ports of a rule between two points. */
  public portsOf({ ports }: JudgedRule, direction: PolicyType, self: Point, other: Point): PortBounds {
    return this.ports.opened(ports, portsOf(direction === 'Ingress' ? self : other));
  }
}

function peerOf({ peers = [] }: JudgedRule, entry: number): ReadPeer {
  return peers[entry] as ReadPeer;
}

function portsOf(destination: Point): PortTable | undefined {
  return destination.kind === 'pods'
    ? destination.unit.ports
    : destination.kind === 'possible'
      ? UNKNOWN_PORTS
      : undefined;
}

/** Whether a peer may mean the address by which a pod was asked for; yes for a peer without addresses. */
function isInUse({ address }: PodPoint, { possible }: PeerMatch['addresses']): boolean {
  return address === undefined || possible.isEmpty || possible.has(address);
}
