import { append, remember, remembered } from '../../model/collections';
import { Nearby } from '../../model/nearby';
import type { PolicyType } from '../../model/network-policy';
import { PodSet } from '../../model/pod-set';
import type { Tristate } from '../../model/tristate';
import type { JudgedRule } from '../reading/judged-policy';
import type { PossibleReader, PossiblyMeant } from '../reading/possible-reader';
import type { ReadPeer } from '../reading/read-peers';
import type { PortReader } from '../reading/rule-ports';
import type { Bits } from '../sets/bits';
import type { PortBounds } from '../sets/port-bounds';
import type { PortPart } from '../sets/port-map';
import { type PortTable, UNKNOWN_PORTS } from '../sets/units';
import { fold, portTraffic } from './fold-tiers';
import type { Group } from './groups';
import type { RowSource } from './rows';
import { type HeldRule, type LevelOfRules, levelOfRules, type TierOfRules } from './selection';

/** A set of possible pods, and the ports that a group leaves open with them. */
export interface PossiblePart {
  readonly set: PodSet;
  readonly ports: PortBounds;
}

/** What groups leave open with possible pods. */
export class PossibleRows {
  private readonly rows = new ByGroup<readonly PossiblePart[]>();
  private readonly meanings = new Map<JudgedRule, PossiblyMeant>();
  private readonly parties = new Map<JudgedRule, readonly PodSet[]>();
  private readonly allParts = new ByGroup<readonly PossiblePart[]>();

  /** @param reader tells whom rules mean */
  public constructor(
    private readonly world: Pick<RowSource, 'pool' | 'rows'> & { readonly ports: PortReader },
    public readonly reader: PossibleReader,
  ) {}

  /** The parts of a group, without those that another part says. A pod has the ports of all parts that it fits. */
  public row(group: Group, table: PortTable): readonly PossiblePart[] {
    const parts = this.parts(group, table);
    return parts.length < 2 ? parts : this.rows.remember(group, table, () => this.withoutRepeated(parts));
  }

  private withoutRepeated(parts: readonly PossiblePart[]): readonly PossiblePart[] {
    const nearby = partsNearby(parts);
    return parts.filter((part) => {
      const near = this.near(part.set, nearby);
      const own = near.indexOf(part);
      return !near.some((other, i) => i !== own && this.says(other, part, i < own));
    });
  }

  /** One part for each set that rules of a group speak of. */
  public parts(group: Group, table: PortTable): readonly PossiblePart[] {
    return this.allParts.remember(group, table, () => {
      const candidates = this.candidates(group);
      return candidates.length === 0 ? NO_PARTS : this.openWith(candidates, group, table);
    });
  }

  /** The ports that a group leaves open with any possible pod. */
  public forAnybody(group: Group, table: PortTable): PortBounds {
    const { all, none } = this.world.pool;
    return group.tiers.length === 0
      ? all
      : (this.parts(group, table).find(({ set }) => set.isAny)?.ports ?? none);
  }

  /** The possible pods that rules of a group mean, or may. */
  public setsOf({ rules }: Group): readonly PodSet[] {
    return rules.flatMap(({ rule }) => this.meantBy(rule).possible);
  }

  /** The ports that a group leaves open with pods of a set. */
  public open(group: Group, table: PortTable, set: PodSet, quantifier: 'all' | 'some'): PortBounds {
    return this.opened(group, table, set, (held) => this.means(held.rule, set, quantifier === 'all'));
  }

  /** @param meant whether a rule means the set */
  private opened(
    group: Group,
    table: PortTable,
    set: PodSet,
    meant: (held: HeldRule) => Tristate,
  ): PortBounds {
    const { pool } = this.world;
    if (group.tiers.length === 0) {
      return pool.all;
    }
    return fold(
      this.tiersNear(group, set),
      portTraffic(pool, (held) => {
        const means = meant(held);
        if (means === 'no') {
          return pool.none;
        }
        const ports = this.portsOf(held.rule, group.direction, table);
        return means === 'yes' && held.selection.holds === 'yes' ? ports : pool.inDoubt(ports);
      }),
    );
  }

  /** The rules of which it is unknown whether they speak of a set, or on which ports. */
  public doubtful(group: Group, table: PortTable, set: PodSet): readonly HeldRule[] {
    return this.near(set, this.rulesNearby(group)).filter((held) => {
      const means = this.means(held.rule, set, true);
      const ports = this.portsOf(held.rule, group.direction, table);
      return (
        means !== 'no' &&
        (means === 'unknown' || held.selection.holds !== 'yes' || ports.sure !== ports.possible)
      );
    });
  }

  /** What a group of possible pods leaves open with some known units. */
  public withUnits(group: Group, units: Bits): readonly PortPart<Bits>[] {
    const { pool, rows } = this.world;
    // Mostly no policy is about all of the pods.
    return group.tiers.length === 0
      ? [{ set: units, ports: pool.all }]
      : rows.row(group, UNKNOWN_PORTS).units.map(({ set, ports }) => ({ set: set.and(units), ports }));
  }

  /**
   * Whether a rule speaks of a set. An allow rule has to mean all of it if `isAll`, else some of it. Another rule has
   * to mean all of it; if `isAll`, one that means some of it is in doubt.
   */
  public means(rule: JudgedRule, set: PodSet, isAll: boolean): Tristate {
    return this.speaksOf(this.meantBy(rule), rule.action, set, isAll);
  }

  /** The same for one entry of a rule. */
  public isMeant(
    peer: ReadPeer | undefined,
    action: JudgedRule['action'],
    set: PodSet,
    isAll: boolean,
  ): Tristate {
    return this.speaksOf(this.reader.meant(peer).actual, action, set, isAll);
  }

  private speaksOf(
    { sure, possible }: PossiblyMeant,
    action: JudgedRule['action'],
    set: PodSet,
    isAll: boolean,
  ): Tristate {
    const { space } = this.reader;
    if (action === 'allow' && !isAll) {
      return space.overlaps(sure, set)
        ? 'yes'
        : possible !== sure && space.overlaps(possible, set)
          ? 'unknown'
          : 'no';
    }
    if (space.covers(sure, set)) {
      return 'yes';
    }
    const may =
      action === 'allow' || !isAll
        ? possible !== sure && space.covers(possible, set)
        : space.overlaps(possible, set);
    return may ? 'unknown' : 'no';
  }

  /** Whether a part says what another does; of two parts that say the same, only the first does. */
  private says(wide: PossiblePart, narrow: PossiblePart, isFirst: boolean): boolean {
    const { pool } = this.world;
    return (
      this.reader.space.covers([wide.set], narrow.set) &&
      pool.and(wide.ports, narrow.ports) === narrow.ports &&
      (isFirst || wide.ports !== narrow.ports || !this.reader.space.covers([narrow.set], wide.set))
    );
  }

  /** Rules without parts of their own speak of pods of known controllers alone, and open nothing here. */
  private openWith(sets: readonly PodSet[], group: Group, table: PortTable): readonly PossiblePart[] {
    const parts: PossiblePart[] = [];
    for (const set of sets) {
      const ports = this.opened(group, table, set, (held) =>
        this.partiesIn(held.rule).length === 0 ? 'no' : this.means(held.rule, set, true),
      );
      if (ports !== this.world.pool.none) {
        parts.push({ set, ports });
      }
    }
    return parts;
  }

  /** The tiers of a group, only with rules that may speak of pods of a set. */
  private tiersNear(group: Group, set: PodSet): readonly TierOfRules[] {
    const near = this.near(set, this.rulesNearby(group));
    if (near === group.rules) {
      return group.tiers;
    }
    const levels = this.levelsOf(group);
    const met = new Map<LevelOfRules | undefined, HeldRule[]>();
    for (const held of near) {
      append(met, levels.get(held), held);
    }
    return group.tiers.map(({ isolated, levels }) => ({
      isolated,
      levels: levels.map((level) => levelOfRules(met.get(level) ?? [])),
    }));
  }

  /** The level of each rule of a group. */
  private readonly levelsOf = remembered(
    ({ tiers }: Group) =>
      new Map(
        tiers.flatMap(({ levels }) =>
          levels.flatMap((level) =>
            [...level.allow, ...level.deny, ...level.pass].map((held) => [held, level] as const),
          ),
        ),
      ),
  );

  private readonly rulesNearby = remembered(
    ({ rules }: Group) =>
      new Nearby(rules, ({ rule }) => {
        const { sure, possible } = this.meantBy(rule);
        return sure === possible ? sure : [...sure, ...possible];
      }),
  );

  /** The things about pods of a set; all of them for a set that can have no pod, because each covers it. */
  private near<T>(set: PodSet, nearby: Nearby<T>): readonly T[] {
    return this.reader.space.isPossible(set) ? nearby.to(set) : nearby.all;
  }

  private candidates({ selections, isolated }: Group): readonly PodSet[] {
    const found = new Set(isolated === 'yes' ? [] : [PodSet.ANY]);
    for (const { rules } of selections) {
      for (const { rule } of rules) {
        for (const party of this.partiesIn(rule)) {
          found.add(party);
        }
      }
    }
    return [...found];
  }

  private meantBy(rule: JudgedRule): PossiblyMeant {
    const { peers = [undefined] } = rule;
    if (peers.length === 1) {
      return this.reader.meant(peers[0]).actual;
    }
    return remember(this.meanings, rule, () => {
      const all = peers.map((peer) => this.reader.meant(peer).actual);
      const sure = all.flatMap((each) => each.sure);
      const isExact = all.every((each) => each.sure === each.possible);
      return { sure, possible: isExact ? sure : all.flatMap((each) => each.possible) };
    });
  }

  /** The parts that the peers of a rule mean. */
  private partiesIn(rule: JudgedRule): readonly PodSet[] {
    const { peers } = rule;
    if (peers === undefined) {
      return ANYBODY;
    }
    const [first] = peers;
    return first !== undefined && peers.length === 1
      ? this.reader.partiesOfPeer(first)
      : remember(this.parties, rule, () => peers.flatMap((peer) => this.reader.partiesOfPeer(peer)));
  }

  private portsOf({ ports }: JudgedRule, direction: PolicyType, table: PortTable): PortBounds {
    return this.world.ports.opened(ports, direction === 'Ingress' ? table : UNKNOWN_PORTS);
  }
}

export const partsNearby = remembered(
  (parts: readonly PossiblePart[]) => new Nearby(parts, ({ set }) => [set]),
);

const NO_PARTS: readonly PossiblePart[] = [];
const ANYBODY: readonly PodSet[] = [PodSet.ANY];

/** Remembers a value for each group; for a group that depends on port tables, one for each table. */
class ByGroup<T> {
  private readonly known = new Map<Group, T>();
  private readonly byTable = new Map<Group, Map<number, T>>();

  public remember(group: Group, table: PortTable, compute: () => T): T {
    return group.dependsOn(table)
      ? remember(
          remember(this.byTable, group, () => new Map<number, T>()),
          table.id,
          compute,
        )
      : remember(this.known, group, compute);
  }
}
