import type { Workload } from '../../model/cluster';
import type { Bits } from './bits';
import type { UnitIndex } from './unit-index';
import type { Unit } from './units';

/** An immutable set of workloads, or of parts of workloads that policies tell apart. */
export class WorkloadSet {
  public constructor(
    private readonly index: UnitIndex,
    /** The set as the evaluator has it. */
    public readonly units: Bits,
  ) {}

  public get isEmpty(): boolean {
    return this.units.isEmpty;
  }

  /** The set without AKS's own pods that no manifest declares. */
  public get declared(): WorkloadSet {
    return new WorkloadSet(this.index, this.units.without(this.index.assumed));
  }

  /** The workloads in the order of the cluster, each once. */
  public list(): readonly Workload[] {
    return this.first(Number.POSITIVE_INFINITY);
  }

  /** The first `count` of {@link list}. */
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

  /** How many there are; each part of a workload counts. */
  public get size(): number {
    return this.units.size;
  }

  /** How many pods they have; a workload without known pods counts as one. */
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
