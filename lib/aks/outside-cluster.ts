import { formatCidr, readCidr } from '../model/cidr';
import { LINK_LOCAL, WIRESERVER } from './fixed-addresses';

/**
 * What a block of every IPv4 address leaves out, so that it means addresses outside the cluster: what never leaves a
 * machine, the wireserver, and the ranges of pods and nodes.
 *
 * @param ranges where an IP block matches pods and nodes, their CIDRs; those of IPv6 do not count
 */
export function leftOutside(ranges: readonly string[]): readonly string[] {
  const inCluster = ranges.flatMap((text) => {
    const cidr = readCidr(text);
    return cidr?.family === 4 ? [formatCidr(cidr)] : [];
  });
  return [...new Set([LINK_LOCAL, WIRESERVER.cidr, ...inCluster])];
}
