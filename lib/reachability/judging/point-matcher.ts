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
import type { PossibleRows } from './possible-rows';
import type { PodPoint, Point, PossiblePoint } from './question-ends';

/** What the entries of a rule say about one point. */
export class PointMatcher {
  public constructor(
    private readonly engine: Engine,
    private readonly ports: PortReader,
    private readonly possible: PossibleRows,
  ) {}

  /** Whether an entry of a rule means a point. */
  public isMeant(rule: JudgedRule, entry: number, point: Point): Tristate {
    if (point.kind !== 'possible') {
      return this.isMatched(peerOf(rule, entry).actual, point);
    }
    return this.possible.isMeant(rule.peers?.[entry], rule.action, point.set, point.quantifier === 'all');
  }

  /** Whether a rule means a point; of pods that no manifest tells of, several entries may mean all together. */
  public isMeantBy(rule: JudgedRule, point: PossiblePoint): Tristate {
    return this.possible.means({ rule }, point.set, point.quantifier === 'all');
  }

  /** The departures of an engine for which an entry of a rule means a point, or does not. */
  public departuresOf(rule: JudgedRule, entry: number, point: Point): readonly DepartureId[] {
    const peer = peerOf(rule, entry);
    if (point.kind === 'possible') {
      return this.possible.reader.meant(peer).by;
    }
    const { actual, specified, by } = peer;
    return by.length > 0 && this.isMatched(actual, point) !== this.isMatched(specified, point) ? by : [];
  }

  private isMatched({ units, addresses, nodes }: PeerMatch, point: Exclude<Point, PossiblePoint>): Tristate {
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

  /** The ports that an entry of a rule opens from or to a point. */
  public openedBy(entry: PortMatch, direction: PolicyType, self: Point, other: Point): PortBounds {
    return this.ports.openOn(entry, portsOf(direction === 'Ingress' ? self : other));
  }

  /** The ports that a rule opens from or to a point that one of its peers means. */
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

/** Whether an IP block holds the address of a pod that is used, where it is known; peers without one do not mind. */
function isInUse({ address }: PodPoint, { possible }: PeerMatch['addresses']): boolean {
  return address === undefined || possible.isEmpty || possible.has(address);
}
