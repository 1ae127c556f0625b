import { remember } from '../model/collections';
import type { PolicyType } from '../model/network-policy';
import { Bits } from '../reachability/sets/bits';
import { UNKNOWN_PORTS } from '../reachability/sets/units';
import type { UnitChange } from './between-workloads';
import type { Cells, VersionName } from './cells';
import type { PortChange, PortChanges } from './port-change';
import type { ComparedSide, Standings, Versions } from './side';

/**
 * AKS's own pods that no manifest declares, in a difference. A pod that no policy isolates has rows only for what
 * does not change with any pod, too.
 */
export class PlatformChanges {
  private readonly quiet: Readonly<Record<PolicyType, Bits>>;
  private readonly withAnybody = new Map<Standings, PortChange>();

  public constructor(
    private readonly versions: Versions,
    cells: Cells,
    private readonly sides: Readonly<Record<PolicyType, ComparedSide>>,
    private readonly changes: PortChanges,
  ) {
    const assumed = (['before', 'after'] as const)
      .map((version) => cells.from(version, versions[version].world.index.assumed))
      .reduce((all, each) => all.or(each))
      .toArray();
    this.quiet = { Ingress: this.quietOf('Ingress', assumed), Egress: this.quietOf('Egress', assumed) };
  }

  /** The parts of a change that are told. */
  public *told(change: UnitChange): Generator<UnitChange> {
    const { Egress, Ingress } = this.quiet;
    const { senders, receivers } = change;
    if (!senders.overlaps(Egress) && !receivers.overlaps(Ingress)) {
      yield change;
      return;
    }
    const [from, to] = [senders.without(Egress), receivers.without(Ingress)];
    yield { ...change, senders: from, receivers: to };
    yield { ...change, senders: this.apart('Egress', from, change), receivers: receivers.and(Ingress) };
    yield { ...change, senders: senders.and(Egress), receivers: this.apart('Ingress', to, change) };
  }

  /** Some cells, without those of the platform if the same change happens with any pod. */
  public without(direction: PolicyType, cells: Bits, ports: PortChange, somebody: Standings): Bits {
    return isAmong(ports, this.anybody(somebody)) ? cells.without(this.quiet[direction]) : cells;
  }

  /** The cells of which the same change does not happen with any pod. */
  private apart(direction: PolicyType, cells: Bits, { ports }: UnitChange): Bits {
    return Bits.of(
      cells.toArray().filter((cell) => !isAmong(ports, this.anybody(this.sides[direction].at(cell)))),
    );
  }

  private anybody(each: Standings): PortChange {
    return remember(this.withAnybody, each, () => {
      const open = (version: VersionName) => {
        const { possibleRows, pool } = this.versions[version].world;
        const standing = each[version];
        return standing === undefined
          ? pool.none
          : possibleRows.forAnybody(standing.group, standing.table ?? UNKNOWN_PORTS);
      };
      return this.changes.of(open('before'), open('after'));
    });
  }

  private quietOf(direction: PolicyType, assumed: readonly number[]): Bits {
    return Bits.of(
      assumed.filter((cell) => {
        const { before, after } = this.sides[direction].at(cell);
        return [before, after].every(
          (standing) => standing === undefined || !standing.group.hasIsolatingPolicy,
        );
      }),
    );
  }
}

/**
 * Whether a change opens and closes nothing that another does not. Doubts do not count: with the platform alone they
 * are about labels of an undeclared namespace, and have rows of the possible pods with these labels.
 */
function isAmong({ opened, closed }: PortChange, all: PortChange): boolean {
  return all.opened.covers(opened) && all.closed.covers(closed);
}
