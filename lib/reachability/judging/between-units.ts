import { append, pairKey, remember } from '../../model/collections';
import { Bits } from '../sets/bits';
import type { PortBounds } from '../sets/port-bounds';
import { openedIn, type PortPart } from '../sets/port-map';
import { SenderChain } from '../sets/sender-chain';
import type { AlikeByDirection, AlikeUnits } from './alike-units';
import type { Row } from './groups';
import type { RowSource } from './rows';

type Chain = SenderChain<PortBounds>;

/**
 * What is open between known units, destination by destination.
 *
 * @param to the destinations, those in `Ingress`
 */
export function* betweenUnits(world: RowSource, { Ingress, Egress }: AlikeByDirection, to: Bits) {
  const chains = sendersTo(world, Egress, to);
  const alike = new Map<Row, Map<Chain, number[]>>();
  for (const { group, table, members } of Ingress) {
    const byChain = remember(alike, world.rows.row(group, table), () => new Map<Chain, number[]>());
    for (const unit of members) {
      append(byChain, chains[unit] as Chain, unit);
    }
  }
  for (const [row, byChain] of alike) {
    for (const [chain, units] of byChain) {
      const open: PortPart<Bits>[] = [];
      for (const sent of chain.parts) {
        for (const received of row.units) {
          const ports = world.pool.and(sent.ports, received.ports);
          if (ports !== world.pool.none && sent.set.overlaps(received.set)) {
            open.push({ set: sent.set.and(received.set), ports });
          }
        }
      }
      for (const { set, ports, verdict } of openedIn(open)) {
        yield { senders: set, receivers: units, ports, verdict };
      }
    }
  }
}

/** The senders to each unit of `to`, by its number, as far as the senders' own policies go. */
function sendersTo(world: RowSource, senders: readonly AlikeUnits[], to: Bits): readonly Chain[] {
  const chains = new Array<Chain>(world.index.units.length).fill(SenderChain.root());
  for (const { group, members } of senders) {
    const set = Bits.of(members);
    for (const part of world.rows.row(group).units) {
      const key = pairKey(group.id, part.ports.id);
      part.set.and(to).forEach((unit) => {
        chains[unit] = (chains[unit] as Chain).with(key, set, part.ports);
      });
    }
  }
  return chains;
}
