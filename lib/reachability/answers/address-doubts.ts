import { alikeUnits } from '../judging/alike-units';
import { betweenUnits } from '../judging/between-units';
import type { JudgedCluster } from '../judging/judged-cluster';
import { RowBuilder, type RowSource } from '../judging/rows';
import type { World } from '../judging/world';
import { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import type { Connection, Party } from './parties';

/** Tells whether IP blocks that may cover unknown addresses of pods are the only reason for which a row is unknown. */
export class AddressDoubts {
  private readonly outside: RowSource;

  public constructor(private readonly judged: JudgedCluster) {
    this.outside = outsideBlocks(judged.world);
  }

  public areReasonFor({ from, to, ports, verdict }: Connection): boolean {
    const { world, groupings } = this.judged;
    const areKnown = from.workloads !== undefined && to.workloads !== undefined;
    if (verdict !== 'unknown' || !areKnown || world.engine.knowsPodRange) {
      return false;
    }
    const [senders, receivers] = [this.unitsOf(from), this.unitsOf(to)];
    const near = {
      Ingress: alikeUnits(world, groupings.Ingress, receivers),
      Egress: alikeUnits(world, groupings.Egress, senders),
    };
    return [...betweenUnits(this.outside, near, receivers)].every(
      (open) => open.verdict !== 'unknown' || !open.ports.overlaps(ports),
    );
  }

  private unitsOf({ workloads = [] }: Party): Bits {
    const { byWorkload } = this.judged.world.index;
    const found = workloads.flatMap(({ workload, pods }) =>
      (byWorkload.get(workload) ?? []).filter(
        (unit) => pods === undefined || unit.pods.some(({ name }) => pods.includes(name)),
      ),
    );
    return Bits.of(found.map(({ index }) => index));
  }
}

/** The world as if IP blocks covered no pods but those that they surely cover. */
function outsideBlocks({ index, peers, ports, pool, engine }: World): RowSource {
  const rows = new RowBuilder(index, peers, ports, pool, engine, ({ peers: read = [], says }, i) => {
    const { actual, by } = read[i] as (typeof read)[number];
    if (says?.peers?.[i]?.kind !== 'addresses' || by.length > 0) {
      return actual;
    }
    const { sure, possible } = actual.units;
    // On its node's network a pod has an address of its node.
    return { ...actual, units: new Bounds(sure, sure.or(possible.and(index.hosts))) };
  });
  return { index, pool, rows };
}
