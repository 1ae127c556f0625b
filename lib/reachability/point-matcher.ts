import type { PolicyType } from '../model/network-policy';
import type { Tristate } from '../model/tristate';
import { liesIn } from './address-index';
import type { PodPoint, Point } from './ends';
import type { Engine } from './engine';
import type { PeerMatch } from './peers';
import type { JudgedRule } from './policy';
import type { PortBounds, PortPool } from './port-bounds';
import type { PortMatch, PortReader } from './rule-ports';

/** What the entries of a rule say about one point. */
export class PointMatcher {
  public constructor(
    private readonly engine: Engine,
    private readonly ports: PortReader,
    private readonly pool: PortPool,
  ) {}

  /** Whether an entry of a rule means a point. */
  public isMeant({ units, addresses, nodes }: PeerMatch, point: Point): Tristate {
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
}

/** Whether an IP block holds the address of a pod that is used, where it is known; peers without one do not mind. */
function isInUse({ address }: PodPoint, { possible }: PeerMatch['addresses']): boolean {
  return address === undefined || possible.isEmpty || possible.has(address);
}
