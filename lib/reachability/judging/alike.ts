import type { PolicyType } from '../../model/network-policy';
import type { Bits } from '../sets/bits';
import type { PortTable, Unit } from '../sets/units';
import type { Group, Grouping } from './groups';
import type { World } from './world';

/** Units that may talk to the same others in one direction. */
export interface Alike {
  readonly group: Group;
  /** Of one of them; what the group leaves open may depend on it. */
  readonly table: PortTable;
  /** Ascending. */
  readonly members: readonly number[];
}

/** The units of a list in each direction. */
export type AlikeByDirection = Readonly<Record<PolicyType, readonly Alike[]>>;

/** Some units by what tells apart whom they may talk to. */
export function alikeAmong({ index }: World, grouping: Grouping, units: Bits): readonly Alike[] {
  const found = new Map<number, { group: Group; table: PortTable; members: number[] }>();
  units.forEach((unit) => {
    const group = grouping.at(unit);
    const { ports: table } = index.units[unit] as Unit;
    // There are no more port tables than units.
    const key = group.id * (index.units.length + 1) + (group.dependsOn(table) ? table.id + 1 : 0);
    const known = found.get(key);
    if (known === undefined) {
      found.set(key, { group, table, members: [unit] });
    } else {
      known.members.push(unit);
    }
  });
  return [...found.values()];
}
