import { compare } from '../model/collections';
import { defined } from '../model/defined';
import type { IpSet } from '../model/ip-set';
import type { PolicyType } from '../model/network-policy';
import type { PodSet } from '../model/pod-set';
import { PortSet } from '../model/port-set';
import { anyOf } from '../model/tristate';
import { policyReference } from '../reachability/answers/references';
import type { RuleReference } from '../reachability/answers/verdict';
import type { JudgedPolicy, JudgedRule } from '../reachability/reading/judged-policy';
import type { Bits } from '../reachability/sets/bits';
import { type PortTable, UNKNOWN_PORTS } from '../reachability/sets/units';
import { type Cause, describeCause } from './cause';
import type { Cells } from './cells';
import type { PortChange } from './port-change';
import type { PossibleSides } from './possible-sides';
import type { CellClass, ComparedSide, Standing, Standings, VersionName, Versions } from './side';

/** The other end of connections, in a row: cells, addresses, or pods that no manifest tells of. */
export type Others =
  | { readonly units: Bits; readonly addresses?: never; readonly possible?: never }
  | { readonly units?: never; readonly addresses: IpSet; readonly possible?: never }
  | { readonly units?: never; readonly addresses?: never; readonly possible: PodSet };

/** One direction of a row: whose policies are asked, and about whom. */
export interface AskedOfSide {
  readonly side: ComparedSide;
  readonly of: readonly (CellClass | Standings)[];
  readonly others: Others;
}

/** Finds the policies and rules that are responsible for what changes in a row. */
export class CauseFinder {
  public constructor(
    private readonly versions: Versions,
    private readonly cells: Cells,
    /** Undefined where only known pods count. */
    private readonly possible: Pick<PossibleSides, 'changesOf'> | undefined,
  ) {}

  /** @param row how the ports of the row change */
  public find(row: PortChange, asked: readonly AskedOfSide[]): Cause[] {
    const found = new Map<string, Cause>();
    for (const { side, of, others } of asked) {
      for (const each of of) {
        if (!('isSame' in each && each.isSame)) {
          if (!row.unknown.isEmpty) {
            for (const { cause, key } of unjudgedOf(side.direction, each)) {
              found.set(key, cause);
            }
          }
          for (const { cause, key } of this.ofSide(row, side, each, others)) {
            found.set(key, cause);
          }
        }
      }
    }
    withoutUnchanged(found);
    return [...found].sort(([a], [b]) => compare(a, b)).map(([, cause]) => cause);
  }

  private *ofSide(row: PortChange, side: ComparedSide, standings: CellClass | Standings, others: Others) {
    const { direction } = side;
    if (others.possible !== undefined) {
      const { space } = this.versions.after.world.possible;
      const changes = (this.possible?.changesOf(standings) ?? []).filter(({ set }) =>
        space.overlap(set, others.possible),
      );
      const among = (ports: PortSet, of: (change: PortChange) => PortSet) =>
        changes.reduce((sum, change) => sum.or(of(change.ports)), PortSet.NONE).and(ports);
      const unknown = among(row.unknown, ({ opened, closed, unknown }) => opened.or(closed).or(unknown));
      const opened = among(row.opened, (change) => change.opened).or(unknown);
      const closed = among(row.closed, (change) => change.closed).or(unknown);
      yield* this.responsible('before', 'after', direction, standings, others, opened);
      yield* this.responsible('after', 'before', direction, standings, others, closed);
      return;
    }
    const { addresses, units } = 'row' in standings ? standings.row : side.build(standings);
    const parts = others.units === undefined ? addresses : units;
    for (const { set, ports } of parts as readonly { set: SetOf; ports: PortChange }[]) {
      const met = meet(set, others);
      if (met === undefined) {
        continue;
      }
      // A side opens what it denied before, and closes what it denies now.
      const opened = row.opened.without(ports.before.possible);
      const closed = row.closed.without(ports.after.possible);
      const unknown = ports.isChange ? row.unknown : PortSet.NONE;
      yield* this.responsible('before', 'after', direction, standings, met, opened.or(unknown));
      yield* this.responsible('after', 'before', direction, standings, met, closed.or(unknown));
    }
  }

  /**
   * Why one version lets through what another does not: by its rules or, if nothing isolates there, because of
   * the policies that isolate in the other version; and because of the rules that deny there.
   */
  private *responsible(
    shut: VersionName,
    open: VersionName,
    direction: PolicyType,
    standings: Standings,
    met: Others,
    ports: PortSet,
  ) {
    const standing = standings[open];
    const other = standings[shut];
    if (ports.isEmpty || standing === undefined) {
      return;
    }
    yield* this.speaking('deny', shut, direction, other, met, ports);
    // That a policy which is not judged may isolate is told by itself.
    const isolated = anyOf(
      standing.group.selections.map(({ policy, isolates }) =>
        policy.unjudged === undefined ? isolates : 'no',
      ),
    );
    if (isolated === 'no') {
      yield* this.isolating(shut, direction, other);
      return;
    }
    if (isolated === 'unknown') {
      yield* this.isolating(open, direction, standing);
    }
    yield* this.speaking('allow', open, direction, standing, met, ports);
  }

  /** The rules of one version that allow or deny some ports. */
  private *speaking(
    action: 'allow' | 'deny',
    version: VersionName,
    direction: PolicyType,
    standing: Standing | undefined,
    met: Others,
    ports: PortSet,
  ) {
    for (const { selection, rule } of standing?.group.rules ?? []) {
      const match =
        standing !== undefined && rule.action === action && rule.says !== undefined
          ? this.match(version, direction, standing, rule, met, ports)
          : undefined;
      if (match !== undefined) {
        const [surely, perhaps] = DOES[action];
        const does = match.isSure && selection.holds === 'yes' ? surely : perhaps;
        yield told({ version, does, rule: this.reference(selection.policy, direction, rule, match) });
      }
    }
  }

  private *isolating(version: VersionName, direction: PolicyType, standing: Standing | undefined) {
    for (const { policy, isolates } of standing?.group.selections ?? []) {
      if (isolates !== 'no' && policy.unjudged === undefined) {
        const does = isolates === 'yes' ? ('isolates' as const) : ('may isolate' as const);
        yield told({ version, does, direction, policy: policyReference(policy) });
      }
    }
  }

  private match(
    version: VersionName,
    direction: PolicyType,
    { table }: Standing,
    { peers, ports: entries }: JudgedRule,
    met: Others,
    asked: PortSet,
  ): Match | undefined {
    const { world } = this.versions[version];
    const meant = peers?.findIndex((_, i) => this.means(version, peers, i, met, 'possible'));
    if (meant === -1) {
      return undefined;
    }
    const tables = direction === 'Ingress' ? [table] : this.tablesOf(version, met);
    const openedBy = (entry: (typeof entries & object)[number]) =>
      world.pool.union(tables, (each) => world.ports.openOn(entry.actual, each));
    const opened = entries === undefined ? world.pool.all : world.pool.union(entries, openedBy);
    if (!opened.possible.overlaps(asked)) {
      return undefined;
    }
    return {
      peer: meant,
      port: entries?.findIndex((entry) => openedBy(entry).possible.overlaps(asked)),
      ports: opened.possible,
      isSure:
        opened.sure.overlaps(asked) &&
        (peers === undefined || peers.some((_, i) => this.means(version, peers, i, met, 'sure'))),
    };
  }

  /** Whether one peer of a rule means some of the others. */
  private means(
    version: VersionName,
    peers: NonNullable<JudgedRule['peers']>,
    peer: number,
    met: Others,
    bound: 'sure' | 'possible',
  ): boolean {
    const { units, addresses } = (peers[peer] as (typeof peers)[number]).actual;
    if (met.possible !== undefined) {
      const { possible } = this.versions[version].world;
      return possible.space.overlaps(possible.meant(peers[peer]).actual[bound], met.possible);
    }
    return met.units === undefined
      ? addresses[bound].overlaps(met.addresses)
      : this.cells.from(version, units[bound]).overlaps(met.units);
  }

  /** The port tables of the destinations. */
  private tablesOf(version: VersionName, { units, possible }: Others): readonly (PortTable | undefined)[] {
    if (possible !== undefined) {
      return [UNKNOWN_PORTS];
    }
    return units === undefined
      ? [undefined]
      : [...new Set(units.toArray().map((cell) => this.cells.list[cell]?.[version]?.ports))];
  }

  private reference(
    policy: JudgedPolicy,
    direction: PolicyType,
    rule: JudgedRule,
    { peer, port, ports }: Match,
  ): RuleReference {
    return {
      ...policyReference(policy),
      direction,
      rule: rule.index,
      ...defined({ peer, port }),
      ports,
    };
  }
}

/** The policies that are not judged and may decide; each once, as it is in the version after. */
function* unjudgedOf(direction: PolicyType, { before, after }: Standings) {
  const selections = { before: before?.group.selections ?? [], after: after?.group.selections ?? [] };
  const seen = new Set<string>();
  for (const version of ['after', 'before'] as const) {
    for (const { policy, holds } of selections[version]) {
      const reference = policyReference(policy);
      const name = `${reference.kind} ${reference.policy}`;
      if (
        policy.unjudged !== undefined &&
        policy.unjudged.says === undefined &&
        holds !== 'no' &&
        !seen.has(name)
      ) {
        seen.add(name);
        yield told({ version, does: 'may decide', direction, policy: reference });
      }
    }
  }
}

const DOES = { allow: ['allows', 'may allow'], deny: ['denies', 'may deny'] } as const;

/** What both versions say in the same words decides nothing. */
function withoutUnchanged(found: Map<string, Cause>): void {
  const before = new Map<string, string>();
  for (const [key, cause] of found) {
    if (cause.version === 'before') {
      before.set(meaning(cause), key);
    }
  }
  for (const [key, cause] of found) {
    const twin = cause.version === 'after' ? before.get(meaning(cause)) : undefined;
    if (twin !== undefined) {
      found.delete(key);
      found.delete(twin);
    }
  }
}

/** All but where it stands: a file that moved is the same. */
function meaning({ version, ...rest }: Cause): string {
  return JSON.stringify(rest, (key, value) => (key === 'source' ? undefined : value));
}

type SetOf = Bits | IpSet;

interface Match {
  readonly peer: number | undefined;
  readonly port: number | undefined;
  readonly ports: PortSet;
  readonly isSure: boolean;
}

function meet(set: SetOf, others: Exclude<Others, { possible: PodSet }>): Others | undefined {
  if (others.units === undefined) {
    const addresses = (set as IpSet).and(others.addresses);
    return addresses.isEmpty ? undefined : { addresses };
  }
  const units = (set as Bits).and(others.units);
  return units.isEmpty ? undefined : { units };
}

function told(cause: Cause): { readonly cause: Cause; readonly key: string } {
  return { cause, key: `${describeCause(cause)} ${'rule' in cause ? cause.rule.ports : ''}` };
}
