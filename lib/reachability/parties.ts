import type { Workload } from '../model/cluster';
import { append } from './append';
import type { UnitIndex } from './unit-index';

/** Workloads that are treated alike, or addresses that are no pod's and no node's. */
export type Party =
  | { readonly workloads: readonly Member[]; readonly ranges?: never }
  | { readonly workloads?: never; readonly ranges: readonly string[] };

export interface Member {
  readonly workload: Workload;
  /** The names of the pods, where not all of the workload's are meant. */
  readonly pods?: readonly string[];
}

/** Turns units into the workloads they belong to. */
export class Parties {
  /** For each unit, what stands for it alone. */
  private readonly members: readonly Member[];
  /** The units of each workload that has several. */
  private readonly siblings = new Map<Workload, readonly number[]>();

  /** @param apart whether each workload is a party of its own */
  public constructor(
    { units }: UnitIndex,
    private readonly apart: boolean,
  ) {
    const byWorkload = new Map<Workload, number[]>();
    for (const { index, workload } of units) {
      append(byWorkload, workload, index);
    }
    for (const [workload, numbers] of byWorkload) {
      if (numbers.length > 1) {
        this.siblings.set(workload, numbers);
      }
    }
    this.members = units.map(({ workload, pods }) =>
      this.siblings.has(workload) ? { workload, pods: pods.map(({ name }) => name) } : { workload },
    );
  }

  /** @param units their numbers, ascending */
  public of(units: readonly number[]): Party[] {
    const members = this.siblings.size === 0 ? this.each(units) : this.joined(units);
    return this.apart ? members.map((member) => ({ workloads: [member] })) : [{ workloads: members }];
  }

  private each(units: readonly number[]): Member[] {
    const members: Member[] = [];
    for (const unit of units) {
      members.push(this.members[unit] as Member);
    }
    return members;
  }

  /** One member for all units of a workload, where all of them are there. */
  private joined(units: readonly number[]): Member[] {
    const there = new Set(units);
    const members: Member[] = [];
    for (const unit of units) {
      const member = this.members[unit] as Member;
      const siblings = this.siblings.get(member.workload) ?? [];
      if (siblings.length === 0 || !siblings.every((each) => there.has(each))) {
        members.push(member);
      } else if (siblings[0] === unit) {
        members.push({ workload: member.workload });
      }
    }
    return members;
  }
}
