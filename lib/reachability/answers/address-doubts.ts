import type { Workload } from '../../model/cluster';
import { append, remember } from '../../model/collections';
import { alikeAmong } from '../judging/alike';
import { betweenUnits } from '../judging/between-units';
import type { Group, Row } from '../judging/groups';
import type { JudgedCluster } from '../judging/judged-cluster';
import { type Judging, RowBuilder } from '../judging/rows';
import type { World } from '../judging/world';
import type { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import type { Unit } from '../sets/units';
import type { Connection, Party } from './parties';

/**
 * Tells which connections of known workloads are unknown only because IP blocks may cover pods whose addresses nothing
 * tells: `podCidrs` of the profile answer that.
 */
export class AddressDoubts {
  private readonly units = new Map<Workload, Unit[]>();
  private readonly outside: Judging;

  public constructor(private readonly judged: JudgedCluster) {
    this.outside = outsideBlocks(judged.world);
    for (const unit of judged.world.index.units) {
      append(this.units, unit.workload, unit);
    }
  }

  public explain({ from, to, ports, verdict }: Connection): boolean {
    const { world, groupings } = this.judged;
    if (verdict !== 'unknown' || from.workloads === undefined || to.workloads === undefined) {
      return false;
    }
    if (world.engine.knowsPodRange) {
      return false;
    }
    const [senders, receivers] = [this.unitsOf(from), this.unitsOf(to)];
    const near = {
      Ingress: alikeAmong(world, groupings.Ingress, receivers),
      Egress: alikeAmong(world, groupings.Egress, senders),
    };
    return [...betweenUnits(this.outside, near, receivers)].every(
      (open) => open.verdict !== 'unknown' || !open.ports.overlaps(ports),
    );
  }

  private unitsOf({ workloads = [] }: Party): Bits {
    const found = workloads.flatMap(({ workload, pods }) =>
      (this.units.get(workload) ?? []).filter(
        (unit) => pods === undefined || unit.pods.some(({ name }) => pods.includes(name)),
      ),
    );
    return this.judged.world.index.set(found.map(({ index }) => index));
  }
}

/** A world whose pods lie in no IP block but those that they surely lie in. */
function outsideBlocks({ index, peers, ports, pool, engine }: World): Judging {
  const known = new Map<Group, Map<number, Row>>();
  const rows = new RowBuilder(index, peers, ports, pool, engine, {
    rowsOf: (group) => remember(known, group, () => new Map()),
    meant: ({ peers: read = [], says }, i) => {
      const { actual, by } = read[i] as (typeof read)[number];
      if (says?.peers?.[i]?.kind !== 'addresses' || by.length > 0) {
        return actual;
      }
      const { sure, possible } = actual.units;
      // On its node's network a pod has an address of its node.
      return { ...actual, units: new Bounds(sure, sure.or(possible.and(index.hosts))) };
    },
  });
  return { index, pool, rows };
}
