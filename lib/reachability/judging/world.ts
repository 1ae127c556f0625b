import type { Cluster, PolicyEntry } from '../../model/cluster';
import type { EngineProfile } from '../../model/engine-profile';
import { type AddressPosition, IpSet } from '../../model/ip-set';
import { PodSpace } from '../../model/pod-space';
import { Engine } from '../reading/engine';
import { blocksOf, type JudgedPolicy, PolicyReader } from '../reading/judged-policy';
import { Makers } from '../reading/makers';
import { NamespaceIndex } from '../reading/namespace-index';
import { PossibleReader } from '../reading/possible-reader';
import { BlockReader } from '../reading/read-ip-block';
import { PeerReader } from '../reading/read-peers';
import { PortReader } from '../reading/rule-ports';
import { portsPastPolicies } from '../reading/service-ways';
import { type AskedOrdinals, askedOrdinals } from '../sets/ordinals';
import { PortPool } from '../sets/port-bounds';
import { UnitIndex } from '../sets/unit-index';
import { buildUnits, positions, type Unit } from '../sets/units';
import { PossibleRows } from './possible-rows';
import { Ends } from './question-ends';
import { RowBuilder } from './rows';

/** A cluster without its policies, ready to judge any of them; versions of a judgement share it. */
export class World {
  public readonly index: UnitIndex;
  public readonly engine: Engine;
  public readonly namespaces: NamespaceIndex;
  public readonly pool = new PortPool();
  public readonly ports: PortReader;
  public readonly peers: PeerReader;
  public readonly policies: PolicyReader;
  public readonly rows: RowBuilder;
  /** Whether a pod, a node or the range of pods has IPv6 addresses. */
  public readonly isDualStack: boolean;
  private readonly blocks: BlockReader;
  private readonly boundaries: ReadonlySet<AddressPosition>;
  private readonly ordinals: AskedOrdinals;
  private foundEnds: Ends | undefined;
  private foundMakers: Makers | undefined;
  private foundPossible: PossibleReader | undefined;
  private foundPossibleRows: PossibleRows | undefined;

  public constructor(
    public readonly cluster: Cluster,
    private readonly profile: EngineProfile,
    /** Whether answers leave out pods that no manifest tells of. */
    public readonly knownOnly = false,
  ) {
    this.engine = new Engine(profile);
    this.isDualStack = this.knowsIpv6();
    this.blocks = new BlockReader(this.engine);
    this.ordinals = askedOrdinals(cluster.policies);
    this.boundaries = new Set(boundariesOf(cluster.policies, this.blocks));
    const ascending = [...this.boundaries].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    this.index = new UnitIndex(
      buildUnits(cluster, ascending, portsPastPolicies(cluster, this.engine), this.ordinals),
    );
    this.namespaces = new NamespaceIndex(cluster.namespaces, this.index, this.engine);
    this.ports = new PortReader(this.pool, this.engine, this.index.units);
    this.peers = new PeerReader(this.index, this.namespaces, this.blocks, this.engine);
    this.policies = new PolicyReader(this.engine, this.peers, this.ports, this.pool.inDoubt(this.pool.all));
    this.rows = new RowBuilder(this.index, this.peers, this.ports, this.pool, this.engine);
  }

  public get ends(): Ends {
    const { cluster, index, isDualStack, profile, engine } = this;
    this.foundEnds ??= new Ends(
      cluster,
      index.units,
      isDualStack,
      { services: IpSet.ofCidrs(profile.serviceCidrs ?? []), pods: engine.podRange },
      {
        known: (selection) =>
          this.peers.select(selection).specified.possible.map((unit) => index.units[unit] as Unit),
        possible: (set, isKnown) => {
          const parts = this.knownOnly ? [] : this.possible.partiesOf(set);
          return this.knownOnly || isKnown || parts.length > 0 ? parts : this.possible.space.partsOf(set);
        },
      },
    );
    return this.foundEnds;
  }

  /** Tells which possible pods policies mean. */
  public get possible(): PossibleReader {
    const { cluster, engine, blocks } = this;
    this.foundPossible ??= new PossibleReader(
      new PodSpace(cluster.namespaces),
      cluster.workloads,
      engine,
      blocks,
    );
    return this.foundPossible;
  }

  /** The objects from which possible pods may come. */
  public get makers(): Makers {
    this.foundMakers ??= new Makers(this.cluster.makers ?? [], this.possible.space);
    return this.foundMakers;
  }

  public get possibleRows(): PossibleRows {
    this.foundPossibleRows ??= new PossibleRows(this, this.possible);
    return this.foundPossibleRows;
  }

  /** An engine that keeps to the specification, with the same ranges of addresses. */
  public get specification(): Engine {
    const { engine, ...ranges } = this.profile;
    return engine === undefined ? this.engine : new Engine(ranges);
  }

  /** The policies that nobody has read: those that are not judged, and unreadable objects that may be policies. */
  public unreadPolicies(): JudgedPolicy[] {
    const { unreadable, unjudged = [] } = this.cluster;
    return [
      ...unreadable
        .filter(({ kind }) => kind === undefined || kind === 'NetworkPolicy')
        .map((each) => this.policies.readUnreadable(each)),
      ...unjudged.flatMap((each) => this.policies.readUnjudged(each)),
    ];
  }

  /** Whether a policy may divide a unit: by its IP blocks, or by labels of pods of StatefulSets. */
  public mayDivideUnits(policy: PolicyEntry): boolean {
    const asksMore = [...askedOrdinals([policy])].some(([key, values]) =>
      values.some((value) => this.ordinals.get(key)?.includes(value) !== true),
    );
    if (asksMore && this.cluster.workloads.some(({ kind }) => kind === 'StatefulSet')) {
      return true;
    }
    return (
      this.index.units.some(({ pods }) => pods.length > 1) &&
      boundariesOf([policy], this.blocks).some((boundary) => !this.boundaries.has(boundary))
    );
  }

  /** Whether every policy means the same possible pods and the same addresses in another world. */
  public readsLike({ engine, possible }: World): boolean {
    return (
      this.engine.name === engine.name &&
      this.engine.key === engine.key &&
      this.possible.space.equals(possible.space)
    );
  }

  /** The world of the same cluster with other policies. */
  public rebuild(policies: readonly PolicyEntry[]): World {
    return new World({ ...this.cluster, policies }, this.profile, this.knownOnly);
  }

  private knowsIpv6(): boolean {
    return (
      IpSet.ofCidrs(this.profile.podCidrs ?? []).overlaps(IpSet.IPV6) ||
      this.cluster.workloads.some(({ pods }) =>
        pods.some(({ addresses }) => addresses.some((address) => address.includes(':'))),
      ) ||
      this.cluster.nodes.some(({ addresses }) => positions(addresses)?.some((each) => IpSet.IPV6.has(each)))
    );
  }
}

function boundariesOf(policies: readonly PolicyEntry[], blocks: BlockReader): AddressPosition[] {
  const read = new Set(policies.flatMap(({ rules }) => blocksOf(rules).map((block) => blocks.read(block))));
  return [...read].flatMap(({ actual, specified }) =>
    [...new Set([actual, specified])].flatMap((set) =>
      set === 'everybody' ? [] : [...set.sure.boundaries, ...set.possible.boundaries],
    ),
  );
}
