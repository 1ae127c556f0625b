import { remembered } from '../../model/collections';
import { IpSet } from '../../model/ip-set';
import { namesHosts } from '../../model/named-host';
import { allOf, anyOf, type Tristate } from '../../model/tristate';
import type { JudgedPolicy, JudgedRule } from '../reading/judged-policy';
import type { ReadPeer } from '../reading/read-peers';
import type { PortBounds } from '../sets/port-bounds';
import { splitByRules } from './address-parts';
import { fold, portTraffic } from './fold-tiers';
import type { Group } from './groups';
import { type LookUp, LookUps } from './look-ups';
import type { NamePoint } from './points';
import type { HeldRule } from './selection';
import type { World } from './world';

type NamingWorld = Pick<World, 'engine' | 'pool' | 'ports' | 'isDualStack'>;

/**
 * Judges host names as destinations. A name stands for addresses outside the cluster that nobody knows: what is open to
 * all of them is open to it, and what is open to some may be. A rule by name opens it where the name has been looked up
 * through a rule for DNS; names are taken to share no address.
 */
export class NamedHosts {
  /** The addresses that a host may have. */
  public readonly addresses: IpSet;
  public readonly lookUps: LookUps;

  public constructor(
    private readonly world: NamingWorld,
    policies: readonly JudgedPolicy[],
  ) {
    this.addresses = world.isDualStack ? IpSet.ALL : IpSet.IPV4;
    this.lookUps = new LookUps(policies, world.engine.manyLabels);
  }

  /** The names and patterns to which rules of a group allow something, each once. */
  public namesIn(group: Group): readonly string[] {
    return namesInGroup(group);
  }

  /** A name as pods of a group reach it. */
  public point(name: string, group: Group): NamePoint {
    return { kind: 'name', name, set: this.addresses, lookUp: this.lookUps.of(name, group) };
  }

  /**
   * The ports that a group leaves open to a name.
   *
   * @param lookUp whether the name is looked up. @default as the policies say
   */
  public open(name: string, group: Group, lookUp?: LookUp): PortBounds {
    const { pool, engine } = this.world;
    if (group.tiers.length === 0) {
      return pool.all;
    }
    const point = lookUp === undefined ? this.point(name, group) : { ...this.point(name, group), lookUp };
    let { sure, possible } = pool.all;
    let isFirst = true;
    for (const set of splitByRules(this.addresses, group)) {
      const isPast = IpSet.IPV6.covers(set) && engine.does('ipv6-not-filtered') === 'yes';
      const open = isPast ? pool.all : this.openTo({ ...point, set }, group);
      sure = sure.and(open.sure);
      possible = isFirst ? open.possible : possible.or(open.possible);
      isFirst = false;
    }
    return pool.between(sure, possible);
  }

  /** The rules of which it is unknown whether they mean a host, or whether they hold. */
  public doubtful(name: string, group: Group): readonly HeldRule[] {
    const point = this.point(name, group);
    return group.rules.filter(({ selection, rule }) => {
      const means = this.means(rule, point);
      const { sure, possible } = this.world.ports.opened(rule.ports, undefined);
      return means !== 'no' && (means === 'unknown' || selection.holds !== 'yes' || sure !== possible);
    });
  }

  private means({ peers }: JudgedRule, point: NamePoint): Tristate {
    return peers === undefined
      ? 'yes'
      : anyOf(peers.map((peer) => meansName(peer, point, this.world.engine.manyLabels)));
  }

  private openTo(point: NamePoint, { tiers }: Group): PortBounds {
    const { pool, ports } = this.world;
    const openedBy = ({ selection, rule }: HeldRule) => {
      const means = this.means(rule, point);
      if (means === 'no') {
        return pool.none;
      }
      const open = ports.opened(rule.ports, undefined);
      return means === 'yes' && selection.holds === 'yes' ? open : pool.inDoubt(open);
    };
    return fold(tiers, portTraffic(pool, openedBy));
  }
}

/** Whether a peer of a rule means a name. */
export function meansName({ says, actual }: ReadPeer, point: NamePoint, manyLabels: Tristate): Tristate {
  if (says.kind === 'name') {
    const { holds = 'unknown' } = point.lookUp ?? {};
    return allOf([namesHosts(says.name, point.name, manyLabels), holds]);
  }
  const { sure, possible } = actual.addresses;
  return sure.covers(point.set) ? 'yes' : possible.overlaps(point.set) ? 'unknown' : 'no';
}

/** Remembered for all versions that share a group. */
const namesInGroup = remembered(({ rules, direction }: Group): readonly string[] =>
  direction === 'Ingress' ? [] : [...new Set(rules.flatMap(({ rule }) => namesOf(rule)))],
);

function namesOf({ action, peers = [] }: JudgedRule): readonly string[] {
  return action === 'allow' ? peers.flatMap(({ says }) => (says.kind === 'name' ? says.name : [])) : [];
}
