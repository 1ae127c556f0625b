import { remember } from '../model/remember';
import type { Bits } from './bits';
import type { Group, Grouping } from './groups';
import type { PortTable, Unit } from './units';
import type { World } from './world';

/** Units that may talk to the same others in one direction. */
export interface Alike {
  readonly group: Group;
  /** Of one of them; what the group leaves open may depend on it. */
  readonly table: PortTable;
  readonly members: Bits;
}

/** Some units by what tells apart whom they may talk to. */
export function alikeAmong({ index }: World, grouping: Grouping, units: Bits): readonly Alike[] {
  const found = new Map<Group, Map<number, { table: PortTable; numbers: number[] }>>();
  units.forEach((unit) => {
    const group = grouping.at(unit);
    const { ports: table } = index.units[unit] as Unit;
    const byTable = remember(found, group, () => new Map<number, { table: PortTable; numbers: number[] }>());
    const id = group.dependsOn(table) ? table.id : -1;
    remember(byTable, id, () => ({ table, numbers: [] })).numbers.push(unit);
  });
  return [...found].flatMap(([group, byTable]) =>
    [...byTable.values()].map(({ table, numbers }) => ({ group, table, members: index.set(numbers) })),
  );
}
