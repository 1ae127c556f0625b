import type { HeldRule } from '../reachability/judging/selection';
import type { VersionName } from './cells';
import { textOfDoubt, textOfDoubts, textOfIsolation } from './doubt-terms';
import { type PortChange, type PortChanges, portsOf } from './port-change';
import type { Standing, Standings, Versions, WithoutUnjudged } from './side';

/** What changes with a host that rules name. */
export interface HostChange {
  readonly host: string;
  readonly ports: PortChange;
}

/** Compares what is open to hosts by their names: to those that a rule of either version names. */
export class HostChanges {
  private knownAltered: boolean | undefined;

  public constructor(
    private readonly versions: Versions,
    private readonly changes: PortChanges,
    private readonly withoutUnjudged: WithoutUnjudged,
  ) {}

  /** Whether other pods may have other names looked up than before. */
  public get areLookUpsAltered(): boolean {
    const { before, after } = this.versions;
    this.knownAltered ??= before.names.lookUps.key !== after.names.lookUps.key;
    return this.knownAltered;
  }

  /**
   * What changes for those who send.
   *
   * @param isSame whether nothing that concerns them changes; what other pods have looked up still may
   */
  public of(standings: Standings & { readonly isSame?: boolean }): readonly HostChange[] {
    const hosts = new Set(
      (['before', 'after'] as const).flatMap((version) => {
        const group = standings[version]?.group;
        return group === undefined ? [] : this.versions[version].names.namesIn(group);
      }),
    );
    if (hosts.size === 0 || (standings.isSame === true && !this.areLookUpsAltered)) {
      return [];
    }
    const rest = this.withoutUnjudged.of(standings);
    return [...hosts]
      .map((host) => {
        const hidden = rest === undefined ? undefined : portsOf(this.portsOf(host, rest));
        const ports = this.portsOf(host, standings, hidden);
        return { host, ports: ports.isChange ? ports : this.ifLookedUp(host, standings, ports) };
      })
      .filter(({ ports }) => ports.isChange);
  }

  private portsOf(host: string, standings: Standings, hidden?: PortChange['unknown']): PortChange {
    const [was, is] = [this.open('before', host, standings), this.open('after', host, standings)];
    const isSame = this.doubts('before', host, standings) === this.doubts('after', host, standings);
    const doubts = isSame ? hidden : was.possible.or(is.possible);
    return this.changes.of(was, is, doubts);
  }

  /** What changes with a host that nobody looks up, in case that somebody does: by a policy that is not told here. */
  private ifLookedUp(host: string, { before, after }: Standings, ports: PortChange): PortChange {
    const open = (version: VersionName, standing: Standing | undefined) => {
      const { world, names } = this.versions[version];
      return standing === undefined
        ? world.pool.none
        : names.lookUps.of(host, standing.group).holds === 'no'
          ? names.open(host, standing.group, { holds: 'unknown' })
          : names.open(host, standing.group);
    };
    return this.changes.of(open('before', before), open('after', after), ports.doubtsDiffer);
  }

  private open(version: VersionName, host: string, standings: Standings) {
    const { world } = this.versions[version];
    const group = standings[version]?.group;
    return group === undefined ? world.pool.none : this.versions[version].names.open(host, group);
  }

  /** The same text if the same is unknown. */
  private doubts(version: VersionName, host: string, standings: Standings): string {
    const group = standings[version]?.group;
    if (group === undefined) {
      return '';
    }
    const own = standings.isAltered === true ? version : '';
    const rules = this.versions[version].names.doubtful(host, group);
    return textOfDoubts([
      textOfIsolation(group, own),
      ...rules.map((held) => this.textOf(version, held, own)),
    ]);
  }

  /** Of addresses it does not matter how a kind of policy writes them. */
  private textOf(version: VersionName, held: HeldRule, own: string): string {
    const { selection, rule } = held;
    if (selection.holds !== 'yes') {
      return textOfDoubt(held, own);
    }
    const { tier, priority } = selection.policy.level;
    const peers = rule.peers?.map(({ says, actual: { addresses } }) =>
      says.kind === 'name' ? says.name : `${addresses.sure.key}|${addresses.possible.key}`,
    );
    const { sure, possible } = this.versions[version].world.ports.opened(rule.ports, undefined);
    return `${tier} ${priority} ${rule.action} ${peers?.sort()} ${sure.key}|${possible.key}`;
  }
}
