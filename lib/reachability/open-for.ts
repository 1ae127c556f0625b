import type { PortSet } from '../model/port-set';
import { fold, PortTraffic } from './fold';
import type { Group } from './groups';
import type { JudgedRule } from './policy';
import type { Unit } from './units';
import type { World } from './world';

/**
 * The ports that a unit lets somebody in on, or may.
 *
 * @param means whether a rule means them
 */
export function openFor(
  { pool, ports }: World,
  { tiers }: Group,
  { ports: table }: Unit,
  means: (rule: JudgedRule) => boolean,
): PortSet {
  const traffic = new PortTraffic(pool, ({ rule }) =>
    means(rule) ? ports.opened(rule.ports, table) : pool.none,
  );
  return fold(tiers, traffic).possible;
}
