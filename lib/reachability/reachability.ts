import { withAssumedPods } from '../aks/assumed-pods';
import { type NotJudged, notJudged } from '../aks/enforcement';
import { makeProfile } from '../aks/profile-fields';
import type { Cluster, Maker, PolicyEntry, Workload } from '../model/cluster';
import type { EngineProfile } from '../model/engine-profile';
import type { Inventory } from '../model/inventory';
import { IpSet } from '../model/ip-set';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { Answerer } from './answers/answerer';
import type { ExposureFilter } from './answers/exchanges';
import { listConnections } from './answers/list-connections';
import type { Exposure } from './answers/list-exposure';
import type { Connection, ConnectionFilter } from './answers/parties';
import type { PortClass } from './answers/port-classes';
import { policyReference } from './answers/references';
import type { AskedQuestion, Outcome, PolicyReference, Verdict } from './answers/verdict';
import { Grouping, type Groupings } from './judging/groups';
import type { JudgedCluster } from './judging/judged-cluster';
import { NamedHosts } from './judging/named-hosts';
import { groupsOf } from './judging/points';
import { PossibleGroups } from './judging/possible-groups';
import { PossibleRows } from './judging/possible-rows';
import { SpecifiedGroups, specified } from './judging/specification';
import { World } from './judging/world';
import { comparePolicies, type JudgedPolicy, policyIdentityOf } from './reading/judged-policy';
import { PolicyIndex } from './reading/policy-index';
import { PossibleReader } from './reading/possible-reader';

/** A policy that selects a workload. */
export interface SelectingPolicy extends PolicyReference {
  /** The directions in which it concerns the workload. */
  readonly directions: readonly PolicyType[];
  /** `false` if that depends on something unknown. */
  readonly certain: boolean;
}

/** A change of a cluster's policies. */
export interface PolicyChange {
  /** Policies that are new, or that replace those of the same kind, namespace and name. */
  readonly put?: readonly PolicyEntry[];
  readonly remove?: readonly {
    /** @default `NetworkPolicy` */
    readonly kind?: string;
    readonly namespace?: string;
    readonly name: string;
  }[];
}

export interface JudgeOptions {
  /** The configuration of the cluster. @default the specification judges */
  readonly profile?: EngineProfile;
  /**
   * Leaves out pods that no manifest tells of: AKS's own, and any others that could be there.
   *
   * @default they count
   */
  readonly knownOnly?: boolean;
}

/** Answers without explanations. */
export type Outcomes = Pick<Reachability, 'outcome'>;

/**
 * Who can reach whom in a cluster, on which ports, because of which rule.
 *
 * A connection is allowed if the policies of its source allow it out and those of its destination allow it in. A pod
 * that no policy selects in a direction is open in that direction. NetworkPolicies only add up. The judge is the
 * Kubernetes specification or, with a profile, the cluster's engine. What the given cluster does not tell is `unknown`.
 */
export class Reachability {
  /**
   * Judges a cluster.
   *
   * @param options `profile` is the configuration of the cluster; without an engine the specification judges
   * @throws NetworkPolicyError as `AksClusterProfile.of`, because with a misspelt engine the specification would judge
   */
  public static of(cluster: Cluster, { profile = {}, knownOnly = false }: JudgeOptions = {}): Reachability {
    const checked = makeProfile(profile, 'Reachability.of profile');
    const whole = knownOnly ? cluster : withAssumedPods(cluster, checked);
    return Reachability.in(new World(whole, checked, knownOnly));
  }

  private static in(world: World): Reachability {
    const policies = [
      ...world.cluster.policies.map((entry) => world.policies.read(entry)),
      ...world.unreadPolicies(),
    ].sort(comparePolicies);
    const units = world.index.units.length;
    return new Reachability(world, policies, {
      Ingress: Grouping.of('Ingress', units, policies),
      Egress: Grouping.of('Egress', units, policies),
    });
  }

  private answerer: Answerer | undefined;
  private specified: Answerer | undefined;
  private foundNames: NamedHosts | undefined;

  private constructor(
    private readonly world: World,
    private readonly policies: readonly JudgedPolicy[],
    private readonly groupings: Groupings,
    private foundPossible?: PossibleGroups,
  ) {}

  /**
   * Whether one end can talk to the other, and because of which policies.
   *
   * @throws NetworkPolicyError `end-unreadable`, `end-unknown`, `selector-unreadable`, `port-unreadable`,
   *   `protocol-unknown`, `request-unreadable`
   */
  public verdict(question: AskedQuestion): Verdict {
    return this.answering().answer(question);
  }

  /**
   * What rules decide of which ports, for a question without a port: ports about which the same rules decide come together,
   * and the class with most of all ports last. None where it is the same for every port.
   *
   * @throws NetworkPolicyError as {@link verdict}
   */
  public verdictsByPort(question: Omit<AskedQuestion, 'port' | 'protocol'>): readonly PortClass[] {
    const { portClasses } = require('./answers/port-classes') as typeof import('./answers/port-classes');
    const answering = this.answering();
    return portClasses(answering.answer(question), (ports) => answering.answer(question, ports));
  }

  /**
   * The verdict without reasons, for a fraction of the time.
   *
   * @throws NetworkPolicyError as {@link verdict}
   */
  public outcome(question: AskedQuestion): Outcome {
    return this.answering().outcome(question);
  }

  /** The judgement by the specification, whatever the engine. */
  public get bySpecification(): Outcomes {
    if (this.specified === undefined) {
      const { world } = this;
      const groups = new SpecifiedGroups(this.groupings);
      const { ends, pool, ports, namespaces, knownOnly, isDualStack, specification: engine } = world;
      const reader = new PossibleReader(world.possible.space, world.cluster.workloads, engine);
      const possible = new PossibleGroups(reader, PolicyIndex.of(this.policies.map(specified)));
      const possibleRows = new PossibleRows(world, reader);
      this.specified = new Answerer(
        { ends, pool, ports, namespaces, possibleRows, knownOnly, isDualStack, engine },
        groupsOf((direction, unit) => groups.at(direction, unit), possible),
        new NamedHosts({ engine, pool, ports, isDualStack }, this.policies.map(specified)),
      );
    }
    return this.specified;
  }

  /** The verdict as three to ten lines for a person; the same question gives the same lines. */
  public explain(question: AskedQuestion): string {
    // Loaded here, because most programs ask for one thing.
    const { explain } = require('./answers/explanation') as typeof import('./answers/explanation');
    return explain(this.verdict(question));
  }

  /**
   * Everything that is allowed or in doubt, row by row: workloads that no policy tells apart share a row, and address
   * ranges are as large as possible. An iterator, because a large cluster has many rows.
   *
   * A workload on both sides of a row reaches its other pods. There are no rows for a pod and itself, nor for nodes,
   * and pods on their node's network count as those of another node. Ranges are of addresses that are no pod's and no
   * node's; of IPv6 addresses if the cluster or a policy knows any.
   *
   * @throws NetworkPolicyError `end-unreadable`, `end-unknown` for an end of the filter, the latter also for a
   *   node; when the first row is asked for
   */
  public connections(filter: ConnectionFilter = {}): IterableIterator<Connection> {
    return listConnections(this.judged, filter);
  }

  /**
   * For each known workload: who may reach it, whom it may reach, and what leads to it from outside the cluster; sorted
   * by namespace, name and kind. Pods that policies select and nobody declares only have rows in {@link connections}.
   *
   * @param filter as for {@link connections}; without workloads that exchange nothing of it
   * @throws NetworkPolicyError `end-unreadable`, `end-unknown` for an end of the filter
   */
  public exposure(filter: ExposureFilter = {}): Exposure[] {
    const { listExposure } = require('./answers/list-exposure') as typeof import('./answers/list-exposure');
    return listExposure(this.judged, filter);
  }

  /** Whether answers leave out pods that no manifest tells of. */
  public get knownOnly(): boolean {
    return this.world.knownOnly;
  }

  /** The policies of kinds that are not judged; a verdict that one of them could change is unknown. */
  public get notJudged(): readonly NotJudged[] {
    const { cluster, engine } = this.world;
    return notJudged(cluster.unjudged ?? [], engine.profile);
  }

  /** The objects from which somebody makes pods that no manifest tells of; these pods are not judged exactly. */
  public get makers(): readonly Maker[] {
    return this.world.cluster.makers ?? [];
  }

  /** What was read, and what was passed over; undefined for a cluster that comes from no files. */
  public get inventory(): Inventory | undefined {
    return this.world.cluster.inventory;
  }

  /** The inside of the judgement. */
  public get judged(): JudgedCluster {
    const { world, policies, groupings, names } = this;
    const possible = this.knownOnly ? {} : { possible: this.possible };
    return {
      world,
      policies,
      groupings,
      names,
      addresses: this.addresses(),
      cluster: world.cluster,
      ...possible,
    };
  }

  /** The workloads that policies can select and none does; without AKS's own, and those on their node's network. */
  public unselected(): Workload[] {
    const { index } = this.world;
    const open = index.units.filter(
      ({ index: unit, workload }) =>
        !workload.hostNetwork &&
        workload.assumed !== true &&
        POLICY_TYPES.every((direction) =>
          this.groupings[direction].at(unit).selections.every(({ holds }) => holds === 'no'),
        ),
    );
    return [...new Set(open.map(({ workload }) => workload))];
  }

  /**
   * The policies that select a workload, sorted by namespace and name.
   *
   * @param end `ns/workload` or `ns/pod`; policies select no other ends
   * @throws NetworkPolicyError `end-unreadable`, `end-unknown`
   */
  public policiesSelecting(end: string): SelectingPolicy[] {
    const found = new Map<JudgedPolicy, { directions: PolicyType[]; certain: boolean }>();
    for (const point of this.world.ends.findKnown(end).points) {
      const groups =
        point.kind === 'pods' ? POLICY_TYPES.map((each) => this.groupings[each].at(point.unit.index)) : [];
      for (const { direction, selections } of groups) {
        for (const { policy, holds } of selections.filter((each) => each.holds !== 'no')) {
          const known = found.get(policy) ?? { directions: [], certain: true };
          found.set(policy, {
            directions: [...new Set([...known.directions, direction])],
            certain: known.certain && holds === 'yes',
          });
        }
      }
    }
    return [...found]
      .sort(([a], [b]) => comparePolicies(a, b))
      .map(([policy, selects]) => ({ ...policyReference(policy), ...selects }));
  }

  /**
   * The same cluster with some policies changed. Only what the change concerns is judged again, unless a new policy
   * tells pods of one workload apart.
   */
  public with({ put = [], remove = [] }: PolicyChange): Reachability {
    const replaced = [...put, ...remove].map((each) => ({ kind: 'NetworkPolicy', ...each }));
    const [names, identities] = [
      new Set(replaced.map(({ name }) => name)),
      new Set(replaced.map(policyIdentityOf)),
    ];
    // The name alone is compared first, because most policies have another one.
    const isGone = ({ entry }: JudgedPolicy) =>
      entry !== undefined && names.has(entry.name) && identities.has(policyIdentityOf(entry));
    const gone = this.policies.filter(isGone);
    const stay = this.policies.filter((policy) => !isGone(policy));
    if (put.some((policy) => this.world.mayDivideUnits(policy))) {
      // Policies of other kinds stay in the cluster by themselves.
      const own = stay.flatMap(({ entry, isOfOtherKind }) => (isOfOtherKind === true ? [] : (entry ?? [])));
      return Reachability.in(this.world.rebuild([...own, ...put]));
    }
    const come = put.map((entry) => this.world.policies.read(entry));
    const groupings = {
      Ingress: this.groupings.Ingress.change(gone, come),
      Egress: this.groupings.Egress.change(gone, come),
    };
    return new Reachability(this.world, [...stay, ...come], groupings, this.possible.change(gone, come));
  }

  private get names(): NamedHosts {
    this.foundNames ??= new NamedHosts(this.world, this.policies);
    return this.foundNames;
  }

  private get possible(): PossibleGroups {
    this.foundPossible ??= new PossibleGroups(this.world.possible, PolicyIndex.of(this.policies));
    return this.foundPossible;
  }

  private answering(): Answerer {
    this.answerer ??= new Answerer(
      this.world,
      groupsOf((direction, unit) => this.groupings[direction].at(unit), this.possible),
      this.names,
    );
    return this.answerer;
  }

  /** The addresses that answers tell of: IPv6 ones if the cluster or a policy knows any. */
  private addresses(): IpSet {
    const hasIpv6 = this.world.isDualStack || this.policies.some(({ namesIpv6 }) => namesIpv6);
    return hasIpv6 ? IpSet.ALL : IpSet.IPV4;
  }
}
