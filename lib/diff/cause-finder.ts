import { compare } from '../model/collections';
import { defined } from '../model/defined';
import type { IpSet } from '../model/ip-set';
import type { PolicyType } from '../model/network-policy';
import type { PodSet } from '../model/pod-set';
import { PortSet } from '../model/port-set';
import { anyOf } from '../model/tristate';
import { policyReference } from '../reachability/answers/references';
import type { RuleReference } from '../reachability/answers/verdict';
import { meansName } from '../reachability/judging/named-hosts';
import type { JudgedRule } from '../reachability/reading/judged-policy';
import type { ReadPeer } from '../reachability/reading/read-peers';
import type { Bits } from '../reachability/sets/bits';
import { type PortTable, UNKNOWN_PORTS } from '../reachability/sets/units';
import { type Cause, describeCause } from './cause';
import type { Cells, VersionName } from './cells';
import { type PortChange, portsOf } from './port-change';
import type { PossibleSides } from './possible-sides';
import type { CellClass, ComparedSide, Standing, Standings, Versions } from './side';

/** The other end of a row: cells, addresses, possible pods or a host. */
export type OtherEnd =
  | { readonly units: Bits; readonly addresses?: never; readonly possible?: never; readonly host?: never }
  | { readonly units?: never; readonly addresses: IpSet; readonly possible?: never; readonly host?: never }
  | { readonly units?: never; readonly addresses?: never; readonly possible: PodSet; readonly host?: never }
  | { readonly units?: never; readonly addresses?: never; readonly possible?: never; readonly host: string };

/** One direction of a row: whose policies are asked (`of`), and about whom (`others`). */
export interface AskedOfSide {
  readonly side: ComparedSide;
  readonly of: readonly (CellClass | Standings)[];
  readonly others: OtherEnd;
}

/** Finds the policies and rules that are responsible for the change in a row. */
export class CauseFinder {
  public constructor(
    private readonly versions: Versions,
    private readonly cells: Cells,
    /** Undefined if only known pods count. */
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
    deleteUnchanged(found);
    return [...found].sort(([a], [b]) => compare(a, b)).map(([, cause]) => cause);
  }

  private *ofSide(row: PortChange, side: ComparedSide, standings: CellClass | Standings, others: OtherEnd) {
    if (others.possible !== undefined) {
      const { space } = this.versions.after.world.possible;
      const changes = (this.possible?.changesOf(standings) ?? []).filter(({ set }) =>
        space.overlap(set, others.possible),
      );
      const among = (ports: PortSet, of: (change: PortChange) => PortSet) =>
        PortSet.union(changes.map((change) => of(change.ports))).and(ports);
      const unknown = among(row.unknown, portsOf);
      const opened = among(row.opened, (change) => change.opened).or(unknown);
      const closed = among(row.closed, (change) => change.closed).or(unknown);
      yield* this.responsible(standings, others, opened, closed);
      return;
    }
    if (others.host !== undefined) {
      yield* this.responsible(standings, others, row.opened.or(row.unknown), row.closed.or(row.unknown));
      return;
    }
    const { addresses, units } = 'row' in standings ? standings.row : side.build(standings);
    const parts = others.units === undefined ? addresses : units;
    for (const { set, ports } of parts as readonly { set: SetOf; ports: PortChange }[]) {
      const met = meet(set, others);
      if (met !== undefined) {
        // A side opens what it denied before, and closes what it denies now.
        const opened = row.opened.without(ports.before.possible);
        const closed = row.closed.without(ports.after.possible);
        const unknown = ports.isChange ? row.unknown : PortSet.NONE;
        yield* this.responsible(standings, met, opened.or(unknown), closed.or(unknown));
      }
    }
  }

  private *responsible(standings: Standings, met: OtherEnd, opened: PortSet, closed: PortSet) {
    yield* this.letsThrough(standings, { shut: 'before', open: 'after' }, met, opened);
    yield* this.letsThrough(standings, { shut: 'after', open: 'before' }, met, closed);
  }

  /**
   * Why one version (`open`) lets through what the other (`shut`) does not: because of the rules that deny there, and
   * of the rules that allow here or, if nothing isolates here, of the policies that isolate there.
   */
  private *letsThrough(
    standings: Standings,
    { shut, open }: Readonly<Record<'shut' | 'open', VersionName>>,
    met: OtherEnd,
    ports: PortSet,
  ) {
    const standing = standings[open];
    if (ports.isEmpty || standing === undefined) {
      return;
    }
    yield* this.speaking('deny', shut, standings[shut], met, ports);
    // Policies that are not judged have causes of their own.
    const isolated = anyOf(
      standing.group.selections.map(({ policy, isolates }) =>
        policy.unjudged === undefined ? isolates : 'no',
      ),
    );
    if (isolated === 'no') {
      yield* isolating(shut, standings[shut]);
      return;
    }
    if (isolated === 'unknown') {
      yield* isolating(open, standing);
    }
    yield* this.speaking('allow', open, standing, met, ports);
  }

  /** The rules of a version that allow or deny some ports. */
  private *speaking(
    action: 'allow' | 'deny',
    version: VersionName,
    standing: Standing | undefined,
    met: OtherEnd,
    ports: PortSet,
  ) {
    if (standing === undefined) {
      return;
    }
    const { direction, rules } = standing.group;
    for (const { selection, rule } of rules.filter(({ rule: each }) => each.action === action)) {
      const match = rule.says && this.match(version, standing, rule, met, ports);
      if (match !== undefined) {
        const { isSure, ...place } = match;
        const [surely, perhaps] = DOES[action];
        const does = isSure && selection.holds === 'yes' ? surely : perhaps;
        const policy = policyReference(selection.policy);
        yield told({ version, does, rule: { ...policy, direction, rule: rule.index, ...place } });
      }
    }
  }

  private match(
    version: VersionName,
    standing: Standing,
    { peers, ports: entries }: JudgedRule,
    met: OtherEnd,
    asked: PortSet,
  ): Match | undefined {
    const {
      group: { direction },
      table,
    } = standing;
    const { world } = this.versions[version];
    const means = (each: ReadPeer, bound: 'sure' | 'possible') =>
      met.host === undefined
        ? this.means(version, each, met, bound)
        : this.meansHost(version, standing, each, met.host, bound);
    const peer = peers?.findIndex((each) => means(each, 'possible'));
    if (peer === -1) {
      return undefined;
    }
    const tables = direction === 'Ingress' ? [table] : this.tablesOf(version, met);
    const openedBy = (entry: (typeof entries & object)[number]) =>
      world.pool.union(tables, (each) => world.ports.openOn(entry.actual, each));
    const opened = entries === undefined ? world.pool.all : world.pool.union(entries, openedBy);
    if (!opened.possible.overlaps(asked)) {
      return undefined;
    }
    const port = entries?.findIndex((entry) => openedBy(entry).possible.overlaps(asked));
    return {
      ...defined({ peer, port }),
      ports: opened.possible,
      isSure:
        opened.sure.overlaps(asked) && (peers === undefined || peers.some((each) => means(each, 'sure'))),
    };
  }

  private meansHost(
    version: VersionName,
    { group }: Standing,
    peer: ReadPeer,
    host: string,
    bound: 'sure' | 'possible',
  ): boolean {
    const { names, world } = this.versions[version];
    const means = meansName(peer, names.point(host, group), world.engine.manyLabels);
    return bound === 'sure' ? means === 'yes' : means !== 'no';
  }

  /** Whether a peer of a rule means some of the others. */
  private means(
    version: VersionName,
    peer: ReadPeer,
    met: Exclude<OtherEnd, { host: string }>,
    bound: 'sure' | 'possible',
  ): boolean {
    // Hosts are told by themselves.
    if (peer.says.kind === 'name') {
      return false;
    }
    const { units, addresses } = peer.actual;
    if (met.possible !== undefined) {
      const { possible } = this.versions[version].world;
      return possible.space.overlaps(possible.meant(peer).actual[bound], met.possible);
    }
    return met.units === undefined
      ? addresses[bound].overlaps(met.addresses)
      : this.cells.from(version, units[bound]).overlaps(met.units);
  }

  /** The port tables of the others. */
  private tablesOf(version: VersionName, { units, possible }: OtherEnd): readonly (PortTable | undefined)[] {
    if (possible !== undefined) {
      return [UNKNOWN_PORTS];
    }
    return units === undefined
      ? [undefined]
      : [...new Set(units.toArray().map((cell) => this.cells.list[cell]?.[version]?.ports))];
  }
}

function* isolating(version: VersionName, standing: Standing | undefined) {
  if (standing === undefined) {
    return;
  }
  const { direction, selections } = standing.group;
  for (const { policy, isolates } of selections) {
    if (isolates !== 'no' && policy.unjudged === undefined) {
      const does = isolates === 'yes' ? ('isolates' as const) : ('may isolate' as const);
      yield told({ version, does, direction, policy: policyReference(policy) });
    }
  }
}

/** The policies that are not judged and may decide; each once, from the version after if it is there. */
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

/** Deletes what both versions say in the same words, because it decides nothing. */
function deleteUnchanged(found: Map<string, Cause>): void {
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

/** Everything but the source: a file may move. */
function meaning({ version, ...rest }: Cause): string {
  return JSON.stringify(rest, (key, value) => (key === 'source' ? undefined : value));
}

type SetOf = Bits | IpSet;

interface Match extends Pick<RuleReference, 'peer' | 'port' | 'ports'> {
  readonly isSure: boolean;
}

function meet(
  set: SetOf,
  others: Exclude<OtherEnd, { possible: PodSet } | { host: string }>,
): OtherEnd | undefined {
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
