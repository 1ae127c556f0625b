import { append } from '../model/append';
import type { Workload } from '../model/cluster';
import { remember } from '../model/remember';
import { alikeAmong } from './alike';
import { betweenUnits } from './between-units';
import type { Bits } from './bits';
import { Bounds } from './bounds';
import type { Connection } from './connections';
import type { Group } from './groups';
import type { JudgedCluster } from './judged-cluster';
import type { Party } from './parties';
import { type Judging, type Row, RowBuilder } from './rows';
import type { Unit } from './units';
import type { World } from './world';

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
