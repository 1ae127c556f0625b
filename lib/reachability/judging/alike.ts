import { pairKey, remember } from '../../model/collections';
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
  const found = new Map<number, Alike & { readonly members: number[] }>();
  units.forEach((unit) => {
    const group = grouping.at(unit);
    const { ports: table } = index.units[unit] as Unit;
    // Pods may declare more tables of ports than there are units.
    const key = pairKey(group.id, group.dependsOn(table) ? table.id + 1 : 0);
    remember(found, key, () => ({ group, table, members: [] })).members.push(unit);
  });
  return [...found.values()];
}
