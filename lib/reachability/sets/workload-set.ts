import type { Workload } from '../../model/cluster';
import type { Bits } from './bits';
import type { UnitIndex } from './unit-index';
import type { Unit } from './units';

/** A set of a cluster's workloads, or of parts of them that policies tell apart; a value. */
export class WorkloadSet {
  public constructor(
    private readonly index: UnitIndex,
    /** The evaluator's own form of the set. */
    public readonly units: Bits,
  ) {}

  public get isEmpty(): boolean {
    return this.units.isEmpty;
  }

  /** Without AKS's own pods, which no manifest declares. */
  public get declared(): WorkloadSet {
    return new WorkloadSet(this.index, this.units.without(this.index.assumed));
  }

  /** Each once, in the order of the cluster's workloads. */
  public list(): readonly Workload[] {
    return this.first(Number.POSITIVE_INFINITY);
  }

  /** The first so many of the list. */
  public first(count: number): readonly Workload[] {
    const found: Workload[] = [];
    if (count > 0) {
      this.units.every((unit) => {
        const { workload } = this.index.units[unit] as Unit;
        // The parts of a workload stand together.
        if (workload !== found[found.length - 1]) {
          found.push(workload);
        }
        return found.length < count;
      });
    }
    return found;
  }

  /** How many there are; parts of a workload that policies tell apart count each. */
  public get size(): number {
    return this.units.size;
  }

  /** How many pods they are; a workload without known pods counts as one. */
  public get podCount(): number {
    return this.units
      .toArray()
      .reduce((sum, unit) => sum + Math.max(this.index.units[unit]?.pods.length ?? 0, 1), 0);
  }

  public and(other: WorkloadSet): WorkloadSet {
    return new WorkloadSet(this.index, this.units.and(other.units));
  }

  public or(other: WorkloadSet): WorkloadSet {
    return new WorkloadSet(this.index, this.units.or(other.units));
  }

  public without(other: WorkloadSet): WorkloadSet {
    return new WorkloadSet(this.index, this.units.without(other.units));
  }

  public overlaps(other: WorkloadSet): boolean {
    return this.units.overlaps(other.units);
  }
}
