import type { PortSet } from '../../model/port-set';
import type { JudgedRule } from '../reading/judged-policy';
import type { Unit } from '../sets/units';
import { fold, PortTraffic } from './fold-tiers';
import type { Group } from './groups';
import type { World } from './world';

/**
 * The ports that a unit lets somebody in on, or may.
 *
 * @param means whether a rule means them
 */
export function openPortsFor(
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
