import type { Workload } from '../model/cluster';
import { append } from './append';
import type { Bits } from './bits';
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

/** Turns sets of units into the workloads they belong to. */
export class Parties {
  /** For each unit, what stands for it alone. */
  private readonly members: readonly Member[];
  /** The units of the workloads that have several. */
  private readonly siblings = new Map<Workload, number[]>();

  /** @param apart whether each workload is a party of its own */
  public constructor(
    index: UnitIndex,
    private readonly apart: boolean,
  ) {
    for (const { index: unit, workload } of index.units) {
      append(this.siblings, workload, unit);
    }
    this.members = index.units.map(({ workload, pods }) =>
      this.siblings.get(workload)?.length === 1
        ? { workload }
        : { workload, pods: pods.map(({ name }) => name) },
    );
  }

  public of(units: Bits): Party[] {
    const members: Member[] = [];
    units.forEach((unit) => {
      const member = this.members[unit] as Member;
      if (member.pods === undefined) {
        members.push(member);
        return;
      }
      const siblings = this.siblings.get(member.workload) as number[];
      if (!siblings.every((each) => units.has(each))) {
        members.push(member);
      } else if (siblings[0] === unit) {
        members.push({ workload: member.workload });
      }
    });
    return this.apart ? members.map((member) => ({ workloads: [member] })) : [{ workloads: members }];
  }
}
