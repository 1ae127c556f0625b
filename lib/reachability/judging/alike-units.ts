import { pairKey, remember } from '../../model/collections';
import type { PolicyType } from '../../model/network-policy';
import type { Bits } from '../sets/bits';
import type { PortTable, Unit } from '../sets/units';
import type { Group, Grouping } from './groups';
import type { World } from './world';

/** Units that exchange the same with the same others in one direction. */
export interface AlikeUnits {
  readonly group: Group;
  /** The table of one unit. Where the group depends on tables, all units have it. */
  readonly table: PortTable;
  /** Ascending. */
  readonly members: readonly number[];
}

/** The receivers of a list (`Ingress`), and the senders (`Egress`). */
export type AlikeByDirection = Readonly<Record<PolicyType, readonly AlikeUnits[]>>;

/** Some units, those that are alike together. */
export function alikeUnits({ index }: World, grouping: Grouping, units: Bits): readonly AlikeUnits[] {
  const found = new Map<number, AlikeUnits & { readonly members: number[] }>();
  units.forEach((unit) => {
    const group = grouping.at(unit);
    const { ports: table } = index.units[unit] as Unit;
    // Pods may declare more tables of ports than there are units.
    const key = pairKey(group.id, group.dependsOn(table) ? table.id + 1 : 0);
    remember(found, key, () => ({ group, table, members: [] })).members.push(unit);
  });
  return [...found.values()];
}
